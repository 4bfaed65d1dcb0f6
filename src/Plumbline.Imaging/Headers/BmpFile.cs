using System.Buffers.Binary;
using System.Numerics;

namespace Plumbline.Imaging.Headers;

/// <summary>
/// A strict reader of uncompressed Windows bitmaps: 1, 4 or 8 bits with a palette, 16, 24 or 32 bits of colour, with or without channel
/// masks, bottom-up or top-down (Microsoft, BITMAPFILEHEADER, BITMAPINFOHEADER to BITMAPV5HEADER). libvips reads bitmaps only through
/// ImageMagick, which we do not let near strangers' files. Run-length and embedded JPEG or PNG bitmaps are refused; an alpha channel is left out.
/// </summary>
internal sealed class BmpFile
{
    private const int FileHeaderBytes = 14;
    private const int NoCompression = 0;
    private const int BitFields = 3;
    private const int AlphaBitFields = 6;
    private readonly byte[] palette; // four bytes an entry: blue, green, red, unused
    private readonly uint[] masks; // red, green, blue; empty where the samples are whole bytes
    private readonly long pixelOffset;
    private readonly bool topDown;

    private BmpFile(int width, int height, int bitDepth, byte[] palette, uint[] masks, long pixelOffset, bool topDown)
    {
        Width = width;
        Height = height;
        BitsPerPixel = bitDepth;
        this.palette = palette;
        this.masks = masks;
        this.pixelOffset = pixelOffset;
        this.topDown = topDown;
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int BitsPerPixel { get; }

    internal bool IsPalette => BitsPerPixel <= 8;

    private long RowBytes => (((long)Width * BitsPerPixel) + 31) / 32 * 4;

    /// <summary>Whether all rows are there.</summary>
    internal bool IsComplete(long fileLength) => pixelOffset + (RowBytes * Height) <= fileLength;

    internal static BmpFile Read(ImageSource source)
    {
        var head = source.Read(0, FileHeaderBytes + 4);
        if (head.Length < FileHeaderBytes + 4) throw Refuse(RefusalReason.Truncated, "The bitmap ends inside its header.");
        var infoBytes = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(FileHeaderBytes));
        if (infoBytes is < 40 or > 200) throw Refuse(RefusalReason.Unsupported, "This kind of bitmap header is not supported.");
        var info = source.Read(FileHeaderBytes, (int)infoBytes);
        if (info.Length < infoBytes) throw Refuse(RefusalReason.Truncated, "The bitmap ends inside its header.");

        var width = BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(4));
        var height = (long)BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(8));
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info.AsSpan(14));
        var compression = BinaryPrimitives.ReadInt32LittleEndian(info.AsSpan(16));
        if (width <= 0 || height == 0 || Math.Abs(height) > int.MaxValue) throw Refuse(RefusalReason.Corrupt, "The bitmap's width or height is not possible.");
        if (compression is not (NoCompression or BitFields or AlphaBitFields)) throw Refuse(RefusalReason.Unsupported, "Compressed bitmaps are not supported; save it as PNG.");
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32) || (compression != NoCompression && bits is not (16 or 32)))
        {
            throw Refuse(RefusalReason.Unsupported, $"Bitmaps of {bits} bits a pixel are not supported.");
        }

        return new BmpFile(width, (int)Math.Abs(height), bits, ReadPalette(source, info, bits), ReadMasks(source, info, bits, compression),
            BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(10)), topDown: height < 0);
    }

    /// <summary>Decodes all pixels to RGB, top row first.</summary>
    internal byte[] DecodeRgb(ImageSource source)
    {
        var rgb = new byte[checked(3 * Width * Height)];
        for (var y = 0; y < Height; y++)
        {
            var row = source.Read(pixelOffset + (RowBytes * y), (int)RowBytes);
            if (row.Length < RowBytes) throw Refuse(RefusalReason.Truncated, "The file ends before the picture is complete.");
            DecodeRow(row, rgb.AsSpan(3 * Width * (topDown ? y : Height - 1 - y), 3 * Width));
        }

        return rgb;
    }

    private void DecodeRow(ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        for (var x = 0; x < Width; x++)
        {
            var target = rgb.Slice(3 * x, 3);
            if (IsPalette)
            {
                var bit = x * BitsPerPixel;
                var entry = (row[bit >> 3] >> (8 - BitsPerPixel - (bit & 7))) & ((1 << BitsPerPixel) - 1);
                if ((4 * entry) + 3 > palette.Length) throw Refuse(RefusalReason.Corrupt, "The bitmap uses a colour that its palette lacks.");
                (target[0], target[1], target[2]) = (palette[(4 * entry) + 2], palette[(4 * entry) + 1], palette[4 * entry]);
            }
            else if (masks.Length == 0)
            {
                var at = x * (BitsPerPixel / 8);
                (target[0], target[1], target[2]) = (row[at + 2], row[at + 1], row[at]);
            }
            else
            {
                var pixel = BitsPerPixel == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[(4 * x)..]);
                for (var channel = 0; channel < 3; channel++) target[channel] = Extract(pixel, masks[channel]);
            }
        }
    }

    private static byte Extract(uint pixel, uint mask)
    {
        if (mask == 0) return 0;
        var shift = BitOperations.TrailingZeroCount(mask);
        ulong max = mask >> shift;
        return (byte)((((pixel & mask) >> shift) * 255UL + (max / 2)) / max);
    }

    private static byte[] ReadPalette(ImageSource source, byte[] info, int bits)
    {
        if (bits > 8) return [];
        var used = BinaryPrimitives.ReadUInt32LittleEndian(info.AsSpan(32));
        var entries = used == 0 ? 1 << bits : (int)Math.Min(used, 1u << bits);
        return source.Read(FileHeaderBytes + info.Length, 4 * entries);
    }

    private static uint[] ReadMasks(ImageSource source, byte[] info, int bits, int compression)
    {
        if (compression == NoCompression) return bits == 16 ? [0x7C00, 0x03E0, 0x001F] : [];
        var bytes = info.Length >= 52 ? info.AsSpan(40, 12) : source.Read(FileHeaderBytes + info.Length, 12);
        if (bytes.Length < 12) throw Refuse(RefusalReason.Truncated, "The bitmap ends inside its header.");
        return
        [
            BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        ];
    }

    private static ImageRefusedException Refuse(RefusalReason reason, string message) => new(reason, message);
}
