using System.Globalization;
using Plumbline.Core;
using Plumbline.Imaging;

namespace Plumbline.Benchmarks.Verbs;

/// <summary>JPEG files of 0.2 to 0.4 megapixels like the ones the peers' figures were measured on: smooth colour fields with grain; every tenth is the one before it, brightened. Seeded.</summary>
internal static class PhotoFiles
{
    private static readonly (int Width, int Height)[] Sizes = [(640, 480), (480, 640), (640, 427), (427, 640), (500, 375), (640, 640), (612, 612), (333, 500)];

    /// <summary>The folder; written unless it is there.</summary>
    public static string EnsureFolder(string parent, int count)
    {
        var folder = Path.Combine(parent, FormattableString.Invariant($"photos-{count}"));
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(folder + ".partial");
        Raster? previous = null;
        var random = new Random(3);
        for (var n = 0; n < count; n++)
        {
            var picture = n % 10 == 9 ? Brighter(previous!) : Field(random); // the first is never a tenth
            File.WriteAllBytes(Path.Combine(folder + ".partial", string.Create(CultureInfo.InvariantCulture, $"{n:D6}.jpg")), picture.ToJpeg(n % 10 == 9 ? 70 : 85));
            previous = picture;
        }

        Directory.Move(folder + ".partial", folder);
        return folder;
    }

    private static Raster Brighter(Raster raster) => new(raster.Width, raster.Height, [.. raster.Rgb.ToArray().Select(v => (byte)Math.Min(255, v + 12))]);

    private static Raster Field(Random random)
    {
        var (width, height) = Sizes[random.Next(Sizes.Length)];
        var (columns, rows) = (random.Next(5, 14), random.Next(5, 14));
        var grid = new byte[columns * rows * 3];
        random.NextBytes(grid);
        var rgb = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var grain = random.Next(12);
                for (var c = 0; c < 3; c++) rgb[at++] = (byte)Math.Min(255, Smooth(grid, columns, rows, (double)x / width * (columns - 1), (double)y / height * (rows - 1), c) + grain);
            }
        }

        return new Raster(width, height, rgb);
    }

    private static double Smooth(byte[] grid, int columns, int rows, double u, double v, int channel)
    {
        var (i, j) = ((int)u, (int)v);
        var (s, t) = (Ease(u - i), Ease(v - j));
        double At(int x, int y) => grid[(((Math.Min(y, rows - 1) * columns) + Math.Min(x, columns - 1)) * 3) + channel];
        return (((At(i, j) * (1 - s)) + (At(i + 1, j) * s)) * (1 - t)) + (((At(i, j + 1) * (1 - s)) + (At(i + 1, j + 1) * s)) * t);
    }

    private static double Ease(double t) => t * t * (3 - (2 * t));
}
