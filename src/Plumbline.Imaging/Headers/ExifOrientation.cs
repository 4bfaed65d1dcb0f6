using System.Buffers.Binary;

namespace Plumbline.Imaging.Headers;

/// <summary>Finds tag 0x0112 in the first directory of an EXIF block (TIFF 6.0, section 2; Exif 2.32, section 4.6.4).</summary>
internal static class ExifOrientation
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;

    /// <returns>1 to 8, or null when the block is damaged, has no such tag or another value.</returns>
    internal static int? Read(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8)) exif = exif[6..];
        if (exif.Length < 8) return null;
        var little = exif.StartsWith("II"u8);
        if (!little && !exif.StartsWith("MM"u8)) return null;
        var directory = U32(exif[4..], little);
        if (directory > exif.Length - 2) return null;
        var entries = exif[(int)directory..];
        var count = U16(entries, little);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= 12; i++, entries = entries[12..])
        {
            if (U16(entries, little) != OrientationTag || U16(entries[2..], little) != ShortType) continue;
            var value = U16(entries[8..], little);
            return value is >= 1 and <= 8 ? value : null;
        }

        return null;
    }

    private static ushort U16(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint U32(ReadOnlySpan<byte> at, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);
}
