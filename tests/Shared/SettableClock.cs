namespace Plumbline.Testing;

/// <summary>A clock that can be put forward and back while timers go on as usual.</summary>
public sealed class SettableClock : TimeProvider
{
    private long _ticksAhead;

    /// <summary>How far ahead of the real clock; negative for behind.</summary>
    public TimeSpan Ahead
    {
        get => new(Interlocked.Read(ref _ticksAhead));
        set => Interlocked.Exchange(ref _ticksAhead, value.Ticks);
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
