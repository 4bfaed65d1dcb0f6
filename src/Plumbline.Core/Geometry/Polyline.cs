using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>An open line of at least two finite vertices, in image pixels.</summary>
public sealed class Polyline : IEquatable<Polyline>
{
    /// <exception cref="ArgumentException">Fewer than two vertices, or one is not finite.</exception>
    public Polyline(ImmutableArray<Point2> points)
    {
        if (points.IsDefault || points.Length < 2) throw new ArgumentException("A polyline needs at least two vertices.", nameof(points));
        foreach (var p in points)
        {
            if (!p.IsFinite) throw new ArgumentException("A polyline's vertices must be finite.", nameof(points));
        }

        Points = points;
    }

    /// <summary>Vertices in drawing order.</summary>
    public ImmutableArray<Point2> Points { get; }

    /// <inheritdoc />
    public bool Equals(Polyline? other) => other is not null && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Polyline);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Points.Length, Points[0], Points[^1]);
}
