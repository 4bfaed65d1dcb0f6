using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Imaging.Headers;

/// <summary>Reads the description of an ICC profile (ICC.1:2022, sections 7.3, 10.15; v2 'desc' of ICC.1:2001-04, section 6.5.17).</summary>
internal static class IccProfile
{
    private const int HeaderBytes = 128;
    private const int MaxNameLength = 100;

    /// <returns>The profile's name, or null when it has none that can be read.</returns>
    internal static string? Name(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < HeaderBytes + 4) return null;
        var count = BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderBytes..]);
        for (var i = 0; i < count && HeaderBytes + 4 + ((i + 1) * 12) <= profile.Length; i++)
        {
            var entry = profile.Slice(HeaderBytes + 4 + (i * 12), 12);
            if (!entry.StartsWith("desc"u8)) continue;
            var offset = BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);
            var size = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            return offset + (long)size <= profile.Length ? Clean(Describe(profile.Slice((int)offset, (int)size))) : null;
        }

        return null;
    }

    private static string? Describe(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith("desc"u8) && tag.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(tag[8..]);
            return length <= tag.Length - 12 ? Encoding.Latin1.GetString(tag.Slice(12, (int)length)) : null;
        }

        if (!tag.StartsWith("mluc"u8) || tag.Length < 28) return null;
        var bytes = BinaryPrimitives.ReadUInt32BigEndian(tag[20..]);
        var start = BinaryPrimitives.ReadUInt32BigEndian(tag[24..]);
        return start + (long)bytes <= tag.Length ? Encoding.BigEndianUnicode.GetString(tag.Slice((int)start, (int)bytes)) : null;
    }

    private static string? Clean(string? name)
    {
        name = name is null ? "" : string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        return name.Length == 0 ? null : name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }
}
