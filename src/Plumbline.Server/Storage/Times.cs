namespace Plumbline.Server.Storage;

/// <summary>Times are Unix milliseconds in the database and RFC 3339 on the wire.</summary>
public static class Times
{
    /// <summary>The present, as stored.</summary>
    public static long Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A stored time, as sent.</summary>
    public static DateTimeOffset ToTime(this long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>A stored time that may be missing, as sent.</summary>
    public static DateTimeOffset? ToTime(this long? milliseconds) => milliseconds?.ToTime();
}
