using Microsoft.Win32.SafeHandles;

namespace Plumbline.Server.Features.Uploads;

/// <summary>Some consecutive bytes of a file, read as a stream of their own.</summary>
public sealed class FileSection : Stream
{
    private readonly SafeFileHandle _file;
    private readonly long _offset;
    private readonly long _length;
    private long _position;

    /// <exception cref="EndOfStreamException">The file ends before the section does.</exception>
    public FileSection(string path, long offset, long length)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (offset + length > RandomAccess.GetLength(_file))
        {
            _file.Dispose();
            throw new EndOfStreamException($"{path} is shorter than {offset + length} bytes.");
        }

        (_offset, _length) = (offset, length);
    }

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => _length;

    /// <inheritdoc />
    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(_length - _position, 0, buffer.Length);
        var read = count == 0 ? 0 : RandomAccess.Read(_file, buffer[..count], _offset + _position);
        _position += read;
        return read;
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
        // Only for reading.
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
