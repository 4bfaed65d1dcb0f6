using System.Text.Json;
using System.Threading.Channels;

namespace Plumbline.Server.Features.Events;

/// <summary>One live event.</summary>
/// <param name="Name">Event name on the stream; one that begins with <c>$</c> stays inside the servers.</param>
/// <param name="ProjectId">Only those who may read this project hear of it; null for administrators only.</param>
/// <param name="Json">The data, as sent.</param>
/// <param name="IsRemote">Whether it came from another process, so that it is not sent back there.</param>
public sealed record ServerEvent(string Name, string? ProjectId, string Json, bool IsRemote = false)
{
    /// <summary>Events were lost: whoever hears it reads again what it shows.</summary>
    public const string Resync = "resync";

    /// <summary>Who may read what has changed.</summary>
    public const string Access = "$access";

    /// <summary>A person looks at an image.</summary>
    public const string Presence = "$presence";
}

/// <summary>Carries events from where they happen to the open event streams of this process. A slow reader loses events and is told to resync.</summary>
public sealed class EventBus
{
    private readonly Lock _gate = new();
    private readonly List<Channel<ServerEvent>> _readers = [];

    /// <summary>Tells every open stream. Call it after the commit of what it tells (<c>session.AfterCommit</c>).</summary>
    public void Publish(string name, string? projectId, object data) => Publish(new ServerEvent(name, projectId, JsonSerializer.Serialize(data, JsonSettings.Options)));

    /// <summary>Makes open streams look again at what their reader may read. Call it after the commit of a change of members, roles or accounts.</summary>
    public void AccessChanged() => Publish(new ServerEvent(ServerEvent.Access, null, "{}"));

    /// <summary>Opens a stream of everything published from now on; dispose it to stop.</summary>
    public Subscription Subscribe() => new(this);

    internal void Publish(ServerEvent published)
    {
        lock (_gate)
        {
            foreach (var reader in _readers) reader.Writer.TryWrite(published);
        }
    }

    /// <summary>One open stream.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly EventBus _bus;
        private readonly Channel<ServerEvent> _channel;
        private int _dropped;

        internal Subscription(EventBus bus)
        {
            _bus = bus;
            _channel = Channel.CreateBounded<ServerEvent>(
                new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
                _ => Interlocked.Increment(ref _dropped));
            lock (bus._gate) bus._readers.Add(_channel);
        }

        /// <summary>What was published, in order.</summary>
        public ChannelReader<ServerEvent> Reader => _channel.Reader;

        /// <summary>Whether events were lost since the last call.</summary>
        public bool TakeGap() => Interlocked.Exchange(ref _dropped, 0) > 0;

        /// <inheritdoc />
        public void Dispose()
        {
            lock (_bus._gate) _bus._readers.Remove(_channel);
        }
    }
}
