using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>One ring of a polygon: at least three finite vertices, closed implicitly (the first vertex is not repeated), in either direction.</summary>
public sealed class Ring : IEquatable<Ring>
{
    /// <exception cref="ArgumentException">Fewer than three vertices, or one is not finite.</exception>
    public Ring(ImmutableArray<Point2> points)
    {
        if (points.IsDefault || points.Length < 3) throw new ArgumentException("A ring needs at least three vertices.", nameof(points));
        foreach (var p in points)
        {
            if (!p.IsFinite) throw new ArgumentException("A ring's vertices must be finite.", nameof(points));
        }

        Points = points;
    }

    /// <summary>Vertices in drawing order, image pixels.</summary>
    public ImmutableArray<Point2> Points { get; }

    /// <inheritdoc />
    public bool Equals(Ring? other) => other is not null && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Ring);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Points.Length, Points[0], Points[^1]);
}

/// <summary>One connected part of a polygon: an outer ring and the holes cut out of it.</summary>
public sealed record PolygonPart(Ring Outer, ImmutableArray<Ring> Holes)
{
    /// <inheritdoc />
    public bool Equals(PolygonPart? other) => other is not null && Outer.Equals(other.Outer) && Holes.AsSpan().SequenceEqual(other.Holes.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Outer, Holes.Length);
}

/// <summary>An area bounded by straight edges, in image pixels: one or more parts, each with holes.</summary>
public sealed class Polygon : IEquatable<Polygon>
{
    /// <exception cref="ArgumentException">There is no part.</exception>
    public Polygon(ImmutableArray<PolygonPart> parts)
    {
        if (parts.IsDefaultOrEmpty) throw new ArgumentException("A polygon needs at least one part.", nameof(parts));
        Parts = parts;
    }

    /// <summary>The parts, in drawing order.</summary>
    public ImmutableArray<PolygonPart> Parts { get; }

    /// <summary>A polygon of one ring without holes.</summary>
    public static Polygon FromRing(ImmutableArray<Point2> points) => new([new PolygonPart(new Ring(points), [])]);

    /// <inheritdoc />
    public bool Equals(Polygon? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Polygon);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Parts.Length, Parts[0]);
}
