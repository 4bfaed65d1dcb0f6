using System.Globalization;
using System.Text;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Events;

/// <summary>One open stream of server-sent events: what its reader may hear of, a comment every 15 seconds so that proxies keep it open.</summary>
/// <remarks>It ends after half an hour, when the account is closed and when the server stops; browsers reconnect by themselves and sign in anew by their cookie.</remarks>
internal sealed class EventStream(Database database, EventBus events, TimeProvider clock, Caller caller, string? projectId, CancellationToken stopping) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    private EventAudience? _audience;
    private long _id;

    public async Task ExecuteAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        end.CancelAfter(Lifetime);
        using var subscription = events.Subscribe();
        _audience = await EventAudience.FindAsync(database, caller.UserId, end.Token);
        if (projectId is not null && !_audience.Hears(projectId))
        {
            await Problems.NotFound("project").ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await context.Response.WriteAsync(context.Request.Headers.ContainsKey("Last-Event-ID") ? Frame(ServerEvent.Resync, "{}") : ": open\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await SendAsync(context.Response, subscription, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The stream is over.
        }
    }

    private async Task SendAsync(HttpResponse response, EventBus.Subscription subscription, CancellationToken end)
    {
        Task<bool>? arrival = null;
        while (true)
        {
            arrival ??= subscription.Reader.WaitToReadAsync(end).AsTask();
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(end);
            var isQuiet = await Task.WhenAny(arrival, Task.Delay(Heartbeat, clock, tick.Token)) != arrival;
            await tick.CancelAsync();
            end.ThrowIfCancellationRequested();
            if (isQuiet)
            {
                await LookUpAudienceAsync(end);
                await response.WriteAsync(": alive\n\n", end);
            }
            else
            {
                arrival = null;
                await response.WriteAsync(await DrainAsync(subscription, end), end);
            }

            await response.Body.FlushAsync(end);
            if (_audience is not { IsOpen: true }) return;
        }
    }

    private async Task<string> DrainAsync(EventBus.Subscription subscription, CancellationToken end)
    {
        var frames = new StringBuilder();
        while (subscription.Reader.TryRead(out var next))
        {
            if (next.Name == ServerEvent.Access) await LookUpAudienceAsync(end);
            else if (IsForReader(next)) frames.Append(Frame(next.Name, next.Json));
        }

        if (subscription.TakeGap())
        {
            await LookUpAudienceAsync(end);
            frames.Append(Frame(ServerEvent.Resync, "{}"));
        }

        return frames.ToString();
    }

    private bool IsForReader(ServerEvent next) =>
        next.Name == ServerEvent.Resync
        || (next.Name[0] != '$' && (projectId is null || next.ProjectId == projectId) && _audience is { IsOpen: true } audience && audience.Hears(next.ProjectId));

    private async Task LookUpAudienceAsync(CancellationToken end) => _audience = await EventAudience.FindAsync(database, caller.UserId, end);

    private string Frame(string name, string json) => string.Create(CultureInfo.InvariantCulture, $"id: {++_id}\nevent: {name}\ndata: {json}\n\n");
}
