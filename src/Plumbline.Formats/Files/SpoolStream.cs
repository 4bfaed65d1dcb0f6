namespace Plumbline.Formats.Files;

/// <summary>A seekable place for what does not fit where it came from: memory at first, a file that deletes itself beyond 4 MiB.</summary>
/// <param name="onClose">Called with the stream when it is closed, before its content goes; null for nothing.</param>
public sealed class SpoolStream(Action<SpoolStream>? onClose = null) : Stream
{
    private const int MemoryBytes = 4 << 20;
    private Stream inner = new MemoryStream();
    private bool closed;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => inner.Length;

    /// <inheritdoc />
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>The same bytes in a stream that can seek; the given one when it can.</summary>
    public static Stream Seekable(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek) return stream;
        using (stream)
        {
            var spool = new SpoolStream();
            try
            {
                var block = new byte[1 << 16];
                for (int count; (count = stream.Read(block)) > 0;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    spool.Write(block.AsSpan(0, count));
                }
            }
            catch
            {
                spool.Dispose();
                throw;
            }

            spool.Position = 0;
            return spool;
        }
    }

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (inner is MemoryStream memory && inner.Position + buffer.Length > MemoryBytes) MoveToDisk(memory);
        inner.Write(buffer);
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    /// <inheritdoc />
    public override void SetLength(long value) => inner.SetLength(value);

    /// <inheritdoc />
    public override void Flush() => inner.Flush();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            onClose?.Invoke(this);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MoveToDisk(MemoryStream memory)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plumbline.{Guid.NewGuid():N}.spool");
        var disk = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        memory.Position = 0;
        memory.CopyTo(disk);
        memory.Dispose();
        inner = disk;
    }
}
