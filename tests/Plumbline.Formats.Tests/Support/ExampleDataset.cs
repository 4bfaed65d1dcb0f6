using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Support;

/// <summary>One small dataset with everything that the model can say once; the corpus in <c>testdata/datasets/*/example</c> is what each format makes of it.</summary>
internal static class ExampleDataset
{
    private static readonly PictureSize Size = new(64, 48);

    public static ListReader Make() => new(
        new DatasetHeader
        {
            Classes =
            [
                new() { Name = "person", Parent = "being", Color = "#dc143c", Skeleton = new() { Id = "person", Name = "person", Points = ["nose", "left_eye", "right_eye"], Edges = [new(0, 1), new(0, 2)], Mirrored = [new(1, 2)] } },
                new() { Name = "traffic light", Color = "#00ff00", Description = "Lit or not.", Shapes = [ShapeKind.Box], Attributes = [new() { Id = "state", Name = "state", Kind = AttributeKind.Select, Options = ["red", "green"] }] },
                new() { Name = "Straße" },
            ],
            ImageAttributes = [new() { Id = "weather", Name = "weather", Kind = AttributeKind.Text }],
            Splits = ["train", "val"],
        },
        [
            Item("street/a.png", "train",
                [
                    new() { ClassIndex = 0, Shape = new BoxShape(new Box(4.5, 6, 10.25, 20)), Z = 1, GroupId = "g", Provenance = new(Origin.Drawn, "ann", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) },
                    new() { ClassIndex = 1, Shape = new BoxShape(new Box(40, 2, 4, 8)), Attributes = Attributes(("state", new AttributeValue.Text("red")), ("occluded", new AttributeValue.Flag(true))) },
                    new() { ClassIndex = 2, Shape = new PolygonShape(new Polygon([new(Ring(0, 30, 63, 30, 63, 47, 0, 47), [Ring(10, 34, 20, 34, 20, 40)]), new(Ring(0, 20, 8, 20, 8, 26), [])])) },
                    new() { ClassIndex = 0, Shape = new KeypointsShape(new Keypoints([new(new(10, 8), Visibility.Visible), new(new(8, 7), Visibility.Occluded), new(new(0, 0), Visibility.Absent)])), StatedBox = new Box(4.5, 6, 10.25, 20), GroupId = "g" },
                ]) with { Relations = [new(0, 1, "looks at")], Attributes = Attributes(("weather", new AttributeValue.Text("rain"))) },
            Item("street/b.png", "train",
                [
                    new() { ClassIndex = 2, Shape = new MaskShape(Mask.FromBitmap([1, 1, 0, 1, 0, 1, 1, 1, 1], 3, 3, 20, 10)), Ignore = true },
                    new() { ClassIndex = 0, Shape = new RotatedBoxShape(new RotatedBox(32, 24, 20, 10, 0.5)), Score = 0.75, TrackId = "7" },
                    new() { ClassIndex = 0, Shape = new EllipseShape(new Ellipse(32, 24, 9, 5, 0)) },
                    new() { ClassIndex = 2, Shape = new PolylineShape(new Polyline([new(0, 0), new(30, 20.5), new(63, 10)])) },
                    new() { ClassIndex = 1, Shape = new PointShape(new(12.5, 3)) },
                    new() { ClassIndex = 1, Shape = new CuboidShape([new(1, 1), new(9, 1), new(9, 9), new(1, 9), new(3, 0), new(11, 0), new(11, 8), new(3, 8)]) },
                ]) with { Frame = 12 },
            Item("empty.png", "val", []) with { Outcome = Outcome.VerifiedEmpty },
            Item("tagged.png", "val", [new() { ClassIndex = 0, Shape = new TagShape() }]),
        ]);

    /// <summary>A real picture, so that tools can open the corpus.</summary>
    public static byte[] Picture()
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, new(Size.Width, Size.Height, PngColor.Grey, 8, [.. Enumerable.Range(0, Size.Width * Size.Height).Select(i => (byte)(i % 251))], []));
        return stream.ToArray();
    }

    private static DatasetItem Item(string path, string split, IReadOnlyList<DatasetAnnotation> annotations) => new() { Path = path, Split = split, Size = Size, Picture = new BytesPicture(Picture()), Annotations = annotations };

    private static ImmutableSortedDictionary<string, AttributeValue> Attributes(params (string Name, AttributeValue Value)[] values) => values.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    private static Ring Ring(params double[] numbers) => new([.. numbers.Chunk(2).Select(p => new Point2(p[0], p[1]))]);

    private sealed class BytesPicture(byte[] bytes) : DatasetPicture
    {
        public override Stream OpenRead() => new MemoryStream(bytes);
    }
}
