using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>What is wrong with a given object whose gold object is known.</summary>
internal sealed class PairJudge(TaxonomyOptions options, int width, int height)
{
    private readonly KeypointJudge _keypoints = new(options);

    public IEnumerable<Difference> Judge(JudgedObject gold, JudgedObject given, double overlap)
    {
        var found = new Difference { Kind = DifferenceKind.WrongClass, Gold = [gold.Annotation], Given = [given.Annotation], Overlap = overlap };
        var sameClass = gold.SameClass(given);
        if (!sameClass) yield return found;
        if (!gold.Annotation.Shape.Equals(given.Annotation.Shape))
        {
            if (Place(gold, given, found) is { } misplaced) yield return misplaced;
            if (gold.Annotation.Shape is KeypointsShape && given.Annotation.Shape is KeypointsShape)
            {
                foreach (var difference in _keypoints.Judge(gold, given, found)) yield return difference;
            }
        }

        if (sameClass && Attributes(gold.Annotation, given.Annotation) is { IsEmpty: false } attributes) yield return found with { Kind = DifferenceKind.WrongAttribute, Attributes = attributes };
    }

    private Difference? Place(JudgedObject gold, JudgedObject given, Difference found)
    {
        var badly = found.Overlap < options.Same;
        if (gold.BoxesWith(given)) return Sides(BoxTightness.Of(given.Shape.Bounds!.Value, gold.Shape.Bounds!.Value), gold.Shape.Bounds!.Value.Width, gold.Shape.Bounds.Value.Height, badly, found);
        switch (gold.Annotation.Shape, given.Annotation.Shape)
        {
            case (RotatedBoxShape right, RotatedBoxShape box):
                return Sides(BoxTightness.Of(box.Box, right.Box), right.Box.Width, right.Box.Height, badly, found);
            case (PolylineShape right, PolylineShape line):
                return badly || LineDistance.Mean(right.Polyline, line.Polyline) > options.LineShare * double.Hypot(width, height) ? found with { Kind = DifferenceKind.BadBoundary } : null;
        }

        if (!gold.AreasWith(given)) return null;
        var tolerance = Math.Max(options.BoundaryPixels, (int)Math.Ceiling(options.BoundaryShare * Math.Sqrt(gold.Shape.Area)));
        var boundary = BoundaryAccuracy.Of(gold.Shape.Pixels, given.Shape.Pixels, width, height, tolerance);
        return badly || boundary < options.BoundaryLeast ? found with { Kind = DifferenceKind.BadBoundary, BoundaryF = boundary } : null;
    }

    /// <summary>The worst side decides whether the box is loose or cuts off; the margins tell the rest.</summary>
    private Difference? Sides(BoxTightness tightness, double goldWidth, double goldHeight, bool badly, Difference found)
    {
        var (across, down) = (Math.Max(options.MarginPixels, options.MarginShare * goldWidth), Math.Max(options.MarginPixels, options.MarginShare * goldHeight));
        var m = tightness.Margins;
        ReadOnlySpan<double> sides = [m.Left / across, m.Right / across, m.Top / down, m.Bottom / down];
        double loose = 0, cut = 0;
        foreach (var side in sides) (loose, cut) = (Math.Max(loose, side), Math.Max(cut, -side));
        if (!badly && loose <= 1 && cut <= 1) return null;
        return found with { Kind = loose >= cut ? DifferenceKind.LooseBox : DifferenceKind.CutOffBox, Margins = m };
    }

    /// <summary>The attributes that gold states and the given object states otherwise or not at all.</summary>
    private static ImmutableArray<string> Attributes(Annotation gold, Annotation given) =>
        [.. gold.Attributes.Where(right => !given.Attributes.TryGetValue(right.Key, out var value) || !Same(right.Value, value)).Select(right => right.Key)];

    private static bool Same(AttributeValue right, AttributeValue value) => (right, value) switch
    {
        (AttributeValue.Number one, AttributeValue.Number other) => Math.Abs(one.Value - other.Value) <= 1e-9 * Math.Max(Math.Abs(one.Value), Math.Abs(other.Value)),
        (AttributeValue.Choices one, AttributeValue.Choices other) => one.Values.ToHashSet(StringComparer.Ordinal).SetEquals(other.Values),
        _ => right.Equals(value),
    };
}
