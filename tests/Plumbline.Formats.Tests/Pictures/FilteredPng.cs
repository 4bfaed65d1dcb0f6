using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Pictures;

/// <summary>Another writer of PNG, for tests: any depth, and row n has the filter n mod 5.</summary>
internal static class FilteredPng
{
    public static byte[] Bytes(int width, int height, PngColor color, int bits, byte[][] rows)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, (byte)color);
        Chunk(png, "IHDR", header);
        if (color == PngColor.Palette) Chunk(png, "PLTE", new byte[3 << bits]);
        Chunk(png, "IDAT", Pack(rows, Math.Max(1, PngImage.ChannelsOf(color) * bits / 8)));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>A file of this header and nothing else.</summary>
    public static byte[] WithHeader(byte[] header)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Pack(byte[][] rows, int step)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            for (var y = 0; y < rows.Length; y++)
            {
                var filter = y % 5;
                deflate.WriteByte((byte)filter);
                for (var i = 0; i < rows[y].Length; i++)
                {
                    int a = i < step ? 0 : rows[y][i - step], b = y == 0 ? 0 : rows[y - 1][i], c = y == 0 || i < step ? 0 : rows[y - 1][i - step];
                    int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
                    var guess = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) >> 1, _ => pa <= pb && pa <= pc ? a : pb <= pc ? b : c };
                    deflate.WriteByte((byte)(rows[y][i] - guess));
                }
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(Stream png, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var sum = uint.MaxValue;
        foreach (var b in named)
        {
            sum ^= b;
            for (var i = 0; i < 8; i++) sum = (sum >> 1) ^ (0xEDB88320 & (uint)-(int)(sum & 1));
        }

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~sum);
        png.Write(number);
    }
}
