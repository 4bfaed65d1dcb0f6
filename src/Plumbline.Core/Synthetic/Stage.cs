using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Synthetic;

/// <summary>What a scene is painted with, and the truth that it collects on the way.</summary>
internal sealed class Stage(Canvas canvas, Random random, Noise noise)
{
    private const int LeastPixels = 40;
    private const double LeastShare = .1;

    private readonly List<(Painted Painted, string ClassId, Dictionary<string, AttributeValue> Attributes, Point2[]? Skeleton, bool[]? Hidden, string? GroupId)> objects = [];

    public Canvas Canvas => canvas;

    public Random Random => random;

    public Noise Noise => noise;

    public double Width => canvas.Width;

    public double Height => canvas.Height;

    /// <summary>Announces an object before it is painted, farthest first.</summary>
    public Painted Add(string classId, Dictionary<string, AttributeValue>? attributes = null, bool inner = false, string? groupId = null)
    {
        var painted = canvas.NewObject(inner);
        objects.Add((painted, classId, attributes ?? [], null, null, groupId));
        return painted;
    }

    /// <summary>Gives the object announced last its skeleton; points marked hidden are behind the object itself.</summary>
    public void SetSkeleton(Point2[] points, bool[] hidden) => objects[^1] = objects[^1] with { Skeleton = points, Hidden = hidden };

    /// <summary>A number from the range, evenly.</summary>
    public double Between(double low, double high) => low + (random.NextDouble() * (high - low));

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    public bool Chance(double probability) => random.NextDouble() < probability;

    /// <summary>What is true once everything is painted.</summary>
    public ImmutableArray<SyntheticObject> Truth()
    {
        var masks = canvas.VisibleMasks();
        var truth = ImmutableArray.CreateBuilder<SyntheticObject>();
        foreach (var (painted, classId, attributes, skeleton, hidden, groupId) in objects)
        {
            if (!masks.TryGetValue(painted.Id, out var mask)) continue;
            var share = Math.Min(1, mask.Area / (double)painted.Pixels);
            if (mask.Area < LeastPixels || share < LeastShare || Outline(mask) is not { } outline) continue;
            attributes["occluded"] = new AttributeValue.Flag(share < .95);
            attributes["truncated"] = new AttributeValue.Flag(painted.Truncated);
            truth.Add(new SyntheticObject
            {
                ClassId = classId,
                Mask = mask,
                Outline = outline,
                VisibleShare = share,
                Keypoints = skeleton is null ? null : KeypointsOf(painted, skeleton, hidden!), // set together
                Attributes = attributes.ToImmutableSortedDictionary(attribute => SyntheticScene.AttributeIdOf(classId, attribute.Key), attribute => attribute.Value, StringComparer.Ordinal),
                Z = truth.Count,
                GroupId = groupId,
            });
        }

        return truth.ToImmutable();
    }

    private Keypoints KeypointsOf(Painted painted, Point2[] points, bool[] hidden) => new([.. points.Select((p, i) => new Keypoint(p,
        p.X < 0 || p.Y < 0 || p.X >= Width || p.Y >= Height ? Visibility.Absent
        : !hidden[i] && canvas.OwnerAt(p) == painted.Id ? Visibility.Visible : Visibility.Occluded))]);

    private static Polygon? Outline(Mask mask)
    {
        const double Speck = 12;
        var exact = ContourTracer.Trace(mask, Connectivity.Four)!; // the mask has pixels
        var parts = exact.Parts.Where(part => part.Outer.Area() >= Speck).Select(part => new PolygonPart(part.Outer, [.. part.Holes.Where(hole => hole.Area() >= Speck)])).ToImmutableArray();
        if (parts.IsEmpty) return null;
        var outline = new Polygon(parts);
        foreach (var tolerance in (ReadOnlySpan<double>)[1.2, .75])
        {
            var simple = outline.Simplify(tolerance);
            if (simple.Rings().All(ring => ring.FindSelfIntersection() is null)) return simple;
        }

        return outline;
    }
}
