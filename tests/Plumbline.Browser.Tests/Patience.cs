using Xunit;

namespace Plumbline.Browser.Tests;

/// <summary>Waiting for something that happens elsewhere, such as on the server. Long: a machine that is busy is not a fault.</summary>
internal static class Patience
{
    /// <summary>How long a test waits for what must come.</summary>
    public const int Milliseconds = 30_000;

    /// <summary>Asks again and again until the answer is right; at the end of its patience the test fails with the last answer.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Predicate<T> isRight)
    {
        var end = DateTime.UtcNow.AddMilliseconds(Milliseconds);
        for (; ; )
        {
            var answer = await ask();
            if (isRight(answer)) return answer;
            if (DateTime.UtcNow > end) Assert.Fail($"After {Milliseconds} ms it is still: {(answer is IEnumerable<string> list ? string.Join(" | ", list) : answer)}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until the server holds exactly these objects.</summary>
    public static Task UntilSavedAsync(this Workroom room, int image, params string[] objects)
    {
        var expected = objects.Order(StringComparer.Ordinal).ToList();
        return UntilAsync(() => room.SavedAsync(image), saved => saved.SequenceEqual(expected));
    }
}
