using Plumbline.Server.Features.Jobs;

namespace Plumbline.Server.Features.Events;

/// <summary>A window tells that a person looks at an image.</summary>
public sealed record PresencePing(string ImageId, string ProjectId, string UserId, string Name, string ClientId);

/// <summary>Who looks at which image. Windows tell every 20 seconds; one that is silent for 45 has gone. Kept in memory only.</summary>
public sealed class Presence(EventBus events, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<(string UserId, string ClientId), (PresencePing Ping, long At)>> _images = [];

    /// <summary>Notes a ping from this process and tells the other processes. Returns who looks at the image now.</summary>
    public IReadOnlyList<PersonRef> Touch(PresencePing ping)
    {
        var people = Take(ping);
        events.Publish(ServerEvent.Presence, ping.ProjectId, ping);
        return people;
    }

    /// <summary>Notes a ping, wherever it came from.</summary>
    internal IReadOnlyList<PersonRef> Take(PresencePing ping)
    {
        lock (_gate)
        {
            if (!_images.TryGetValue(ping.ImageId, out var windows)) _images[ping.ImageId] = windows = [];
            var isNews = windows.Values.All(window => window.Ping.UserId != ping.UserId || window.Ping.Name != ping.Name);
            windows[(ping.UserId, ping.ClientId)] = (ping, clock.GetTimestamp());
            var people = People(windows.Values.Select(window => window.Ping));
            if (isNews) Tell(ping.ImageId, ping.ProjectId, people);
            return people;
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) DropSilent();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void DropSilent()
    {
        lock (_gate)
        {
            foreach (var (imageId, windows) in _images.ToList())
            {
                var gone = windows.Where(window => clock.GetElapsedTime(window.Value.At) > Silence).ToList();
                if (gone.Count == 0) continue;
                foreach (var (key, _) in gone) windows.Remove(key);
                if (gone.Any(window => windows.Keys.All(key => key.UserId != window.Key.UserId))) Tell(imageId, gone[0].Value.Ping.ProjectId, People(windows.Values.Select(window => window.Ping)));
                if (windows.Count == 0) _images.Remove(imageId);
            }
        }
    }

    private static List<PersonRef> People(IEnumerable<PresencePing> pings) =>
        pings.Select(ping => new PersonRef(ping.UserId, ping.Name)).DistinctBy(person => person.Id).OrderBy(person => person.Name, StringComparer.Ordinal).ToList();

    private void Tell(string imageId, string projectId, IReadOnlyList<PersonRef> people) => events.Publish("presence", projectId, new { imageId, projectId, people });
}
