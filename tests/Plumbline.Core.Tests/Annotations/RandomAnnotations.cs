using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Tests.Annotations;

/// <summary>Annotations of every kind, by seed.</summary>
internal static class RandomAnnotations
{
    internal static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    internal static Annotation Annotation(Random random) => new()
    {
        Id = Id(random),
        ClassId = Text(random, 1),
        Shape = Shape(random),
        Attributes = Enumerable.Range(0, random.Next(4)).ToImmutableSortedDictionary(i => $"{i}{Text(random, 0)}", _ => Value(random), StringComparer.Ordinal),
        Z = random.Next(int.MinValue, int.MaxValue),
        GroupId = random.Next(2) == 0 ? null : Text(random, 0),
        Ignore = random.Next(2) == 0,
        Score = random.Next(2) == 0 ? null : random.NextDouble(),
        Provenance = new Provenance(
            Pick(random, Enum.GetValues<Origin>()), random.Next(2) == 0 ? null : Text(random, 0), random.Next(2) == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(1L << 60))),
        Revision = random.NextInt64(1L << 50),
        Relations = Relation.InOrder(Enumerable.Range(0, random.Next(3)).Select(_ => new Relation(Text(random, 1), Id(random)))),
        Verdict = random.Next(2) == 0 ? null : Pick(random, Enum.GetValues<Verdict>()),
    };

    internal static Shape Shape(Random random) => random.Next(10) switch
    {
        0 => new TagShape(),
        1 => new PointShape(Point(random)),
        2 => new BoxShape(new Box(Number(random), Number(random), Side(random), Side(random))),
        3 => new RotatedBoxShape(new RotatedBox(Number(random), Number(random), Side(random), Side(random), Number(random))),
        4 => new EllipseShape(new Ellipse(Number(random), Number(random), Side(random), Side(random), Number(random))),
        5 => new PolygonShape(new Polygon([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new PolygonPart(Ring(random), [.. Enumerable.Range(0, random.Next(3)).Select(_ => Ring(random))]))])),
        6 => new PolylineShape(new Polyline(Points(random, random.Next(2, 9)))),
        7 => new KeypointsShape(new Keypoints([.. Points(random, random.Next(1, 9)).Select(p => new Keypoint(p, Pick(random, Enum.GetValues<Visibility>())))])),
        8 => new MaskShape(Mask(random)),
        _ => new CuboidShape(Points(random, 8)),
    };

    internal static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static AttributeValue Value(Random random) => random.Next(4) switch
    {
        0 => new AttributeValue.Flag(random.Next(2) == 0),
        1 => new AttributeValue.Number(Number(random)),
        2 => new AttributeValue.Text(Text(random, 0)),
        _ => new AttributeValue.Choices([.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, 0))]),
    };

    private static Mask Mask(Random random)
    {
        var (width, height) = (random.Next(0, 9), random.Next(0, 9));
        var runs = ImmutableArray.CreateBuilder<int>();
        for (var left = width * height; left > 0; left -= runs[^1]) runs.Add(random.Next(0, left + 1));
        return new Mask(random.Next(-100, 100), random.Next(-100, 100), width, height, runs.ToImmutable());
    }

    private static Ring Ring(Random random) => new(Points(random, random.Next(3, 9)));

    private static ImmutableArray<Point2> Points(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Point(random))];

    private static Point2 Point(Random random) => new(Number(random), Number(random));

    private static double Side(Random random) => Math.Abs(Number(random));

    /// <summary>Whole numbers, halves, long fractions, tiny and far ones.</summary>
    private static double Number(Random random) => random.Next(5) switch
    {
        0 => random.Next(-5000, 5000),
        1 => random.Next(-5000, 5000) / 2.0,
        2 => (random.NextDouble() - 0.5) * 1e4,
        3 => random.NextDouble() * 1e-300,
        _ => (random.NextDouble() - 0.5) * 2e9,
    };

    private static string Text(Random random, int minimum) =>
        string.Concat(Enumerable.Range(0, random.Next(minimum, 12)).Select(_ => Pick(random, ["a", "Z", " ", "\"", "\\", "/", "~", "\n", "\u0001", "<", "é", "日", "🙂", "\u2028"])));
}
