using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Overlap;
using KeypointSet = Plumbline.Core.Geometry.Keypoints;

namespace Plumbline.Core.Quality.Consensus;

/// <summary>How masks are fused.</summary>
public enum MaskFusion
{
    /// <summary>A pixel is inside when more than half of the weight says so.</summary>
    Majority,

    /// <summary>STAPLE: each annotator's sensitivity and specificity are estimated from the masks themselves; weights play no part.</summary>
    Staple,
}

/// <summary>One shape out of several that mean the same thing.</summary>
public static class ShapeFusion
{
    private const int LinePoints = 64;

    /// <summary>
    /// Boxes, rotated boxes, ellipses, points and keypoints: the weighted median of each number (turns are brought to one quarter first). Lines: that of points at equal shares of their length.
    /// Masks: by pixels. Polygons, and areas of different kinds: through masks, as a polygon where nobody drew a mask. Tags: the tag.
    /// </summary>
    /// <param name="shapes">At least one, of one picture.</param>
    /// <param name="weights">One a shape, above 0.</param>
    /// <param name="masks">How masks are fused.</param>
    /// <returns>Null when the shapes are of kinds that do not go together, or nothing is left of them.</returns>
    /// <exception cref="ArgumentException">There is no shape, or not one weight a shape.</exception>
    public static Shape? Fuse(IReadOnlyList<ComparedShape> shapes, ReadOnlySpan<double> weights, MaskFusion masks = MaskFusion.Majority)
    {
        if (shapes.Count == 0 || shapes.Count != weights.Length) throw new ArgumentException($"{shapes.Count} shapes and {weights.Length} weights.", nameof(weights));
        var kinds = shapes.Select(shape => shape.Shape.Kind).Distinct().ToList();
        if (kinds.Count > 1 && !kinds.All(kind => kind is ShapeKind.Box or ShapeKind.Polygon or ShapeKind.Mask or ShapeKind.Ellipse)) return null;
        if (kinds.Count > 1 || kinds[0] is ShapeKind.Polygon or ShapeKind.Mask) return Area(shapes, weights, masks, asMask: kinds.Contains(ShapeKind.Mask));
        var w = weights.ToArray();
        double Middle(Func<Shape, double> number) => WeightedMedian.Of(shapes.Select(shape => number(shape.Shape)).ToArray(), w);
        switch (kinds[0])
        {
            case ShapeKind.Tag:
                return shapes[0].Shape;
            case ShapeKind.Point:
                return new PointShape(new(Middle(s => ((PointShape)s).Position.X), Middle(s => ((PointShape)s).Position.Y)));
            case ShapeKind.Box:
                var (left, top) = (Middle(s => ((BoxShape)s).Box.X), Middle(s => ((BoxShape)s).Box.Y));
                return new BoxShape(new(left, top, Math.Max(0, Middle(s => ((BoxShape)s).Box.Right) - left), Math.Max(0, Middle(s => ((BoxShape)s).Box.Bottom) - top)));
            case ShapeKind.RotatedBox:
                var boxes = shapes.Select(shape => ((RotatedBoxShape)shape.Shape).Box).ToArray();
                var box = Turned([.. boxes.Select(b => new Turn(b.CenterX, b.CenterY, b.Width, b.Height, b.AngleRadians))], w);
                return new RotatedBoxShape(new(box.X, box.Y, box.Across, box.Down, box.Angle));
            case ShapeKind.Ellipse:
                var ellipses = shapes.Select(shape => ((EllipseShape)shape.Shape).Ellipse).ToArray();
                var ellipse = Turned([.. ellipses.Select(e => new Turn(e.CenterX, e.CenterY, e.RadiusX, e.RadiusY, e.AngleRadians))], w);
                return new EllipseShape(new(ellipse.X, ellipse.Y, ellipse.Across, ellipse.Down, ellipse.Angle));
            case ShapeKind.Polyline:
                return new PolylineShape(Line([.. shapes.Select(shape => ((PolylineShape)shape.Shape).Polyline)], w));
            case ShapeKind.Keypoints:
                return Points([.. shapes.Select(shape => ((KeypointsShape)shape.Shape).Keypoints)], w) is { } points ? new KeypointsShape(points) : null;
            case ShapeKind.Cuboid:
                var corners = shapes.Select(shape => ((CuboidShape)shape.Shape).Corners).ToArray();
                return new CuboidShape([.. Enumerable.Range(0, 8).Select(i => MiddlePoint(corners.Select(c => c[i]), w))]);
            default:
                throw new ArgumentOutOfRangeException(nameof(shapes), kinds[0], "Unknown kind of shape.");
        }
    }

    private static Shape? Area(IReadOnlyList<ComparedShape> shapes, ReadOnlySpan<double> weights, MaskFusion fusion, bool asMask)
    {
        var frame = shapes.Select(shape => shape.Pixels).Where(mask => mask.Area > 0).Select(mask => mask.Bounds).Aggregate((Box?)null, (all, one) => all is { } known ? known.Hull(one) : one);
        if (frame is not { } around) return null;
        const int Margin = 2; // pixels outside of all masks tell STAPLE how often annotators rightly left out
        var (x, y, width, height) = ((int)around.X - Margin, (int)around.Y - Margin, (int)around.Width + (2 * Margin), (int)around.Height + (2 * Margin));
        if ((long)width * height > Array.MaxLength) return null;
        var bitmaps = shapes.Select(shape => shape.Pixels.WithBox(x, y, width, height).ToBitmap()).ToList();
        var inside = fusion == MaskFusion.Staple ? MaskConsensus.Staple(bitmaps).Probabilities.Select(p => (byte)(p > .5 ? 1 : 0)).ToArray() : MaskConsensus.Majority(bitmaps, weights);
        var fused = Mask.FromBitmap(inside, width, height, x, y);
        if (fused.Area == 0) return null;
        return asMask ? new MaskShape(fused) : new PolygonShape(ContourTracer.Trace(fused)!.Simplify(.5)); // a mask with pixels has an outline
    }

    private static Turn Turned(Turn[] turns, double[] weights)
    {
        var heaviest = turns[Array.IndexOf(weights, weights.Max())].Angle;
        for (var i = 0; i < turns.Length; i++)
        {
            var quarters = (int)Math.Round((heaviest - turns[i].Angle) / (Math.PI / 2));
            turns[i] = turns[i] with { Angle = turns[i].Angle + (quarters * Math.PI / 2) };
            if (quarters % 2 != 0) turns[i] = turns[i] with { Across = turns[i].Down, Down = turns[i].Across };
        }

        double Middle(Func<Turn, double> number) => WeightedMedian.Of(turns.Select(number).ToArray(), weights);
        return new(Middle(t => t.X), Middle(t => t.Y), Middle(t => t.Across), Middle(t => t.Down), Middle(t => t.Angle));
    }

    private static Polyline Line(Polyline[] lines, double[] weights)
    {
        var heaviest = lines[Array.IndexOf(weights, weights.Max())].Points;
        var sampled = lines.Select(line =>
        {
            var points = Sampled(line);
            var (along, against) = (points[0].DistanceTo(heaviest[0]) + points[^1].DistanceTo(heaviest[^1]), points[0].DistanceTo(heaviest[^1]) + points[^1].DistanceTo(heaviest[0]));
            if (against < along) Array.Reverse(points);
            return points;
        }).ToArray();
        return new Polyline([.. Enumerable.Range(0, LinePoints).Select(i => MiddlePoint(sampled.Select(points => points[i]), weights))]).Simplify(.25);
    }

    private static Point2[] Sampled(Polyline line)
    {
        var result = new Point2[LinePoints];
        var (step, edge, passed) = (line.Length() / (LinePoints - 1), 1, 0.0);
        for (var i = 0; i < LinePoints; i++)
        {
            while (edge < line.Points.Length - 1 && passed + line.Points[edge - 1].DistanceTo(line.Points[edge]) < i * step) passed += line.Points[edge - 1].DistanceTo(line.Points[edge++]);
            var (from, to) = (line.Points[edge - 1], line.Points[edge]);
            var t = from == to ? 0 : Math.Clamp(((i * step) - passed) / from.DistanceTo(to), 0, 1);
            result[i] = new(from.X + (t * (to.X - from.X)), from.Y + (t * (to.Y - from.Y)));
        }

        return result;
    }

    private static KeypointSet? Points(KeypointSet[] sets, double[] weights)
    {
        if (sets.Any(set => set.Points.Length != sets[0].Points.Length)) return null;
        var fused = ImmutableArray.CreateBuilder<Keypoint>();
        for (var i = 0; i < sets[0].Points.Length; i++)
        {
            var labelled = Enumerable.Range(0, sets.Length).Where(s => sets[s].Points[i].Visibility != Visibility.Absent).ToArray();
            var (own, all) = (labelled.Select(s => weights[s]).ToArray(), weights.Sum());
            if (2 * own.Sum() <= all)
            {
                fused.Add(default);
                continue;
            }

            var visible = labelled.Where(s => sets[s].Points[i].Visibility == Visibility.Visible).Sum(s => weights[s]);
            fused.Add(new(MiddlePoint(labelled.Select(s => sets[s].Points[i].Position), own), 2 * visible > own.Sum() ? Visibility.Visible : Visibility.Occluded));
        }

        return new(fused.ToImmutable());
    }

    private static Point2 MiddlePoint(IEnumerable<Point2> points, double[] weights)
    {
        var all = points.ToArray();
        return new(WeightedMedian.Of(all.Select(p => p.X).ToArray(), weights), WeightedMedian.Of(all.Select(p => p.Y).ToArray(), weights));
    }

    private readonly record struct Turn(double X, double Y, double Across, double Down, double Angle);
}
