using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>How far a keypoint is known, with COCO's numbers.</summary>
public enum Visibility
{
    /// <summary>Not labelled; the position means nothing.</summary>
    Absent = 0,

    /// <summary>Labelled, hidden in the picture.</summary>
    Occluded = 1,

    /// <summary>Labelled and visible.</summary>
    Visible = 2,
}

/// <summary>One named point of a skeleton, in image pixels.</summary>
public readonly record struct Keypoint(Point2 Position, Visibility Visibility);

/// <summary>The points of one object in the order of its skeleton definition.</summary>
public sealed class Keypoints : IEquatable<Keypoints>
{
    /// <exception cref="ArgumentException">There is no point, or one is not finite.</exception>
    public Keypoints(ImmutableArray<Keypoint> points)
    {
        if (points.IsDefaultOrEmpty) throw new ArgumentException("Keypoints need at least one point.", nameof(points));
        foreach (var p in points)
        {
            if (!p.Position.IsFinite) throw new ArgumentException("A keypoint must be finite.", nameof(points));
        }

        Points = points;
    }

    /// <summary>One entry per point of the skeleton, absent ones included.</summary>
    public ImmutableArray<Keypoint> Points { get; }

    /// <inheritdoc />
    public bool Equals(Keypoints? other) => other is not null && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Keypoints);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Points.Length, Points[0]);
}
