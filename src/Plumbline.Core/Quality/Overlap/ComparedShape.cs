using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Quality.Overlap;

/// <summary>A shape of one picture, prepared to be compared with many others: its pixels and its outline are made once, when first asked for. Not safe for several threads.</summary>
public sealed class ComparedShape
{
    private Mask? _pixels;
    private Polygon? _outline;

    /// <param name="shape">The shape, in pixels of the picture.</param>
    /// <param name="width">Columns of the picture; pixels outside of it do not exist.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="area">Of keypoints: the area of their object in square pixels; null for the area of the box around the labelled points.</param>
    /// <param name="sigmas">Of keypoints: one σ a point; default for COCO's where there are 17 points, else .05 each.</param>
    /// <exception cref="ArgumentException">The picture has no sides, the area is not positive, or the number of σ differs from that of points.</exception>
    public ComparedShape(Shape shape, int width, int height, double? area = null, ImmutableArray<double> sigmas = default)
    {
        if (width <= 0 || height <= 0) throw new ArgumentException($"A picture of {width} × {height} has no place for shapes.", nameof(width));
        if (area is { } given && !(given > 0 && double.IsFinite(given))) throw new ArgumentException($"An object's area of {given} is not above 0.", nameof(area));
        if (!sigmas.IsDefault && shape is KeypointsShape keypoints && keypoints.Keypoints.Points.Length != sigmas.Length)
        {
            throw new ArgumentException($"There are {keypoints.Keypoints.Points.Length} points and {sigmas.Length} sigmas.", nameof(sigmas));
        }

        (Shape, Width, Height, Sigmas) = (shape, width, height, sigmas);
        Bounds = ShapeGeometry.Bounds(shape);
        Area = area ?? (shape is KeypointsShape ? Bounds?.Area ?? 0 : ShapeGeometry.Area(shape));
    }

    /// <summary>What was given.</summary>
    public Shape Shape { get; }

    /// <summary>Columns of the picture.</summary>
    public int Width { get; }

    /// <summary>Rows of the picture.</summary>
    public int Height { get; }

    /// <summary>The smallest upright box around it; null where it has no place.</summary>
    public Box? Bounds { get; }

    /// <summary>Square pixels; of keypoints those of their object, 0 where that is unknown; 0 for lines, points and tags.</summary>
    public double Area { get; }

    /// <summary>One σ a keypoint; default for the usual ones.</summary>
    public ImmutableArray<double> Sigmas { get; }

    /// <summary>The pixels of the picture whose centres lie inside.</summary>
    /// <exception cref="InvalidOperationException">The shape covers no area: a tag, point, line or keypoints.</exception>
    public Mask Pixels => _pixels ??= Shape switch
    {
        MaskShape s when s.Mask.X >= 0 && s.Mask.Y >= 0 && s.Mask.X + s.Mask.Width <= Width && s.Mask.Y + s.Mask.Height <= Height => s.Mask,
        MaskShape s => s.Mask.Intersect(Mask.FromRectangle(0, 0, Width, Height)),
        PolygonShape s => CentreRasterizer.Rasterize(s.Polygon, Width, Height),
        EllipseShape s => CentreRasterizer.Rasterize(s.Ellipse.ToRing(.005).Points.AsSpan(), Width, Height),
        BoxShape or RotatedBoxShape => CentreRasterizer.Rasterize(Corners().AsSpan(), Width, Height),
        CuboidShape s => CentreRasterizer.Rasterize(ConvexHull.Of(s.Corners.AsSpan()).AsSpan(), Width, Height),
        _ => throw new InvalidOperationException($"A {Shape.Kind} has no pixels."),
    };

    /// <summary>The outline with straight edges of a box, rotated box or polygon.</summary>
    /// <exception cref="InvalidOperationException">The shape is of another kind.</exception>
    public Polygon Outline => _outline ??= Shape switch
    {
        PolygonShape s => s.Polygon,
        BoxShape or RotatedBoxShape => Polygon.FromRing(Corners()),
        _ => throw new InvalidOperationException($"A {Shape.Kind} has no straight edges."),
    };

    private ImmutableArray<Point2> Corners() => Shape switch
    {
        BoxShape { Box: var b } => [new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)],
        RotatedBoxShape s => s.Box.Corners(),
        _ => throw new InvalidOperationException($"A {Shape.Kind} has no four corners."),
    };
}
