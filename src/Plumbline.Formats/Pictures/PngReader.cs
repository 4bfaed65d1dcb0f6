using System.Buffers.Binary;
using System.IO.Compression;

namespace Plumbline.Formats.Pictures;

/// <summary>Reads PNG (ISO/IEC 15948) strictly: check sums, order of chunks, lengths and palette must be right. Interlaced files are refused. Time and memory go with the pixels that the file can really hold.</summary>
public static class PngReader
{
    private const int MaxBytes = 1 << 28;
    private const int MaxPackedBytes = 1 << 28;

    // Deflate cannot unpack to more than 1,032 times its input, so a small file that declares a huge size is refused before anything is allocated.
    private const long MaxRatio = 1032;
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Reads one picture.</summary>
    /// <exception cref="InvalidDataException">Not a PNG, broken, interlaced, or more than 256 MiB of samples.</exception>
    public static PngImage Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start.SequenceEqual(Signature)) throw Fault("it has not PNG's first bytes");
        Header? header = null;
        byte[] palette = [];
        using var packed = new MemoryStream();
        while (true)
        {
            var (type, data) = Chunk(stream);
            switch (type)
            {
                case 0x49484452: header = header is null ? ParseHeader(data) : throw Fault("it has two headers"); break; // IHDR
                case 0x504C5445: palette = data.Length is > 0 and <= 768 && data.Length % 3 == 0 ? data : throw Fault("the palette's length is wrong"); break; // PLTE
                case 0x49444154: Append(packed, data); break; // IDAT
                case 0x49454E44: return Decode(header ?? throw Fault("it has no header"), palette, packed); // IEND
                default:
                    if ((type & 0x20000000) == 0) throw Fault("it has a critical chunk of an unknown kind");
                    break;
            }

            if (header is null) throw Fault("the header is not first");
        }
    }

    private readonly record struct Header(int Width, int Height, int Bits, PngColor Color)
    {
        public int Channels => PngImage.ChannelsOf(Color);

        public long RowBytes => (((long)Width * Channels * Bits) + 7) / 8;
    }

    private static Header ParseHeader(byte[] data)
    {
        if (data.Length != 13) throw Fault("the header's length is wrong");
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data.AsSpan(4)));
        if (width <= 0 || height <= 0) throw Fault("a side is 0 or negative");
        var (bits, color) = (data[8], (PngColor)data[9]);
        var fits = color switch
        {
            PngColor.Grey => bits is 1 or 2 or 4 or 8 or 16,
            PngColor.Palette => bits is 1 or 2 or 4 or 8,
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => bits is 8 or 16,
            _ => false,
        };
        if (!fits) throw Fault($"{bits} bits do not go with colour type {(int)color}");
        if (data[10] != 0 || data[11] != 0) throw Fault("compression or filter method is not 0");
        if (data[12] != 0) throw Fault("it is interlaced; save it without interlace");
        var header = new Header(width, height, bits, color);
        return (long)width * height <= MaxBytes && (long)width * height * header.Channels * Math.Max(1, bits / 8) <= MaxBytes ? header : throw Fault($"{width} × {height} pixels need more than {MaxBytes >> 20} MiB");
    }

    private static (uint Type, byte[] Data) Chunk(Stream stream)
    {
        Span<byte> head = stackalloc byte[8];
        if (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8) throw Fault("it is cut off");
        var length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length > MaxPackedBytes) throw Fault("a chunk is too long");
        var data = ReadBytes(stream, (int)length);
        Span<byte> sum = stackalloc byte[4];
        if (stream.ReadAtLeast(sum, 4, throwOnEndOfStream: false) < 4) throw Fault("it is cut off");
        if (Crc32.Of(head[4..], data) != BinaryPrimitives.ReadUInt32BigEndian(sum)) throw Fault("a check sum is wrong");
        return (BinaryPrimitives.ReadUInt32BigEndian(head[4..]), data);
    }

    // Grows with what is really there, so that a length that lies costs nothing.
    private static byte[] ReadBytes(Stream stream, int length)
    {
        var data = new byte[Math.Min(length, 1 << 16)];
        for (var done = 0; done < length;)
        {
            if (done == data.Length) Array.Resize(ref data, (int)Math.Min(length, data.Length * 2L));
            var count = stream.Read(data, done, data.Length - done);
            if (count == 0) throw Fault("it is cut off");
            done += count;
        }

        return data;
    }

    private static void Append(MemoryStream packed, byte[] data)
    {
        if (packed.Length + data.Length > MaxPackedBytes) throw Fault("its pixels are too many bytes");
        packed.Write(data);
    }

    private static PngImage Decode(Header header, byte[] palette, MemoryStream packed)
    {
        if (header.Color == PngColor.Palette && palette.Length == 0) throw Fault("it has no palette");
        if ((header.RowBytes + 1) * header.Height > (packed.Length * MaxRatio) + 1024) throw Fault($"it is too short for {header.Width} × {header.Height} pixels");
        packed.Position = 0;
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        var row = (int)header.RowBytes;
        var samples = new byte[row * header.Height];
        var step = Math.Max(1, header.Channels * header.Bits / 8);
        Span<byte> filter = stackalloc byte[1];
        for (var y = 0; y < header.Height; y++)
        {
            var line = samples.AsSpan(y * row, row);
            if (unpacked.ReadAtLeast(filter, 1, throwOnEndOfStream: false) < 1 || unpacked.ReadAtLeast(line, row, throwOnEndOfStream: false) < row) throw Fault($"the pixels end in row {y}");
            Unfilter(filter[0], line, y == 0 ? default : samples.AsSpan((y - 1) * row, row), step);
        }

        return new(header.Width, header.Height, header.Color, Math.Max(8, header.Bits), header.Bits < 8 ? Widen(samples, header) : samples, palette);
    }

    private static void Unfilter(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int step)
    {
        if (filter > 4) throw Fault("a row has an unknown filter");
        if (filter == 0) return;
        for (var i = 0; i < line.Length; i++)
        {
            int left = i < step ? 0 : line[i - step], up = above.IsEmpty ? 0 : above[i], corner = i < step || above.IsEmpty ? 0 : above[i - step];
            line[i] += filter switch
            {
                1 => (byte)left,
                2 => (byte)up,
                3 => (byte)((left + up) / 2),
                _ => (byte)Paeth(left, up, corner),
            };
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static byte[] Widen(byte[] samples, Header header)
    {
        var wide = new byte[header.Width * header.Height];
        var (row, mask) = ((int)header.RowBytes, (1 << header.Bits) - 1);
        for (var y = 0; y < header.Height; y++)
        {
            for (var x = 0; x < header.Width; x++)
            {
                var bit = x * header.Bits;
                wide[(y * header.Width) + x] = (byte)((samples[(y * row) + (bit >> 3)] >> (8 - header.Bits - (bit & 7))) & mask);
            }
        }

        return wide;
    }

    private static InvalidDataException Fault(string message) => new($"not a usable PNG: {message}.");
}
