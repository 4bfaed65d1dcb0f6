using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Benchmarks.Masks;

/// <summary>Two hundred wavy polygons of 30 points and 40 to 120 pixels across on a canvas of 640 × 480, and what derives from them; and one canvas of short random runs, the hardest case for run lengths.</summary>
internal sealed class MaskWorkload
{
    public const int Width = 640;
    public const int Height = 480;

    public MaskWorkload(int seed)
    {
        var random = new Random(seed);
        Rings = [.. Enumerable.Range(0, 200).Select(_ => Ring(random, random.NextDouble() * Width, random.NextDouble() * Height))];
        Masks = [.. Rings.Select(ring => Rasterizer.Rasterize(ring, Width, Height))];
        Pile = [.. Enumerable.Range(0, 200).Select(_ => Rasterizer.Rasterize(Ring(random, Width / 2, Height / 2), Width, Height))];
        RowMasks = [.. Masks.Select(mask => mask.ToMask())];
        Texts = [.. Masks.Select(CocoRleText.Format)];
        Bitmaps = [.. Masks.Take(20).Select(Bitmap)];
        Bitmaps = [.. Enumerable.Range(0, Masks.Length).Select(i => Bitmaps[i % Bitmaps.Length])];
        Busy = BusyBitmap(random);
        Boxes = [.. Enumerable.Range(0, 1000).Select(_ => new Box(random.NextDouble() * 600, random.NextDouble() * 440, 5 + (random.NextDouble() * 200), 5 + (random.NextDouble() * 200)))];
    }

    public Point2[][] Rings { get; }

    public CocoRle[] Masks { get; }

    public CocoRle[] Pile { get; }

    public Mask[] RowMasks { get; }

    public string[] Texts { get; }

    public byte[][] Bitmaps { get; }

    /// <summary>Runs of 1 to 20 pixels all over the canvas.</summary>
    public byte[] Busy { get; }

    public Box[] Boxes { get; }

    private static byte[] BusyBitmap(Random random)
    {
        var bitmap = new byte[Width * Height];
        for (var (at, value) = (0, (byte)0); at < bitmap.Length; value ^= 1)
        {
            var run = Math.Min(bitmap.Length - at, random.Next(1, 21));
            bitmap.AsSpan(at, run).Fill(value);
            at += run;
        }

        return bitmap;
    }

    private static byte[] Bitmap(CocoRle mask)
    {
        var bitmap = new byte[Width * Height];
        mask.Decode(bitmap);
        return bitmap;
    }

    private static Point2[] Ring(Random random, double x, double y)
    {
        var radius = 20 + (random.NextDouble() * 40);
        return [.. Enumerable.Range(0, 30).Select(i =>
        {
            var (sin, cos) = Math.SinCos(Math.Tau * i / 30);
            var r = radius * (.8 + (.2 * random.NextDouble()));
            return new Point2(Math.Round(x + (r * cos), 2), Math.Round(y + (r * sin), 2));
        })];
    }
}
