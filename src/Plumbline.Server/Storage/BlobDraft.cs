using System.Security.Cryptography;

namespace Plumbline.Server.Storage;

/// <summary>A file on its way into the <see cref="BlobStore"/>: write to it, look at it under <see cref="FilePath"/>, then commit it or let it go. Hashes while it is written.</summary>
public sealed class BlobDraft : Stream
{
    private readonly BlobStore _store;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _sha256;

    internal BlobDraft(BlobStore store, string path)
    {
        _store = store;
        FilePath = path;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>Where the bytes lie until the commit.</summary>
    public string FilePath { get; }

    /// <summary>SHA-256 of what was written, lower-case hex. Nothing can be written after it was asked for.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => _sha256 is null;

    /// <inheritdoc />
    public override long Length => _file.Length;

    /// <inheritdoc />
    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    /// <summary>Makes the bytes durable under their hash. Bytes that are there already stay as they are.</summary>
    /// <returns>The SHA-256.</returns>
    public string Commit()
    {
        var target = _store.PathOf(Sha256);
        if (!File.Exists(target))
        {
            _file.Flush(flushToDisk: true);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a blob's path has a folder
            File.Move(FilePath, target, overwrite: true);
        }

        return Sha256;
    }

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_sha256 is not null) throw new InvalidOperationException("The draft's hash was already taken.");
        _hash.AppendData(buffer);
        _file.Write(buffer);
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Flush()
    {
        // Nothing is buffered.
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
            File.Delete(FilePath); // no file there, after a commit, is fine
        }

        base.Dispose(disposing);
    }
}
