using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Quality.Keypoints;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Quality.Taxonomy;
using Plumbline.Core.Synthetic;

namespace Plumbline.Core.Tests.Quality.Taxonomy;

/// <summary>The truth of a synthetic scene with one known mistake in it.</summary>
internal sealed record PlantedError(DifferenceKind Kind, SyntheticScene Scene, ImmutableArray<Annotation> Gold, ImmutableArray<Annotation> Given, ImmutableArray<Guid> Touched)
{
    public const int Width = 480, Height = 360;

    private static readonly ConcurrentDictionary<(SceneKind Kind, int Seed), SyntheticScene> Scenes = new();

    /// <summary>Plants a mistake of this kind; null where the scene has no object that it fits.</summary>
    public static PlantedError? Plant(DifferenceKind kind, Random random)
    {
        var scenes = kind is DifferenceKind.WrongKeypoint or DifferenceKind.LeftRightSwapped ? [SceneKind.Street] : Enum.GetValues<SceneKind>();
        var scene = Scenes.GetOrAdd((scenes[random.Next(scenes.Length)], random.Next(10)), key => SyntheticScene.Create(key.Kind, key.Seed, Width, Height));
        var shape = kind switch
        {
            DifferenceKind.LooseBox or DifferenceKind.CutOffBox => TruthShape.Box,
            DifferenceKind.BadBoundary => random.Next(2) == 0 ? TruthShape.Polygon : TruthShape.Mask,
            _ => (TruthShape)random.Next(3),
        };
        var gold = scene.Annotations(shape);
        var order = Enumerable.Range(0, gold.Length).ToArray();
        random.Shuffle(order);
        foreach (var i in order)
        {
            if (WithError(kind, gold, i, scene.Ontology, random) is not var (given, touched)) continue;
            var shuffled = given.ToArray();
            random.Shuffle(shuffled);
            return new(kind, scene, gold, [.. shuffled], [.. touched]);
        }

        return null;
    }

    private static (ImmutableArray<Annotation> Given, Guid[] Touched)? WithError(DifferenceKind kind, ImmutableArray<Annotation> gold, int i, Ontology ontology, Random random)
    {
        var one = gold[i];
        var bounds = ShapeGeometry.Bounds(one.Shape)!.Value;
        var large = bounds is { Width: >= 16, Height: >= 16 };
        switch (kind)
        {
            case DifferenceKind.Missed:
                return (gold.RemoveAt(i), [one.Id]);
            case DifferenceKind.False:
                var place = new Box(random.Next(Width - 60), random.Next(Height - 60), 30 + random.Next(30), 30 + random.Next(30));
                if (one.Shape is KeypointsShape || gold.Any(g => ShapeGeometry.Bounds(g.Shape) is { } b && g.ClassId == one.ClassId && BoxOverlap.IntersectionOverUnion(b, place) > .3)) return null;
                var added = one with { Id = Guid.CreateVersion7(), Shape = Like(one.Shape, place) };
                return (gold.Add(added), [added.Id]);
            case DifferenceKind.WrongClass:
                var other = ontology.Classes.Select(c => c.Id).First(id => id != one.ClassId);
                return one.Shape is KeypointsShape ? null : (gold.SetItem(i, one with { ClassId = other }), [one.Id]);
            case DifferenceKind.LooseBox:
                var room = .1 + (.25 * random.NextDouble());
                var loose = new Box(bounds.X - (bounds.Width * room), bounds.Y, bounds.Width * (1 + room), bounds.Height * (1 + room));
                return one.Shape is BoxShape && large && bounds.Width * room > 3 ? (gold.SetItem(i, one with { Shape = new BoxShape(loose) }), [one.Id]) : null;
            case DifferenceKind.CutOffBox:
                var keep = .6 + (.25 * random.NextDouble());
                var cut = new Box(bounds.X, bounds.Y, bounds.Width * keep, bounds.Height);
                return one.Shape is BoxShape && large && bounds.Width * (1 - keep) > 3 ? (gold.SetItem(i, one with { Shape = new BoxShape(cut) }), [one.Id]) : null;
            case DifferenceKind.BadBoundary:
                return large && Grown(one) is { } grown ? (gold.SetItem(i, one with { Shape = grown }), [one.Id]) : null;
            case DifferenceKind.MergedInstances:
                return Merge(gold, i);
            case DifferenceKind.SplitInstance:
                return large ? Split(gold, i) : null;
            case DifferenceKind.Duplicate:
                var again = one with { Id = Guid.CreateVersion7() };
                return (gold.Insert(random.Next(gold.Length), again), [one.Id, again.Id]);
            case DifferenceKind.WrongAttribute:
                if (one.Attributes.FirstOrDefault(a => a.Value is AttributeValue.Flag) is not { Key: { } key, Value: AttributeValue.Flag flag }) return null;
                return (gold.SetItem(i, one with { Attributes = one.Attributes.SetItem(key, new AttributeValue.Flag(!flag.Value)) }), [one.Id]);
            case DifferenceKind.WrongKeypoint:
                return MovePoint(gold, i, random);
            case DifferenceKind.LeftRightSwapped:
                return SwapSides(gold, i, ontology);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private static Shape Like(Shape shape, Box place) => shape switch
    {
        MaskShape => new MaskShape(Mask.FromRectangle((int)place.X, (int)place.Y, (int)place.Width, (int)place.Height)),
        PolygonShape => new PolygonShape(Polygon.FromRing([new(place.X, place.Y), new(place.Right, place.Y), new(place.Right, place.Bottom), new(place.X, place.Bottom)])),
        _ => new BoxShape(place),
    };

    private static MaskShape? Grown(Annotation one)
    {
        var pixels = new ComparedShape(one.Shape, Width, Height);
        if (one.Shape is not (PolygonShape or MaskShape)) return null;
        var by = (int)Math.Ceiling(.05 * Math.Sqrt(pixels.Area)) + 4;
        var (bounds, grown) = (pixels.Bounds!.Value, pixels.Pixels.DilateByDisk(by).Intersect(Mask.FromRectangle(0, 0, Width, Height)));
        var inside = bounds.X > by && bounds.Y > by && bounds.Right < Width - by && bounds.Bottom < Height - by;
        return inside && pixels.Pixels.IntersectionOverUnion(grown) > .5 ? new MaskShape(grown) : null;
    }

    private static (ImmutableArray<Annotation>, Guid[])? Merge(ImmutableArray<Annotation> gold, int i)
    {
        var one = gold[i];
        for (var j = 0; j < gold.Length; j++)
        {
            var other = gold[j];
            if (j == i || other.ClassId != one.ClassId || one.Shape is KeypointsShape || other.Shape is KeypointsShape) continue;
            var (a, b) = (ShapeGeometry.Bounds(one.Shape)!.Value, ShapeGeometry.Bounds(other.Shape)!.Value);
            var hull = a.Hull(b);
            if (Math.Min(ShapeGeometry.Area(one.Shape), ShapeGeometry.Area(other.Shape)) < .2 * Math.Max(ShapeGeometry.Area(one.Shape), ShapeGeometry.Area(other.Shape))) continue;
            if (BoxOverlap.IntersectionArea(a, b) > .2 * Math.Min(a.Area, b.Area)) continue;
            if (gold.Any(g => g != one && g != other && g.ClassId == one.ClassId && ShapeGeometry.Bounds(g.Shape)!.Value.Intersect(hull) is { } inside && inside.Area > .3 * ShapeGeometry.Bounds(g.Shape)!.Value.Area)) continue;
            Shape joined = one.Shape switch
            {
                MaskShape m => new MaskShape(m.Mask.Union(((MaskShape)other.Shape).Mask)),
                PolygonShape p => new PolygonShape(p.Polygon.Union(((PolygonShape)other.Shape).Polygon)!),
                _ => new BoxShape(hull),
            };
            return (gold.SetItem(i, one with { Shape = joined }).RemoveAt(j), [one.Id, other.Id]);
        }

        return null;
    }

    private static (ImmutableArray<Annotation>, Guid[])? Split(ImmutableArray<Annotation> gold, int i)
    {
        var one = gold[i];
        var bounds = ShapeGeometry.Bounds(one.Shape)!.Value;
        if (one.Shape is KeypointsShape) return null;
        var middle = Math.Round(bounds.Center.X);
        var (left, right) = (new Box(0, 0, middle, Height), new Box(middle, 0, Width - middle, Height));
        Shape? Part(Box side) => one.Shape switch
        {
            MaskShape m => new MaskShape(m.Mask.Intersect(Mask.FromRectangle((int)side.X, (int)side.Y, (int)side.Width, (int)side.Height))),
            PolygonShape p => p.Polygon.ClipTo(side) is { } clipped ? new PolygonShape(clipped) : null,
            _ => bounds.Intersect(side) is { } box ? new BoxShape(box) : null,
        };
        if (Part(left) is not { } first || Part(right) is not { } second) return null;
        var smaller = Math.Min(ShapeGeometry.Area(first), ShapeGeometry.Area(second));
        if (smaller < .2 * ShapeGeometry.Area(one.Shape)) return null;
        var rest = one with { Id = Guid.CreateVersion7(), Shape = second };
        return (gold.SetItem(i, one with { Shape = first }).Add(rest), [one.Id, rest.Id]);
    }

    private static (ImmutableArray<Annotation>, Guid[])? MovePoint(ImmutableArray<Annotation> gold, int i, Random random)
    {
        if (gold[i].Shape is not KeypointsShape { Keypoints.Points: var points }) return null;
        var labelled = Enumerable.Range(0, points.Length).Where(p => points[p].Visibility != Visibility.Absent).ToArray();
        if (labelled.Length < 3) return null;
        var moved = labelled[random.Next(labelled.Length)];
        var size = Math.Sqrt(ShapeGeometry.Area(gold.First(g => g.GroupId == gold[i].GroupId).Shape));
        var place = new Point2(points[moved].Position.X + (.6 * size), points[moved].Position.Y + (.2 * size));
        return (gold.SetItem(i, gold[i] with { Shape = new KeypointsShape(new([.. points.SetItem(moved, points[moved] with { Position = place })])) }), [gold[i].Id]);
    }

    private static (ImmutableArray<Annotation>, Guid[])? SwapSides(ImmutableArray<Annotation> gold, int i, Ontology ontology)
    {
        if (gold[i].Shape is not KeypointsShape { Keypoints.Points: var points }) return null;
        var area = ShapeGeometry.Area(gold.First(g => g.GroupId == gold[i].GroupId).Shape);
        var swapped = points;
        var far = false;
        foreach (var (a, b) in ontology.Skeletons[0].Mirrored)
        {
            swapped = swapped.SetItem(a, points[b]).SetItem(b, points[a]);
            if (points[a].Visibility == Visibility.Absent || points[b].Visibility == Visibility.Absent) continue;
            far |= KeypointOverlap.OfPoint(points[a].Position, points[b].Position, area, ObjectKeypointSimilarity.CocoSigmas[a]) < .4;
        }

        return far ? (gold.SetItem(i, gold[i] with { Shape = new KeypointsShape(new(swapped)) }), [gold[i].Id]) : null;
    }
}
