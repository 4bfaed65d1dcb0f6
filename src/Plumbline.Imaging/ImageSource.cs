namespace Plumbline.Imaging;

/// <summary>Where a picture's bytes are: in a file, or in memory.</summary>
public sealed class ImageSource
{
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
        using var file = File.OpenHandle(Path);
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
