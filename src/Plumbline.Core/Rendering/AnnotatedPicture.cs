using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Rendering;

/// <summary>One annotation to be drawn.</summary>
/// <param name="Class">Name of its class.</param>
/// <param name="Colour">Its class's colour.</param>
/// <param name="Shape">What it covers, in pixels of the picture at full size.</param>
/// <param name="Ignore">Left out of measures: drawn faintly.</param>
/// <param name="Edges">Which keypoints are joined; empty for none.</param>
public sealed record DrawnAnnotation(string Class, Rgb Colour, Shape Shape, bool Ignore = false, ImmutableArray<SkeletonEdge> Edges = default);

/// <summary>A picture with its annotations drawn on it and a legend below: outlines, faint fills, class names where they fit.</summary>
public static class AnnotatedPicture
{
    private const double FillOpacity = .28;
    private const double EllipseTolerance = .25;
    private static readonly Rgb Paper = new(24, 24, 27);
    private static readonly Rgb Ink = new(235, 235, 235);

    /// <summary>Draws.</summary>
    /// <param name="picture">The picture, perhaps reduced.</param>
    /// <param name="scale">Its pixels for each pixel at full size.</param>
    /// <param name="annotations">What is on it, in drawing order.</param>
    /// <param name="title">Stands above the legend; the file's name, say.</param>
    public static Raster Draw(Raster picture, double scale, IReadOnlyList<DrawnAnnotation> annotations, string title)
    {
        var square = Math.Max(1, (int)Math.Round(Math.Min(picture.Width, picture.Height) / 320.0));
        var legend = Legend(annotations, picture.Width, square, title);
        var canvas = new PictureCanvas(picture.Width, picture.Height + legend.Height, Paper);
        var drawing = new PictureCanvas(picture.Width, picture.Height, Paper);
        drawing.Place(picture, 0, 0);
        var line = Math.Max(1.5, square * 1.5);
        foreach (var annotation in annotations) FillShape(drawing, annotation, scale);
        foreach (var annotation in annotations) StrokeShape(drawing, annotation, scale, line);
        foreach (var annotation in annotations) Name(drawing, annotation, scale, square);
        canvas.Place(drawing.ToRaster(), 0, 0);
        canvas.Place(legend.ToRaster(), 0, picture.Height);
        return canvas.ToRaster();
    }

    private static void FillShape(PictureCanvas canvas, DrawnAnnotation annotation, double scale)
    {
        if (Area(annotation.Shape, scale) is { } area) canvas.Fill(area, annotation.Colour, annotation.Ignore ? FillOpacity / 2 : FillOpacity);
    }

    private static void StrokeShape(PictureCanvas canvas, DrawnAnnotation annotation, double scale, double width)
    {
        var colour = annotation.Colour;
        if (annotation.Ignore) width /= 2;
        switch (annotation.Shape)
        {
            case PointShape point:
                Dot(canvas, Scaled(point.Position, scale), width * 2, colour);
                break;
            case PolylineShape line:
                canvas.Stroke(Scaled(line.Polyline.Points, scale), closed: false, width, colour);
                break;
            case KeypointsShape keypoints:
                Skeleton(canvas, annotation, keypoints.Keypoints.Points, scale, width);
                break;
            case CuboidShape cuboid:
                var corners = Scaled(cuboid.Corners, scale);
                canvas.Stroke(corners.AsSpan(0, 4), closed: true, width, colour);
                canvas.Stroke(corners.AsSpan(4, 4), closed: true, width, colour);
                for (var i = 0; i < 4; i++) canvas.Stroke([corners[i], corners[i + 4]], closed: false, width, colour);
                break;
            default:
                if (Area(annotation.Shape, scale) is not { } area) break;
                foreach (var ring in area.Rings()) canvas.Stroke(ring.Points.AsSpan(), closed: true, width, colour);
                break;
        }
    }

    private static void Skeleton(PictureCanvas canvas, DrawnAnnotation annotation, ImmutableArray<Keypoint> points, double scale, double width)
    {
        bool Shown(int i) => i >= 0 && i < points.Length && points[i].Visibility != Visibility.Absent;
        foreach (var edge in annotation.Edges.IsDefault ? [] : annotation.Edges)
        {
            if (Shown(edge.From) && Shown(edge.To)) canvas.Stroke([Scaled(points[edge.From].Position, scale), Scaled(points[edge.To].Position, scale)], closed: false, width, annotation.Colour);
        }

        for (var i = 0; i < points.Length; i++)
        {
            if (!Shown(i)) continue;
            var at = Scaled(points[i].Position, scale);
            Dot(canvas, at, width * 2, annotation.Colour);
            if (points[i].Visibility == Visibility.Occluded) Dot(canvas, at, width, Paper); // a ring: there, but hidden
        }
    }

    private static void Dot(PictureCanvas canvas, Point2 at, double diameter, Rgb colour) => canvas.Stroke([at], closed: false, diameter * 1.5, colour);

    // The name stands on a plate above the shape, inside it at the top edge; shapes too small for it do without: the legend tells.
    private static void Name(PictureCanvas canvas, DrawnAnnotation annotation, double scale, int square)
    {
        if (ShapeGeometry.Bounds(annotation.Shape) is not { } box) return;
        var (width, height) = (PictureCanvas.WidthOf(annotation.Class, square) + square, PictureCanvas.HeightOf(square) + (2 * square));
        if (box.Width * scale < width * .6 || box.Height * scale < height) return;
        var x = (int)Math.Clamp(Math.Floor(box.X * scale), 0, Math.Max(0, canvas.Width - width));
        var top = (int)Math.Floor(box.Y * scale);
        var y = Math.Clamp(top - height >= 0 ? top - height : top, 0, Math.Max(0, canvas.Height - height));
        canvas.Fill(x, y, width, height, annotation.Colour, .85);
        canvas.Write(annotation.Class, x + square, y + square, square, annotation.Colour.Contrast);
    }

    private static PictureCanvas Legend(IReadOnlyList<DrawnAnnotation> annotations, int width, int square, string title)
    {
        var classes = annotations.GroupBy(a => (a.Class, a.Colour)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Class, StringComparer.Ordinal)
            .Select(g => (g.Key.Colour, Text: FormattableString.Invariant($"{g.Key.Class} {g.Count()}"))).ToList();
        var (line, gap) = (PictureCanvas.HeightOf(square) + (3 * square), 3 * square);
        var swatch = PictureCanvas.HeightOf(square);
        var places = new List<(int X, int Y)>();
        var (x, y) = (gap, gap + line);
        foreach (var (_, text) in classes)
        {
            var own = swatch + (2 * square) + PictureCanvas.WidthOf(text, square) + gap;
            if (x > gap && x + own > width) (x, y) = (gap, y + line);
            places.Add((x, y));
            x += own;
        }

        var canvas = new PictureCanvas(width, (classes.Count == 0 ? gap + line : y + line) + square, Paper);
        canvas.Write(Shortened(title, width - (2 * gap), square), gap, gap, square, Ink);
        for (var i = 0; i < classes.Count; i++)
        {
            canvas.Fill(places[i].X, places[i].Y, swatch, swatch, classes[i].Colour);
            canvas.Write(classes[i].Text, places[i].X + swatch + (2 * square), places[i].Y, square, Ink);
        }

        return canvas;
    }

    /// <summary>The end of a text that fits into so many pixels: of a path the end tells most.</summary>
    internal static string Shortened(string text, int width, int square)
    {
        var letters = Math.Max(1, width / PictureCanvas.WidthOf("x", square));
        return text.Length <= letters ? text : letters <= 3 ? text[^letters..] : $"...{text[^(letters - 3)..]}";
    }

    private static Polygon? Area(Shape shape, double scale) => shape switch
    {
        BoxShape { Box: var b } => b.Area > 0 ? Scaled(Polygon.FromRing([new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)]), scale) : null,
        RotatedBoxShape { Box: var b } => b.Area > 0 ? Scaled(Polygon.FromRing(b.Corners()), scale) : null,
        EllipseShape { Ellipse: var e } => e.Area > 0 ? Scaled(new Polygon([new PolygonPart(e.ToRing(EllipseTolerance), [])]), scale) : null,
        PolygonShape { Polygon: var p } => Scaled(p, scale),
        MaskShape { Mask: var m } => ContourTracer.Trace(m) is { } outline ? Scaled(outline, scale) : null,
        _ => null,
    };

    private static Polygon Scaled(Polygon polygon, double scale) => scale == 1
        ? polygon
        : new([.. polygon.Parts.Select(p => new PolygonPart(new Ring([.. Scaled(p.Outer.Points, scale)]), [.. p.Holes.Select(h => new Ring([.. Scaled(h.Points, scale)]))]))]);

    private static Point2[] Scaled(ImmutableArray<Point2> points, double scale) => [.. points.Select(p => Scaled(p, scale))];

    private static Point2 Scaled(Point2 point, double scale) => new(point.X * scale, point.Y * scale);
}
