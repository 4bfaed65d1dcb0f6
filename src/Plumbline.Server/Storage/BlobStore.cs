namespace Plumbline.Server.Storage;

/// <summary>
/// Files by the SHA-256 of their bytes, in the data folder: <c>blobs/ab/cd/abcd…</c>. What is there is whole and durable: it is written aside, synced, then renamed.
/// The same bytes are kept once, whoever brings them.
/// </summary>
public sealed class BlobStore
{
    private readonly string _root;
    private readonly string _incoming;

    /// <summary>Opens the store in the data folder and clears what a killed process left half written.</summary>
    public BlobStore(ServerOptions options)
    {
        _root = Path.GetFullPath(Path.Combine(options.DataDirectory, "blobs"));
        _incoming = Path.Combine(_root, "incoming");
        Directory.CreateDirectory(_incoming);
        var old = options.Clock.GetUtcNow().UtcDateTime.AddDays(-1); // another worker may be writing right now
        foreach (var file in Directory.EnumerateFiles(_incoming))
        {
            if (File.GetLastWriteTimeUtc(file) < old) File.Delete(file);
        }
    }

    /// <summary>Starts a new file. It becomes a blob by <see cref="BlobDraft.Commit"/> and vanishes without.</summary>
    public BlobDraft CreateDraft() => new(this, NewScratchPath());

    /// <summary>A path for a file that somebody else writes and deletes; what a killed process leaves there goes like a draft.</summary>
    public string NewScratchPath() => Path.Combine(_incoming, Guid.NewGuid().ToString("N"));

    /// <summary>Where the blob lies.</summary>
    /// <param name="sha256">Lower-case hex of the bytes' SHA-256.</param>
    public string PathOf(string sha256) => Path.Combine(_root, sha256[..2], sha256[2..4], sha256);

    /// <summary>Whether the blob is there.</summary>
    public bool Exists(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Opens the blob for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public FileStream OpenRead(string sha256) => new(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous);

    /// <summary>Keeps bytes that are in memory and returns their SHA-256.</summary>
    public string Put(ReadOnlySpan<byte> bytes)
    {
        using var draft = CreateDraft();
        draft.Write(bytes);
        return draft.Commit();
    }
}
