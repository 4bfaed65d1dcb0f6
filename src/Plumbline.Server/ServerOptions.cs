using Plumbline.Imaging;

namespace Plumbline.Server;

/// <summary>What part of the work this process does.</summary>
public enum ServerRole
{
    All,
    Api,
    Worker,
}

/// <summary>How one server process is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder that holds the embedded database, blobs and uploads.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where to listen; port 0 picks a free one.</summary>
    public string Url { get; init; } = "http://localhost:5080";

    /// <summary>The certificate file for HTTPS; null for plain HTTP.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>The file of its private key; null when the certificate file holds it.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Addresses (or networks like 10.0.0.0/8) of reverse proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The built web interface.</summary>
    public string WebRoot { get; init; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Largest request body in bytes; endpoints for uploads set their own.</summary>
    public long MaximumBodyBytes { get; init; } = 32 << 20;

    /// <summary>A PostgreSQL connection string; null for SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>API, background work, or both.</summary>
    public ServerRole Role { get; init; } = ServerRole.All;

    /// <summary>Folders of this machine that managers may import from, by the name they see.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>What a picture may ask of this machine.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;

    /// <summary>Pictures of more pixels than this are cut into tiles, and the editor loads only those in view.</summary>
    public long TilesAbovePixels { get; init; } = 40_000_000;

    /// <summary>How many jobs run at a time in this process.</summary>
    public int JobSlots { get; init; } = 2;

    /// <summary>How many wrong passwords (and guessed codes) one network address may try in a minute.</summary>
    public int AttemptsPerMinute { get; init; } = 20;

    /// <summary>How many requests one access token may send in a minute.</summary>
    public int TokenRequestsPerMinute { get; init; } = 6_000;

    /// <summary>Fill an empty installation with people and projects to try it on. Only on an address of this machine, since the passwords are known.</summary>
    public bool Demo { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Plain log lines instead of JSON ones.</summary>
    public bool PlainLogs { get; init; }
}
