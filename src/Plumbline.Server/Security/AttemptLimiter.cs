namespace Plumbline.Server.Security;

/// <summary>Counts attempts by key in windows of time, in the memory of this process. Uses the monotonic clock: setting the wall clock changes nothing.</summary>
public sealed class AttemptLimiter(TimeProvider clock)
{
    private const int KeysKept = 50_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = [];

    /// <summary>Takes one attempt. Null when it may go ahead; otherwise how long to wait.</summary>
    public TimeSpan? TryTake(string key, int limit, TimeSpan length)
    {
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            if (!_windows.TryGetValue(key, out var window) || clock.GetElapsedTime(window.Start, now) >= window.Length)
            {
                if (_windows.Count >= KeysKept) Forget(now);
                window = new Window(now, length, 0);
            }

            if (window.Count >= limit) return window.Length - clock.GetElapsedTime(window.Start, now);
            _windows[key] = window with { Count = window.Count + 1 };
            return null;
        }
    }

    /// <summary>Gives an attempt back that turned out to be legitimate.</summary>
    public void GiveBack(string key)
    {
        lock (_gate)
        {
            if (_windows.TryGetValue(key, out var window) && window.Count > 0) _windows[key] = window with { Count = window.Count - 1 };
        }
    }

    private void Forget(long now)
    {
        foreach (var key in _windows.Where(entry => clock.GetElapsedTime(entry.Value.Start, now) >= entry.Value.Length).Select(entry => entry.Key).ToList()) _windows.Remove(key);
        if (_windows.Count >= KeysKept) _windows.Clear();
    }

    private readonly record struct Window(long Start, TimeSpan Length, int Count);
}
