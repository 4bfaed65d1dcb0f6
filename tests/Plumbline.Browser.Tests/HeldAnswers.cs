using Microsoft.Playwright;
using Xunit;

namespace Plumbline.Browser.Tests;

/// <summary>Holds back every answer that a page asks the API for, and lets them come one by one, in an order of its own, each after the page has painted what it had.</summary>
internal sealed class HeldAnswers(Func<int, int> next)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<(IRequest Request, TaskCompletionSource Release)> _held = [];
    private readonly Lock _lock = new();

    /// <summary>What was asked for last is answered first.</summary>
    public static HeldAnswers LastFirst() => new(held => held - 1);

    /// <summary>In an order that the seed decides.</summary>
    public static HeldAnswers Shuffled(int seed)
    {
        var random = new Random(seed);
        return new HeldAnswers(random.Next);
    }

    /// <summary>Paths in the order in which they were answered.</summary>
    public List<string> Order { get; } = [];

    /// <summary>Begins holding.</summary>
    public Task HoldAsync(IPage page) =>
        page.RouteAsync(
            url => new Uri(url).AbsolutePath is var path && path.StartsWith("/api/", StringComparison.Ordinal) && !path.StartsWith("/api/events", StringComparison.Ordinal) && !path.EndsWith("/thumbnail", StringComparison.Ordinal),
            async route =>
            {
                var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (route.Request.Method == "GET")
                {
                    lock (_lock) _held.Add((route.Request, release));
                    await release.Task;
                }

                await route.ContinueAsync();
            });

    /// <summary>Lets answers come until the page shows this and asks for no more.</summary>
    public async Task ReleaseUntilAsync(IPage page, ILocator shown)
    {
        for (var end = DateTime.UtcNow + Patience; ;)
        {
            await PaintAsync(page);
            if (TakeOne() is { } request)
            {
                Order.Add(new Uri(request.Url).PathAndQuery);
                var answer = await request.ResponseAsync();
                if (answer is not null) await answer.FinishedAsync();
            }
            else if (await shown.IsVisibleAsync())
            {
                await PageChecks.SettleAsync(page);
                lock (_lock)
                {
                    if (_held.Count == 0) return;
                }
            }
            else if (DateTime.UtcNow > end)
            {
                Assert.Fail($"The page does not show it after: {string.Join(", ", Order)}");
            }
        }
    }

    private IRequest? TakeOne()
    {
        lock (_lock)
        {
            if (_held.Count == 0) return null;
            var index = next(_held.Count);
            var (request, release) = _held[index];
            _held.RemoveAt(index);
            release.SetResult();
            return request;
        }
    }

    /// <summary>Two frames pass, and a moment without a change.</summary>
    private static Task PaintAsync(IPage page) => page.EvaluateAsync(
        """
        async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done));
          do { await frame(); await frame(); } while (performance.now() - window.lastChange < 50);
        }
        """);
}
