using System.Data.Common;
using System.Text;
using System.Text.Json;
using Npgsql;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Events;

/// <summary>Carries events between the server processes of one PostgreSQL database by LISTEN and NOTIFY. Does nothing on SQLite, which serves one process.</summary>
/// <remarks>
/// A notification follows the commit instead of being part of it: PostgreSQL lets commits with notifications through one at a time. What is lost when a process dies
/// in between is made up for by the resync that follows a reconnect. Jobs travel by id, because a notification holds 8,000 bytes.
/// </remarks>
public sealed class EventBridge(Database database, EventBus events, Presence presence, TimeProvider clock, ILogger<EventBridge> log) : BackgroundService
{
    private const string Channel = "plumbline_events";
    private const int MaximumBytes = 7_900;
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);
    private readonly string _origin = Guid.NewGuid().ToString("N");

    private sealed record Notice(string Origin, string Name, string? ProjectId, JsonElement Data);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        database.Engine == Engine.Sqlite ? Task.CompletedTask : Task.WhenAll(KeepAsync(ListenAsync, stoppingToken), KeepAsync(SendAsync, stoppingToken));

    private async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (DbException fault)
            {
                log.LogWarning(fault, "Events from other servers are interrupted; connecting again");
                await Task.Delay(TryAgain, clock, CancellationToken.None);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenPostgresAsync(stopping);
        var arrived = new Queue<string>();
        connection.Notification += (_, notification) => arrived.Enqueue(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection)) await listen.ExecuteNonQueryAsync(stopping);
        events.Publish(new ServerEvent(ServerEvent.Resync, null, "{}", IsRemote: true));
        while (true)
        {
            await connection.WaitAsync(stopping);
            while (arrived.TryDequeue(out var payload)) await ReceiveAsync(payload, stopping);
        }
    }

    private async Task ReceiveAsync(string payload, CancellationToken stopping)
    {
        var notice = JsonSerializer.Deserialize<Notice>(payload, JsonSettings.Options)!; // sent below, never null
        if (notice.Origin == _origin) return;
        switch (notice.Name)
        {
            case ServerEvent.Presence:
                presence.Take(notice.Data.Deserialize<PresencePing>(JsonSettings.Options)!); // sent below, never null
                break;
            case "job":
                if (await database.ReadAsync(session => JobSql.FindAsync(session, notice.Data.GetString()!), stopping) is { } row)
                {
                    events.Publish(new ServerEvent("job", notice.ProjectId, JsonSerializer.Serialize(row.ToJob(), JsonSettings.Options), IsRemote: true));
                }

                break;
            default:
                events.Publish(new ServerEvent(notice.Name, notice.ProjectId, notice.Data.GetRawText(), IsRemote: true));
                break;
        }
    }

    private async Task SendAsync(CancellationToken stopping)
    {
        using var subscription = events.Subscribe();
        while (await subscription.Reader.WaitToReadAsync(stopping))
        {
            var payloads = new List<string>();
            while (payloads.Count < 200 && subscription.Reader.TryRead(out var next))
            {
                if (!next.IsRemote && next.Name != "presence") payloads.Add(Pack(next));
            }

            if (subscription.TakeGap()) payloads.Add(Pack(new ServerEvent(ServerEvent.Resync, null, "{}")));
            if (payloads.Count == 0) continue;
            await using var connection = await database.OpenPostgresAsync(stopping);
            await using var notify = new NpgsqlCommand("SELECT pg_notify(@channel, payload) FROM unnest(@payloads) AS payload", connection);
            notify.Parameters.AddWithValue("channel", Channel);
            notify.Parameters.AddWithValue("payloads", payloads.ToArray());
            await notify.ExecuteNonQueryAsync(stopping);
        }
    }

    private string Pack(ServerEvent local)
    {
        var data = JsonSerializer.Deserialize<JsonElement>(local.Json);
        if (local.Name == "job") data = JsonSerializer.SerializeToElement(data.GetProperty("id").GetString());
        var payload = JsonSerializer.Serialize(new Notice(_origin, local.Name, local.ProjectId, data), JsonSettings.Options);
        return Encoding.UTF8.GetByteCount(payload) <= MaximumBytes ? payload : Pack(new ServerEvent(ServerEvent.Resync, null, "{}"));
    }
}
