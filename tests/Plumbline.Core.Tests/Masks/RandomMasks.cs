using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

/// <summary>Seeded bitmaps and rings for property tests: noise, blobs, stripes, empty and full; rings of every size, crossing themselves and the canvas.</summary>
internal static class RandomMasks
{
    public static (byte[] Bitmap, int Width, int Height) Bitmap(Random random, int most = 24)
    {
        var (width, height) = (random.Next(1, most), random.Next(1, most));
        var bitmap = new byte[width * height];
        var kind = random.Next(5);
        var density = random.NextDouble();
        var (cx, cy, r) = (random.NextDouble() * width, random.NextDouble() * height, 1 + (random.NextDouble() * most / 2));
        for (var i = 0; i < bitmap.Length; i++)
        {
            var (x, y) = (i % width, i / width);
            var inside = kind switch
            {
                0 => random.NextDouble() < density,
                1 => double.Hypot(x - cx, y - cy) < r,
                2 => double.Hypot(x - cx, y - cy) is var d && d < r && d > r / 2,
                3 => ((x / 2) + (y / 2)) % 2 == 0,
                _ => density < .5,
            };
            bitmap[i] = inside ? (byte)random.Next(1, 256) : (byte)0;
        }

        return (bitmap, width, height);
    }

    /// <summary>A mask in an arbitrary box, not always tight.</summary>
    public static Mask Mask(Random random)
    {
        var (bitmap, width, height) = Bitmap(random);
        var mask = Core.Masks.Mask.FromBitmap(bitmap, width, height, random.Next(-5, 20), random.Next(-5, 20));
        return random.Next(3) == 0 ? mask.WithBox(mask.X - random.Next(4), mask.Y - random.Next(4), mask.Width + 6, mask.Height + 5) : mask;
    }

    public static Point2[] Ring(Random random, int width, int height)
    {
        var points = new Point2[random.Next(3, random.Next(2) == 0 ? 6 : 40)];
        var kind = random.Next(4);
        var step = random.Next(5) switch { 0 => 1, 1 => .5, 2 => .2, 3 => .1, _ => 1e-6 };
        for (var i = 0; i < points.Length; i++)
        {
            var angle = Math.Tau * i / points.Length;
            var radius = .2 + (.35 * random.NextDouble());
            var (x, y) = kind switch
            {
                0 or 1 => (width * (.5 + (radius * Math.Cos(angle))), height * (.5 + (radius * Math.Sin(angle)))),
                2 => (width * random.NextDouble(), height * random.NextDouble()),
                _ => (width * ((3 * random.NextDouble()) - 1), height * ((3 * random.NextDouble()) - 1)),
            };
            points[i] = new Point2(Math.Round(x / step) * step, Math.Round(y / step) * step);
        }

        return points;
    }

    /// <summary>Every pixel of a window around the origin, asked one by one: the plain reference.</summary>
    public static bool[] Pixels(Mask mask)
    {
        const int From = -16, Size = 80;
        var pixels = new bool[Size * Size];
        var bitmap = mask.ToBitmap();
        for (var i = 0; i < bitmap.Length; i++)
        {
            if (bitmap[i] != 0) pixels[((mask.Y + (i / mask.Width) - From) * Size) + mask.X + (i % mask.Width) - From] = true;
        }

        return pixels;
    }
}
