using System.Buffers.Binary;

namespace Plumbline.Imaging.Headers;

/// <summary>What a PNG says before its pixels (PNG Specification, third edition, sections 11.2 and 11.3).</summary>
internal sealed record PngFile(int Width, int Height, int BitDepth, bool IsPalette, bool IsInterlaced, bool IsAnimated, int Orientation)
{
    private const int MaxExifBytes = 1 << 20;

    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads chunk headers up to the first IDAT. The orientation is that of an <c>eXIf</c> chunk, as browsers read it; orientation in text chunks or XMP is not applied by them, nor here.</summary>
    /// <returns>Null when IHDR is missing or cut off.</returns>
    internal static PngFile? Read(ImageSource source)
    {
        var head = source.Read(0, 33);
        if (head.Length < 33 || !head.AsSpan(12).StartsWith("IHDR"u8)) return null;
        var animated = false;
        var orientation = 1;
        for (var offset = 33L; offset + 8 <= source.Length;)
        {
            var chunk = source.Read(offset, 8);
            if (chunk.Length < 8) break;
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var type = chunk.AsSpan(4, 4);
            if (type.SequenceEqual("IDAT"u8)) break;
            if (type.SequenceEqual("acTL"u8)) animated = true;
            if (type.SequenceEqual("eXIf"u8) && length <= MaxExifBytes) orientation = ExifOrientation.Read(source.Read(offset + 8, (int)length)) ?? 1;
            offset += 12 + length;
        }

        return new PngFile(
            (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(16)), int.MaxValue),
            (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(20)), int.MaxValue),
            head[24],
            IsPalette: head[25] == 3,
            IsInterlaced: head[28] != 0,
            animated,
            orientation);
    }
}
