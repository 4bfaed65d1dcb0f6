using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Support;

/// <summary>Arbitrary datasets from a seed: every kind of shape, holes and parts, odd names, sub-folders, colliding base names, empty images, splits, flags, attributes of every kind, ids, skeletons, relations.</summary>
internal static class RandomDataset
{
    private static readonly string[] Names = ["cat", "traffic light", "Ünïcode \"quoted\"", "a<b>&c", "0", "人", "semi;colon, comma", "it's #1"];
    private static readonly string[] Folders = ["", "", "a/", "deep/er/", "ä b/"];
    private static readonly string[] Files = ["img.png", "IMG.png", "img.jpg", "ünï 人.png", "x#1.png", "100%.png", "quote\"s', and; more.png", "-dash.png", "a.b.c.png", "7.png", "&lt;.png"];
    private static readonly string?[] SplitNames = [null, "train", "val", "test"];

    private static readonly SkeletonDefinition Skeleton = new()
    {
        Id = "person",
        Name = "person",
        Points = ["nose", "left_eye", "right_eye"],
        Edges = [new(0, 1), new(0, 2)],
        Mirrored = [new(1, 2)],
    };

    public static ListReader Make(int seed)
    {
        var random = new Random(seed);
        var withSkeleton = random.Next(2) == 0;
        var classes = Names.Take(random.Next(1, Names.Length + 1)).Select(n => Class(random, n, withSkeleton)).ToImmutableArray();
        var withSplits = random.Next(2) == 0;
        var withIds = random.Next(3) == 0;
        var items = Enumerable.Range(0, random.Next(1, 6)).Select(i => Item(random, classes.Length, withSplits, withIds ? i : null))
            .DistinctBy(i => (i.Split, i.Path)).OrderBy(i => i.Split, StringComparer.Ordinal).ThenBy(i => i.Path, StringComparer.Ordinal).ToList();
        return new(new DatasetHeader { Classes = classes, Splits = [.. items.Select(i => i.Split).Distinct()], HasUniqueIds = withIds, ImageAttributes = random.Next(3) == 0 ? [Definition("weather")] : [] }, items);
    }

    private static DatasetClass Class(Random random, string name, bool withSkeleton) => new()
    {
        Name = name,
        Parent = random.Next(4) == 0 ? "thing" : null,
        Color = random.Next(3) == 0 ? $"#{random.Next(1 << 24):x6}" : null,
        Description = random.Next(4) == 0 ? "What it \"means\"." : "",
        Shapes = random.Next(4) == 0 ? [ShapeKind.Box, ShapeKind.Mask] : [],
        Attributes = random.Next(4) == 0 ? [Definition("colour")] : [],
        Skeleton = withSkeleton ? Skeleton : null,
    };

    private static AttributeDefinition Definition(string name) => new()
    {
        Id = name + "-id",
        Name = name,
        Kind = AttributeKind.Select,
        Options = ["sun", "räin"],
        Required = true,
        Condition = new("other", "x"),
        Minimum = 1,
        Maximum = 2.5,
        Immutable = true,
    };

    private static DatasetItem Item(Random random, int classes, bool withSplits, int? id)
    {
        var size = new PictureSize(random.Next(20, 900), random.Next(20, 900));
        var annotations = Enumerable.Range(0, random.Next(0, 7)).Select(i => Annotation(random, size, classes, id is { } image ? IdOf(random, (image * 100) + i) : null)).ToList();
        return new DatasetItem
        {
            Path = Folders[random.Next(Folders.Length)] + Files[random.Next(Files.Length)],
            Split = withSplits ? SplitNames[random.Next(1, SplitNames.Length)] : null,
            Size = size,
            Picture = new HeaderPicture(size),
            SourceId = id is { } own ? IdOf(random, own) : null,
            Outcome = random.Next(5) == 0 ? Outcome.VerifiedEmpty : null,
            Frame = random.Next(6) == 0 ? random.Next(1000) : null,
            Attributes = random.Next(5) == 0 ? Attributes(random) : DatasetAnnotation.NoAttributes,
            Annotations = annotations,
            Relations = annotations.Count > 1 && random.Next(3) == 0 ? [new(0, 1, "on \"top\"", RelationDirection.Both), new(1, 0)] : [],
        };
    }

    // 0, sparse, large, text.
    private static string IdOf(Random random, int number) => random.Next(4) switch { 0 => $"\"id {number}\"", 1 => $"{number + 900_000_000_000L}", _ => $"{number}" };

    private static DatasetAnnotation Annotation(Random random, PictureSize size, int classes, string? id)
    {
        var shape = Shape(random, size);
        var hasOutline = shape is KeypointsShape && random.Next(2) == 0;
        return new()
        {
            ClassIndex = random.Next(classes),
            Shape = shape,
            Outline = hasOutline ? new PolygonShape(new Polygon([new PolygonPart(new Ring([.. Ring(random, size)]), [])])) : null,
            StatedBox = shape is KeypointsShape ? InnerBox(random, size) : null,
            StatedArea = shape is PolygonShape && random.Next(4) == 0 ? Math.Round(random.NextDouble() * 500, 3) : null,
            Ignore = random.Next(6) == 0,
            Score = random.Next(6) == 0 ? random.NextDouble() : null,
            Z = random.Next(6) == 0 ? random.Next(1, 9) : 0,
            GroupId = random.Next(6) == 0 ? "g1" : null,
            TrackId = random.Next(6) == 0 ? "track \"7\"" : null,
            Attributes = random.Next(3) > 0 ? DatasetAnnotation.NoAttributes : Attributes(random),
            Provenance = random.Next(6) == 0 ? new Provenance(Origin.Assisted, "ann@example.org", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)) : null,
            SourceId = id,
        };
    }

    private static ImmutableSortedDictionary<string, AttributeValue> Attributes(Random random) =>
        ImmutableSortedDictionary.CreateRange<string, AttributeValue>(StringComparer.Ordinal,
        [
            new("colour", new AttributeValue.Text(random.Next(2) == 0 ? "dark red" : "<&\"é, ;'")),
            new("occluded", new AttributeValue.Flag(random.Next(2) == 0)),
            new("speed", new AttributeValue.Number(Math.Round(random.NextDouble() * 100, 3))),
            new("seen by", new AttributeValue.Choices(random.Next(2) == 0 ? ["left", "rear \"cam\""] : ["front"])),
            new(DatasetAnnotation.Transcription, new AttributeValue.Text("STOP 人\n2")),
        ]);

    private static Point2 Point(Random random, PictureSize size)
    {
        // Hundredths mostly, as people's tools write them; now and then every digit that a double has.
        double x = random.NextDouble() * size.Width, y = random.NextDouble() * size.Height;
        return random.Next(3) == 0 ? new(x, y) : new(Math.Round(x, 2), Math.Round(y, 2));
    }

    private static Point2[] Ring(Random random, PictureSize size) => [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => Point(random, size))];

    private static Box InnerBox(Random random, PictureSize size) => Box.Around([Point(random, size), Point(random, size)]);

    private static Shape Shape(Random random, PictureSize size) => random.Next(14) switch
    {
        0 => new TagShape(),
        1 => new PointShape(Point(random, size)),
        2 => new RotatedBoxShape(new RotatedBox(size.Width / 2.0, size.Height / 2.0, size.Width / 8.0, size.Height / 8.0, (random.NextDouble() - 0.5) * 3)),
        3 => new EllipseShape(new Ellipse(size.Width / 2.0, size.Height / 2.0, size.Width / 8.0, size.Height / 9.0, random.NextDouble())),
        4 => new PolylineShape(new Polyline([.. Ring(random, size)])),
        5 => new MaskShape(RandomMask.Make(random, size)),
        6 => new KeypointsShape(new Keypoints([.. Enumerable.Range(0, 3).Select(_ => new Keypoint(Point(random, size), (Visibility)random.Next(3)))])),
        7 => new CuboidShape([.. Enumerable.Range(0, 8).Select(_ => Point(random, size))]),
        8 or 9 or 10 => new PolygonShape(new Polygon([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new PolygonPart(new Ring([.. Ring(random, size)]), random.Next(4) == 0 ? [new Ring([.. Ring(random, size)])] : []))])),
        _ => new BoxShape(InnerBox(random, size)),
    };
}
