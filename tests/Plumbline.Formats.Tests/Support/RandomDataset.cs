using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Support;

/// <summary>Arbitrary datasets from a seed: every kind of shape, odd names, splits, flags, attributes.</summary>
internal static class RandomDataset
{
    private static readonly string[] Names = ["cat", "traffic light", "Ünïcode \"quoted\"", "a<b>&c", "0", "人"];
    private static readonly string[] Folders = ["", "a/", "deep/er/"];
    private static readonly string?[] SplitNames = [null, "train", "val"];

    public static ListReader Make(int seed)
    {
        var random = new Random(seed);
        var classes = Names.Take(random.Next(1, Names.Length + 1)).Select(n => new DatasetClass { Name = n, Parent = random.Next(4) == 0 ? "thing" : null }).ToImmutableArray();
        var withSplits = random.Next(2) == 0;
        var items = Enumerable.Range(0, random.Next(0, 6)).Select(i => Item(random, i, classes.Length, withSplits)).OrderBy(i => i.Split, StringComparer.Ordinal).ThenBy(i => i.Path, StringComparer.Ordinal).ToList();
        return new(new DatasetHeader { Classes = classes, Splits = [.. items.Select(i => i.Split).Distinct()] }, items);
    }

    private static DatasetItem Item(Random random, int index, int classes, bool withSplits)
    {
        var size = new PictureSize(random.Next(20, 900), random.Next(20, 900));
        return new DatasetItem
        {
            Path = $"{Folders[random.Next(Folders.Length)]}img {index}é.png",
            Split = withSplits ? SplitNames[random.Next(1, SplitNames.Length)] : null,
            Size = size,
            Picture = new HeaderPicture(size),
            Annotations = [.. Enumerable.Range(0, random.Next(0, 6)).Select(_ => Annotation(random, size, classes))],
        };
    }

    private static DatasetAnnotation Annotation(Random random, PictureSize size, int classes) => new()
    {
        ClassIndex = random.Next(classes),
        Shape = Shape(random, size),
        Ignore = random.Next(6) == 0,
        Score = random.Next(6) == 0 ? random.NextDouble() : null,
        Z = random.Next(6) == 0 ? random.Next(1, 9) : 0,
        GroupId = random.Next(6) == 0 ? "g1" : null,
        Attributes = random.Next(3) > 0 ? ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal) : Attributes(random),
    };

    private static ImmutableSortedDictionary<string, AttributeValue> Attributes(Random random) =>
        ImmutableSortedDictionary.CreateRange<string, AttributeValue>(StringComparer.Ordinal,
        [
            new("colour", new AttributeValue.Text(random.Next(2) == 0 ? "dark red" : "<&\"é")),
            new("occluded", new AttributeValue.Flag(random.Next(2) == 0)),
            new("speed", new AttributeValue.Number(Math.Round(random.NextDouble() * 100, 3))),
        ]);

    private static Shape Shape(Random random, PictureSize size)
    {
        double X() => Math.Round(random.NextDouble() * size.Width, 2);
        double Y() => Math.Round(random.NextDouble() * size.Height, 2);
        var box = Box.Around([new(X(), Y()), new(X(), Y())]);
        Point2[] Ring() => [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => new Point2(X(), Y()))];
        return random.Next(11) switch
        {
            0 => new TagShape(),
            1 => new PointShape(new(X(), Y())),
            2 => new RotatedBoxShape(new RotatedBox(size.Width / 2.0, size.Height / 2.0, size.Width / 8.0, size.Height / 8.0, random.NextDouble())),
            3 => new EllipseShape(new Ellipse(size.Width / 2.0, size.Height / 2.0, size.Width / 8.0, size.Height / 8.0, random.NextDouble())),
            4 => new PolylineShape(new Polyline([.. Ring()])),
            5 => new MaskShape(Mask(random, size)),
            6 or 7 => new PolygonShape(new Polygon([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new PolygonPart(new Ring([.. Ring()]), random.Next(4) == 0 ? [new Ring([.. Ring()])] : []))])),
            _ => new BoxShape(box),
        };
    }

    private static Mask Mask(Random random, PictureSize size)
    {
        int width = random.Next(1, Math.Min(20, size.Width)), height = random.Next(1, Math.Min(20, size.Height));
        var bits = Enumerable.Range(0, width * height).Select(_ => random.Next(2) == 1).ToArray();
        var runs = ImmutableArray.CreateBuilder<int>();
        var value = false;
        var run = 0;
        foreach (var bit in bits)
        {
            if (bit != value)
            {
                runs.Add(run);
                (run, value) = (0, bit);
            }

            run++;
        }

        runs.Add(run);
        return new Mask(random.Next(size.Width - width), random.Next(size.Height - height), width, height, runs.ToImmutable());
    }
}
