using System.Buffers;
using System.Buffers.Binary;

namespace Plumbline.Formats.Pictures;

/// <summary>Columns and rows of an upright picture. <c>default</c> is the empty picture.</summary>
public readonly record struct PictureSize(int Width, int Height)
{
    private const int HeadBytes = 64 * 1024;
    private const int MaxSegments = 4096;

    /// <summary>
    /// Reads the size from the header of a JPEG, PNG, GIF, BMP, WebP or TIFF without decoding it. EXIF orientation of a JPEG is applied,
    /// since labels refer to the upright picture (so do Ultralytics' loaders).
    /// </summary>
    /// <returns>Null when the format is not one of these or the header is broken.</returns>
    public static PictureSize? Read(Stream stream)
    {
        var head = ArrayPool<byte>.Shared.Rent(HeadBytes);
        try
        {
            var length = stream.ReadAtLeast(head.AsSpan(0, HeadBytes), HeadBytes, throwOnEndOfStream: false);
            var size = FromHead(head.AsSpan(0, length), stream);
            return size is { Width: > 0, Height: > 0 } ? size : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>The size of a picture that is there, from its header; null when there is no picture or its header is broken.</summary>
    public static PictureSize? Of(DatasetPicture? picture)
    {
        if (picture is null) return null;
        using var stream = picture.OpenRead();
        return Read(stream);
    }

    private static PictureSize? FromHead(ReadOnlySpan<byte> b, Stream rest)
    {
        if (b.Length < 26) return null;
        if (b[0] == 0x89 && b[1..4].SequenceEqual("PNG"u8)) return new(BinaryPrimitives.ReadInt32BigEndian(b[16..]), BinaryPrimitives.ReadInt32BigEndian(b[20..]));
        if (b.StartsWith("GIF8"u8)) return new(BinaryPrimitives.ReadUInt16LittleEndian(b[6..]), BinaryPrimitives.ReadUInt16LittleEndian(b[8..]));
        if (b.StartsWith("BM"u8)) return new(BinaryPrimitives.ReadInt32LittleEndian(b[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(b[22..])) is var h and <= int.MaxValue ? (int)h : 0);
        if (b.StartsWith("RIFF"u8) && b[8..12].SequenceEqual("WEBP"u8)) return WebP(b);
        if (b.StartsWith("II*\0"u8) || b.StartsWith("MM\0*"u8)) return Tiff(b, rest);
        return b[0] == 0xFF && b[1] == 0xD8 ? Jpeg(b, rest) : null;
    }

    private static PictureSize? WebP(ReadOnlySpan<byte> b)
    {
        if (b.Length < 30) return null;
        if (b[12..16].SequenceEqual("VP8 "u8)) return new(BinaryPrimitives.ReadUInt16LittleEndian(b[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(b[28..]) & 0x3FFF);
        if (b[12..16].SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(b[21..]);
            return new((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return b[12..16].SequenceEqual("VP8X"u8) ? new((b[24] | (b[25] << 8) | (b[26] << 16)) + 1, (b[27] | (b[28] << 8) | (b[29] << 16)) + 1) : null;
    }

    private static PictureSize? Tiff(ReadOnlySpan<byte> b, Stream rest)
    {
        var little = b[0] == 'I';
        long at = U32(b[4..], little);
        ReadOnlySpan<byte> directory = at + 2 <= b.Length ? b[(int)at..] : [];
        if (directory.IsEmpty && rest.CanSeek && at < rest.Length)
        {
            var far = new byte[HeadBytes];
            rest.Position = at;
            directory = far.AsSpan(0, rest.ReadAtLeast(far, far.Length, throwOnEndOfStream: false));
        }

        return directory.Length < 2 ? null : TiffDirectory(directory, little) is var (width, height, orientation) ? Turned(new(width, height), orientation) : null;
    }

    private static (int Width, int Height, int Orientation) TiffDirectory(ReadOnlySpan<byte> directory, bool little)
    {
        int width = 0, height = 0, orientation = 1;
        var count = U16(directory, little);
        for (var i = 0; i < count && 2 + (i * 12) + 12 <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + (i * 12), 12);
            var value = U16(entry[2..], little) == 3 ? U16(entry[8..], little) : (int)Math.Min(int.MaxValue, U32(entry[8..], little));
            switch (U16(entry, little))
            {
                case 256: width = value; break;
                case 257: height = value; break;
                case 274: orientation = value; break;
            }
        }

        return (width, height, orientation);
    }

    private static PictureSize? Jpeg(ReadOnlySpan<byte> head, Stream rest)
    {
        var bytes = head;
        var at = 2;
        var orientation = 1;
        for (var i = 0; i < MaxSegments; i++)
        {
            if (at + 9 > bytes.Length)
            {
                // A large profile or thumbnail pushed the frame header out of the first block.
                if (!rest.CanSeek || at >= rest.Length) return null;
                rest.Position = at;
                var block = new byte[HeadBytes];
                bytes = block.AsSpan(0, rest.ReadAtLeast(block, block.Length, throwOnEndOfStream: false));
                return bytes.Length < 9 ? null : JpegFrom(bytes, orientation);
            }

            if (Segment(bytes, ref at, ref orientation) is { } size) return size;
            if (at < 0) return null;
        }

        return null;
    }

    private static PictureSize? JpegFrom(ReadOnlySpan<byte> bytes, int orientation)
    {
        var at = 0;
        while (at >= 0 && at + 9 <= bytes.Length)
        {
            if (Segment(bytes, ref at, ref orientation) is { } size) return size;
        }

        return null;
    }

    // Reads the marker segment at `at` and moves on; `at` becomes −1 where there is none.
    private static PictureSize? Segment(ReadOnlySpan<byte> b, ref int at, ref int orientation)
    {
        if (b[at] != 0xFF)
        {
            at = -1;
            return null;
        }

        var marker = b[at + 1];
        if (marker == 0xFF)
        {
            at++;
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(b[(at + 2)..]);
        if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            return Turned(new(BinaryPrimitives.ReadUInt16BigEndian(b[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(b[(at + 5)..])), orientation);
        if (marker == 0xE1 && at + 18 < b.Length && b.Slice(at + 4, 6).SequenceEqual("Exif\0\0"u8)) orientation = ExifOrientation(b[(at + 10)..]);
        at = length < 2 ? -1 : at + 2 + length;
        return null;
    }

    private static int ExifOrientation(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var little = tiff[0] == 'I';
        var at = U32(tiff[4..], little);
        return at + 2 <= tiff.Length ? TiffDirectory(tiff[(int)at..], little).Orientation : 1;
    }

    private static PictureSize Turned(PictureSize size, int orientation) => orientation is >= 5 and <= 8 ? new(size.Height, size.Width) : size;

    private static int U16(ReadOnlySpan<byte> b, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(b) : BinaryPrimitives.ReadUInt16BigEndian(b);

    private static long U32(ReadOnlySpan<byte> b, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(b) : BinaryPrimitives.ReadUInt32BigEndian(b);
}
