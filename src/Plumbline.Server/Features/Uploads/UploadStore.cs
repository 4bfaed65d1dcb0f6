namespace Plumbline.Server.Features.Uploads;

/// <summary>The bytes of uploads under way: one file each, in which every part has its place from the start.</summary>
public sealed class UploadStore
{
    private readonly string _root;

    /// <summary>Opens the store in the data folder.</summary>
    public UploadStore(ServerOptions options)
    {
        _root = Path.Combine(options.DataDirectory, "uploads");
        Directory.CreateDirectory(_root);
    }

    /// <summary>The ids of all uploads that have bytes here.</summary>
    public IEnumerable<string> Ids => Directory.EnumerateFiles(_root).Select(file => Path.GetFileName(file));

    /// <summary>Bytes that can still be stored.</summary>
    public long FreeBytes => new DriveInfo(_root).AvailableFreeSpace;

    /// <summary>Where the upload's bytes lie.</summary>
    public string PathOf(string uploadId) => Path.Combine(_root, uploadId);

    /// <summary>Writes bytes at their place; they are durable when this returns.</summary>
    public async Task WriteAsync(string uploadId, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        using var file = File.OpenHandle(PathOf(uploadId), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, FileOptions.Asynchronous);
        await RandomAccess.WriteAsync(file, bytes, offset, cancellation);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Forgets the bytes.</summary>
    public void Delete(string uploadId) => File.Delete(PathOf(uploadId));
}
