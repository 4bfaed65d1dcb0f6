using System.Collections.Immutable;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Annotations;

/// <summary>The kinds of <see cref="Shape"/>; the wire name is the camelCase member name.</summary>
public enum ShapeKind
{
    Tag,
    Point,
    Box,
    RotatedBox,
    Ellipse,
    Polygon,
    Polyline,
    Keypoints,
    Mask,
    Cuboid,
}

/// <summary>What an annotation covers. A closed hierarchy: every <c>switch</c> over it is exhaustive.</summary>
public abstract record Shape
{
    private protected Shape()
    {
    }

    /// <summary>Which case this is.</summary>
    public abstract ShapeKind Kind { get; }
}

/// <summary>The whole image; carries a class and attributes only.</summary>
public sealed record TagShape : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Tag;
}

/// <summary>One position.</summary>
public sealed record PointShape(Point2 Position) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Point;
}

/// <summary>An axis-aligned box.</summary>
public sealed record BoxShape(Box Box) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Box;
}

/// <summary>A box turned about its centre.</summary>
public sealed record RotatedBoxShape(RotatedBox Box) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.RotatedBox;
}

/// <summary>An ellipse or circle.</summary>
public sealed record EllipseShape(Ellipse Ellipse) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Ellipse;
}

/// <summary>An area with straight edges.</summary>
public sealed record PolygonShape(Polygon Polygon) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Polygon;
}

/// <summary>An open line.</summary>
public sealed record PolylineShape(Polyline Polyline) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Polyline;
}

/// <summary>The points of one skeleton.</summary>
public sealed record KeypointsShape(Keypoints Keypoints) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Keypoints;
}

/// <summary>A set of pixels.</summary>
public sealed record MaskShape(Mask Mask) : Shape
{
    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Mask;
}

/// <summary>A cuboid as it appears in the image: front face then back face, each clockwise from its top-left corner.</summary>
public sealed record CuboidShape : Shape
{
    /// <exception cref="ArgumentException">Not eight corners, or one is not finite.</exception>
    public CuboidShape(ImmutableArray<Point2> corners)
    {
        if (corners.IsDefault || corners.Length != 8) throw new ArgumentException("A cuboid has eight corners.", nameof(corners));
        foreach (var p in corners)
        {
            if (!p.IsFinite) throw new ArgumentException("A cuboid's corners must be finite.", nameof(corners));
        }

        Corners = corners;
    }

    /// <summary>Eight corners, image pixels.</summary>
    public ImmutableArray<Point2> Corners { get; }

    /// <inheritdoc />
    public override ShapeKind Kind => ShapeKind.Cuboid;

    /// <inheritdoc />
    public bool Equals(CuboidShape? other) => other is not null && Corners.AsSpan().SequenceEqual(other.Corners.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Corners[0], Corners[7]);
}
