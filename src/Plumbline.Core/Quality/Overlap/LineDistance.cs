using Plumbline.Core.Geometry;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>How far apart two open lines run.</summary>
public static class LineDistance
{
    /// <summary>The share of the picture's diagonal at which lines have nothing in common any more.</summary>
    public const double Reach = .05;

    private const int Samples = 256;

    /// <summary>
    /// The mean distance in pixels from the points of one line to the other line, the larger of both directions: so a short line on a long one is not near. Taken at the middles of 256 equal
    /// stretches of each line; 0 for equal lines, whatever their direction of drawing or number of vertices.
    /// </summary>
    public static double Mean(Polyline a, Polyline b) => Math.Max(OneWay(a, b), OneWay(b, a));

    /// <summary>1 − mean distance / (5 % of the picture's diagonal), at least 0.</summary>
    public static double Similarity(Polyline a, Polyline b, int width, int height) => Math.Max(0, 1 - (Mean(a, b) / (Reach * double.Hypot(width, height))));

    private static double OneWay(Polyline from, Polyline to)
    {
        var points = from.Points;
        var stretch = from.Length() / Samples;
        if (stretch == 0) return to.DistanceTo(points[0]);
        double sum = 0, passed = 0;
        var taken = 0;
        for (var i = 1; i < points.Length && taken < Samples; i++)
        {
            var edge = points[i - 1].DistanceTo(points[i]);
            for (; taken < Samples && ((taken + .5) * stretch <= passed + edge || i == points.Length - 1); taken++)
            {
                var t = edge == 0 ? 0 : Math.Min(1, (((taken + .5) * stretch) - passed) / edge);
                sum += to.DistanceTo(new Point2(points[i - 1].X + (t * (points[i].X - points[i - 1].X)), points[i - 1].Y + (t * (points[i].Y - points[i - 1].Y))));
            }

            passed += edge;
        }

        return sum / Samples;
    }
}
