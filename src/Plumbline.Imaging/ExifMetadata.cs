using System.Text.RegularExpressions;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>Picks the few EXIF values that people filter by out of libvips' header fields.</summary>
internal static partial class ExifMetadata
{
    private const int MaxValueLength = 200;

    private static readonly (string Field, string Name)[] Wanted =
    [
        ("exif-ifd0-Make", "camera make"),
        ("exif-ifd0-Model", "camera model"),
        ("exif-ifd0-Software", "software"),
        ("exif-ifd2-DateTimeOriginal", "taken"),
        ("exif-ifd2-ExposureTime", "exposure"),
        ("exif-ifd2-FNumber", "aperture"),
        ("exif-ifd2-ISOSpeedRatings", "iso"),
        ("exif-ifd2-FocalLength", "focal length"),
        ("exif-ifd2-LensModel", "lens"),
    ];

    internal static IReadOnlyDictionary<string, string> Read(VipsImage image)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, name) in Wanted)
        {
            if (image.Text(field) is { } text && Value(text) is { Length: > 0 } value) found[name] = value;
        }

        return found;
    }

    /// <summary>libvips writes <c>raw (readable, type, n components, m bytes)</c>; text appears the same on both sides.</summary>
    internal static string? Value(string field)
    {
        var match = SameOnBothSides().Match(field);
        if (!match.Success) match = Number().Match(field);
        if (!match.Success) return null;
        var value = string.Concat(match.Groups[1].Value.Where(c => !char.IsControl(c))).Trim();
        return value.Length <= MaxValueLength ? value : value[..MaxValueLength];
    }

    [GeneratedRegex(@"^(.*) \(\1, [^,]+, \d+ components, \d+ bytes\)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex SameOnBothSides();

    [GeneratedRegex(@"^[-\d/ ]+ \((.*), [^,]+, \d+ components, \d+ bytes\)$", RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}
