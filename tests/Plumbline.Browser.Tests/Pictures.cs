using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using Plumbline.Core;
using Plumbline.Imaging;
using Xunit;

namespace Plumbline.Browser.Tests;

/// <summary>Made-up pictures to upload.</summary>
internal static class Pictures
{
    /// <summary>A JPEG of a slanted gradient, stored with an EXIF orientation.</summary>
    /// <param name="name">File name.</param>
    /// <param name="width">Stored width.</param>
    /// <param name="height">Stored height.</param>
    /// <param name="orientation">1 is upright; 6 is to be turned clockwise by a quarter.</param>
    public static FilePayload Jpeg(string name, int width, int height, byte orientation = 1)
    {
        // Pictures of other names have other pixels, the same in every run: equal ones would be taken in once.
        var code = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return Painted(name, width, height, (x, y) => ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)(code[4 * x / width] & 127)), orientation);
    }

    /// <summary>A JPEG whose stored pixels are painted one by one.</summary>
    public static FilePayload Painted(string name, int width, int height, Func<int, int, (byte R, byte G, byte B)> paint, byte orientation = 1)
    {
        var rgb = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = 3 * ((y * width) + x);
                (rgb[at], rgb[at + 1], rgb[at + 2]) = paint(x, y);
            }
        }

        var jpeg = new Raster(width, height, rgb).ToJpeg();
        // APP1 right after the start of the image: a TIFF block with the one entry 0x0112, orientation.
        byte[] exif =
        [
            0xff, 0xe1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return new() { Name = name, MimeType = "image/jpeg", Buffer = [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)] };
    }

    /// <summary>Third-party pictures beside the checkout; the test is skipped where they are absent.</summary>
    public static IEnumerable<FilePayload> Shared(string folder, string pattern)
    {
        for (var up = new DirectoryInfo(AppContext.BaseDirectory); up is not null; up = up.Parent)
        {
            var candidate = Path.Combine(up.FullName, "shared", "data", folder);
            if (!Directory.Exists(candidate)) continue;
            return Directory.GetFiles(candidate, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => new FilePayload { Name = Path.GetFileName(file), MimeType = "application/octet-stream", Buffer = File.ReadAllBytes(file) });
        }

        Assert.Skip("The sample pictures are not here.");
        return [];
    }
}
