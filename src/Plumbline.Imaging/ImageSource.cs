namespace Plumbline.Imaging;

/// <summary>Where a picture's bytes are: in a file, or in memory.</summary>
public sealed class ImageSource
{
    private const int HeadBytes = 4096;
    private byte[]? head;

    private ImageSource(string? path, ReadOnlyMemory<byte> bytes, long length)
    {
        Path = path;
        Bytes = bytes;
        Length = length;
    }

    /// <summary>Size of the encoded picture in bytes.</summary>
    public long Length { get; }

    internal string? Path { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A picture in a file. The file must stay until the last use.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static ImageSource FromFile(string path) => new(path, default, new FileInfo(path).Length);

    /// <summary>A picture in memory.</summary>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> bytes) => new(null, bytes, bytes.Length);

    /// <summary>Up to <paramref name="count"/> bytes from <paramref name="offset"/>; fewer where the picture's bytes end.</summary>
    internal byte[] Read(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (Path is null) return Bytes.Slice((int)Math.Min(offset, Length), count).ToArray();
        if (offset + count > HeadBytes) return ReadFile(offset, count);
        head ??= ReadFile(0, (int)Math.Min(Length, HeadBytes)); // headers are read in many small pieces
        var rest = head.AsSpan((int)Math.Min(offset, head.Length));
        return rest[..Math.Min(count, rest.Length)].ToArray();
    }

    private byte[] ReadFile(long offset, int count)
    {
        using var file = File.OpenHandle(Path!); // a source without bytes has a path
        var buffer = new byte[count];
        var read = 0;
        while (read < count)
        {
            var got = RandomAccess.Read(file, buffer.AsSpan(read), offset + read);
            if (got == 0) return buffer[..read];
            read += got;
        }

        return buffer;
    }
}
