using System.Buffers.Binary;
using System.IO.Compression;

namespace Plumbline.Formats.Pictures;

/// <summary>Writes PNG: rows unfiltered (label maps pack best so), no times, no texts: same samples, same bytes.</summary>
public static class PngWriter
{
    private const int MaxChunk = 1 << 20;

    /// <summary>Writes one picture.</summary>
    /// <exception cref="ArgumentException">The samples do not fill the size, or the palette does not fit the colour.</exception>
    public static void Write(Stream stream, PngImage image)
    {
        var row = image.Width * PngImage.ChannelsOf(image.Color) * image.Depth / 8;
        if (image.Width <= 0 || image.Height <= 0 || image.Depth is not (8 or 16) || (long)row * image.Height != image.Samples.Length) throw new ArgumentException("The samples do not fill the size.", nameof(image));
        if (image.Color == PngColor.Palette ? image.Depth != 8 || image.Palette.Length is 0 or > 768 || image.Palette.Length % 3 != 0 : image.Palette.Length > 0) throw new ArgumentException("The palette does not fit.", nameof(image));
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        (header[8], header[9]) = ((byte)image.Depth, (byte)image.Color);
        Chunk(stream, "IHDR"u8, header);
        if (image.Palette.Length > 0) Chunk(stream, "PLTE"u8, image.Palette);
        var packed = Pack(image.Samples, row, image.Height);
        for (var at = 0; at < packed.Length; at += MaxChunk) Chunk(stream, "IDAT"u8, packed.AsSpan(at, Math.Min(MaxChunk, packed.Length - at)));
        Chunk(stream, "IEND"u8, []);
    }

    private static byte[] Pack(byte[] samples, int row, int height)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                deflate.WriteByte(0);
                deflate.Write(samples, y * row, row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        stream.Write(number);
    }
}
