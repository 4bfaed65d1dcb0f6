using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>An ellipse turned about its centre; a circle when both radii are equal. Angle in radians, clockwise on the screen.</summary>
/// <remarks><c>default</c> is a point at the origin.</remarks>
public readonly record struct Ellipse
{
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a radius is negative.</exception>
    public Ellipse(double centerX, double centerY, double radiusX, double radiusY, double angleRadians)
    {
        if (!double.IsFinite(centerX) || !double.IsFinite(centerY)) throw new ArgumentOutOfRangeException(nameof(centerX), "An ellipse needs a finite centre.");
        if (!double.IsFinite(radiusX) || radiusX < 0) throw new ArgumentOutOfRangeException(nameof(radiusX), radiusX, "An ellipse needs a finite radius of at least 0.");
        if (!double.IsFinite(radiusY) || radiusY < 0) throw new ArgumentOutOfRangeException(nameof(radiusY), radiusY, "An ellipse needs a finite radius of at least 0.");
        if (!double.IsFinite(angleRadians)) throw new ArgumentOutOfRangeException(nameof(angleRadians), angleRadians, "An ellipse needs a finite angle.");
        (CenterX, CenterY, RadiusX, RadiusY, AngleRadians) = (centerX, centerY, radiusX, radiusY, angleRadians);
    }

    /// <summary>Centre, in image pixels.</summary>
    public double CenterX { get; }

    /// <summary>Centre, in image pixels.</summary>
    public double CenterY { get; }

    /// <summary>Half-axis along the ellipse's own x axis.</summary>
    public double RadiusX { get; }

    /// <summary>Half-axis along the ellipse's own y axis.</summary>
    public double RadiusY { get; }

    /// <summary>Turn of the ellipse's own x axis, clockwise on the screen.</summary>
    public double AngleRadians { get; }

    /// <summary>π · RadiusX · RadiusY, square pixels.</summary>
    public double Area => Math.PI * RadiusX * RadiusY;

    /// <summary>The smallest box around the ellipse.</summary>
    public Box Bounds
    {
        get
        {
            var (sin, cos) = Math.SinCos(AngleRadians);
            var halfWidth = double.Hypot(RadiusX * cos, RadiusY * sin);
            var halfHeight = double.Hypot(RadiusX * sin, RadiusY * cos);
            return new Box(CenterX - halfWidth, CenterY - halfHeight, 2 * halfWidth, 2 * halfHeight);
        }
    }

    /// <summary>
    /// A ring with its vertices on the ellipse that nowhere lies more than <paramref name="tolerance"/> pixels inside it; clockwise on the screen from the end of the ellipse's own x axis.
    /// The number of vertices is a multiple of 4, from 8 to 4,096.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not positive.</exception>
    public Ring ToRing(double tolerance)
    {
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance must be positive.");
        var cosine = Math.Max(-1, 1 - (tolerance / Math.Max(RadiusX, RadiusY))); // an arc of a circle stands r·(1 − cos(π/n)) off its chord
        var quarters = Math.Clamp(Math.Ceiling(Math.PI / Math.Acos(cosine) / 4), 2, 1024);
        var count = 4 * (int)quarters;
        var (sin, cos) = Math.SinCos(AngleRadians);
        var points = ImmutableArray.CreateBuilder<Point2>(count);
        for (var i = 0; i < count; i++)
        {
            var (v, u) = Math.SinCos(2 * Math.PI * i / count);
            points.Add(new Point2(CenterX + (RadiusX * u * cos) - (RadiusY * v * sin), CenterY + (RadiusX * u * sin) + (RadiusY * v * cos)));
        }

        return new Ring(points.MoveToImmutable());
    }
}
