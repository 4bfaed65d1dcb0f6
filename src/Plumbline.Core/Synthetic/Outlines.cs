using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>Rings for the painter, in image pixels.</summary>
internal static class Outlines
{
    public static Point2[] Rectangle(double x, double y, double width, double height) => [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)];

    public static Point2[] Ellipse(double x, double y, double radiusX, double radiusY, double angle = 0) => [.. new Ellipse(x, y, radiusX, radiusY, angle).ToRing(Math.Min(.08, .01 * Math.Max(radiusX, radiusY))).Points];

    public static Point2[] RoundedRectangle(double x, double y, double width, double height, double radius)
    {
        radius = Math.Min(radius, Math.Min(width, height) / 2);
        var points = new List<Point2>(24);
        (double X, double Y)[] centres = [(x + width - radius, y + radius), (x + width - radius, y + height - radius), (x + radius, y + height - radius), (x + radius, y + radius)];
        for (var corner = 0; corner < 4; corner++)
        {
            for (var i = 0; i <= 5; i++)
            {
                var (sin, cos) = Math.SinCos((corner - 1 + (i / 5d)) * Math.PI / 2);
                points.Add(new Point2(centres[corner].X + (radius * cos), centres[corner].Y + (radius * sin)));
            }
        }

        return [.. points];
    }

    /// <summary>A limb: from a to b with round ends of different radii.</summary>
    public static Point2[] Limb(Point2 a, Point2 b, double radiusA, double radiusB)
    {
        var angle = Math.Atan2(b.Y - a.Y, b.X - a.X);
        var points = new Point2[20];
        for (var i = 0; i < 10; i++)
        {
            var turn = Math.PI * i / 9;
            points[i] = new Point2(a.X + (radiusA * Math.Cos(angle + (Math.PI / 2) + turn)), a.Y + (radiusA * Math.Sin(angle + (Math.PI / 2) + turn)));
            points[10 + i] = new Point2(b.X + (radiusB * Math.Cos(angle - (Math.PI / 2) + turn)), b.Y + (radiusB * Math.Sin(angle - (Math.PI / 2) + turn)));
        }

        return points;
    }

    /// <summary>A ring through the given points without corners (a closed Catmull–Rom curve).</summary>
    public static Point2[] Smooth(ReadOnlySpan<Point2> points, int steps = 5)
    {
        var result = new Point2[points.Length * steps];
        for (var i = 0; i < points.Length; i++)
        {
            var (p0, p1, p2, p3) = (points[(i + points.Length - 1) % points.Length], points[i], points[(i + 1) % points.Length], points[(i + 2) % points.Length]);
            for (var step = 0; step < steps; step++)
            {
                var t = step / (double)steps;
                result[(i * steps) + step] = new Point2(Between(p0.X, p1.X, p2.X, p3.X, t), Between(p0.Y, p1.Y, p2.Y, p3.Y, t));
            }
        }

        return result;
    }

    /// <summary>A round blob whose radius wobbles by a few waves: cells, leaves, clouds.</summary>
    public static Point2[] Blob(Random random, double x, double y, double radiusX, double radiusY, double angle, double wobble, int points = 48)
    {
        var waves = new (double Amplitude, double Phase)[5];
        for (var k = 0; k < waves.Length; k++) waves[k] = (wobble * (random.NextDouble() + .3) / (k + 1.5), random.NextDouble() * Math.Tau);
        var (sinAngle, cosAngle) = Math.SinCos(angle);
        var ring = new Point2[points];
        for (var i = 0; i < points; i++)
        {
            var t = Math.Tau * i / points;
            var r = 1d;
            for (var k = 0; k < waves.Length; k++) r += waves[k].Amplitude * Math.Sin(((k + 2) * t) + waves[k].Phase);
            var (u, v) = (r * radiusX * Math.Cos(t), r * radiusY * Math.Sin(t));
            ring[i] = new Point2(x + (u * cosAngle) - (v * sinAngle), y + (u * sinAngle) + (v * cosAngle));
        }

        return ring;
    }

    private static double Between(double p0, double p1, double p2, double p3, double t) =>
        p1 + (.5 * t * (p2 - p0 + (t * ((2 * p0) - (5 * p1) + (4 * p2) - p3 + (t * ((3 * (p1 - p2)) + p3 - p0))))));
}
