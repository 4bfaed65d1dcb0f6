using Plumbline.Core;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Rendering;
using Plumbline.Imaging;

namespace Plumbline.Cli.Tests;

/// <summary>Pictures that people look at, pixel by pixel: the rasteriser and the letters are ours, so there is nothing to tolerate.</summary>
public sealed class RenderingTests
{
    [Fact]
    public void Every_kind_of_shape_with_names_and_legend() => Matches("shapes.png", AnnotatedPicture.Draw(Plain(320, 240), 1, Shapes(), "folder/every kind of shape.jpg"));

    [Fact]
    public void A_reduced_picture_has_its_annotations_reduced_too() => Matches("reduced.png", AnnotatedPicture.Draw(Plain(160, 120), .5, Shapes(), "folder/every kind of shape.jpg"));

    [Fact]
    public void Letters_of_a_legend_can_be_read() => Matches("letters.png", Letters());

    [Fact]
    public void A_sheet_of_pictures()
    {
        var sheet = new ContactSheet(3, 2, 80);
        for (var i = 0; i < 4; i++) sheet.Add(Plain(80 - (10 * i), 60), $"some/folder/with a long name/{i}.jpg");
        Matches("sheet.png", sheet.Take());
        Assert.True(sheet.IsEmpty);
    }

    private static List<DrawnAnnotation> Shapes() =>
    [
        new("box", Rgb.ForPlace(0), new BoxShape(new Box(10, 30, 90, 60))),
        new("rotated", Rgb.ForPlace(1), new RotatedBoxShape(new RotatedBox(170, 60, 80, 40, .5))),
        new("ellipse", Rgb.ForPlace(2), new EllipseShape(new Ellipse(265, 60, 45, 30, -.3))),
        new("polygon", Rgb.ForPlace(3), new PolygonShape(new Polygon([new PolygonPart(new Ring([new(10, 110), new(100, 120), new(90, 190), new(20, 200)]), [new Ring([new(40, 140), new(70, 140), new(70, 170), new(40, 170)])])]))),
        new("mask", Rgb.ForPlace(4), new MaskShape(Mask.FromRectangle(120, 120, 50, 40).Subtract(Mask.FromRectangle(130, 130, 10, 10)))),
        new("crowd", Rgb.ForPlace(5), new BoxShape(new Box(180, 110, 60, 50)), Ignore: true),
        new("line", Rgb.ForPlace(6), new PolylineShape(new Polyline([new(120, 180), new(160, 220), new(200, 180)]))),
        new("person", Rgb.ForPlace(7), new KeypointsShape(new Keypoints([new(new(260, 120), Visibility.Visible), new(new(280, 160), Visibility.Occluded), new(new(250, 200), Visibility.Visible), new(new(0, 0), Visibility.Absent)])), Edges: [new SkeletonEdge(0, 1), new SkeletonEdge(1, 2), new SkeletonEdge(2, 3)]),
        new("tip", Rgb.ForPlace(8), new PointShape(new Point2(220, 210))),
        new("Crème brûlée", Rgb.ForPlace(9), new BoxShape(new Box(300, 220, 40, 40))),
    ];

    private static Raster Letters()
    {
        var canvas = new PictureCanvas(200, 60, Rgb.White);
        for (var row = 0; row < 4; row++) canvas.Write(string.Concat(Enumerable.Range(32 + (row * 24), 24).Where(c => c <= '~').Select(c => (char)c)), 4, 4 + (row * 14), 1, Rgb.Black);
        return canvas.ToRaster();
    }

    private static Raster Plain(int width, int height)
    {
        var rgb = new byte[3 * width * height];
        for (var i = 0; i < rgb.Length; i++) rgb[i] = (byte)(90 + (i / 3 % width * 60 / width) + (i / 3 / width * 60 / height));
        return new Raster(width, height, rgb);
    }

    private static void Matches(string name, Raster actual)
    {
        var path = Path.Combine(Golden.Root, "testdata/golden/render", name);
        if (Golden.Renews)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the repository
            File.WriteAllBytes(path, actual.ToPng());
        }

        var expected = RasterCodec.Decode(ImageSource.FromFile(path), ImageLimits.Default);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.True(expected.Rgb.Span.SequenceEqual(actual.Rgb.Span), $"{name} looks different");
    }
}
