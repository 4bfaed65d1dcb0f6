namespace Plumbline.Server.Storage;

/// <summary>Ids of rows: UUIDv7 as lower-case text, so that they sort by the time they were made.</summary>
public static class Ids
{
    /// <summary>A new id.</summary>
    public static string New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow()).ToString();
}
