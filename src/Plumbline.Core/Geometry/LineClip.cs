using System.Collections.Immutable;

namespace Plumbline.Core.Geometry;

/// <summary>Lines cut at the edges of a box.</summary>
/// <remarks>Source: Y.-D. Liang, B. Barsky, "A new concept and method for line clipping", ACM Transactions on Graphics 3(1), 1984.</remarks>
public static class LineClip
{
    /// <summary>The pieces of the line inside the box, its edges included, in drawing order; the line itself when nothing sticks out, none when nothing is inside or it only touches.</summary>
    public static ImmutableArray<Polyline> ClipTo(this Polyline line, Box box)
    {
        var bounds = line.Bounds();
        if (bounds.X >= box.X && bounds.Y >= box.Y && bounds.Right <= box.Right && bounds.Bottom <= box.Bottom) return [line];
        var pieces = ImmutableArray.CreateBuilder<Polyline>();
        var piece = ImmutableArray.CreateBuilder<Point2>();
        for (var i = 1; i < line.Points.Length; i++)
        {
            if (Inside(line.Points[i - 1], line.Points[i], box) is not var (start, end))
            {
                Finish(piece, pieces);
                continue;
            }

            if (piece.Count > 0 && piece[^1] != start) Finish(piece, pieces);
            if (piece.Count == 0) piece.Add(start);
            if (end != start) piece.Add(end);
        }

        Finish(piece, pieces);
        return pieces.ToImmutable();
    }

    /// <summary>The part of a segment inside the box; null when there is none.</summary>
    private static (Point2 Start, Point2 End)? Inside(Point2 a, Point2 b, Box box)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        double enter = 0, leave = 1;
        if (!Narrow(-dx, a.X - box.X, ref enter, ref leave) || !Narrow(dx, box.Right - a.X, ref enter, ref leave)) return null;
        if (!Narrow(-dy, a.Y - box.Y, ref enter, ref leave) || !Narrow(dy, box.Bottom - a.Y, ref enter, ref leave)) return null;
        return (enter == 0 ? a : At(a, dx, dy, enter, box), leave == 1 ? b : At(a, dx, dy, leave, box));
    }

    /// <summary>Keeps of [enter, leave] where t × speed ≤ room; false when nothing is left.</summary>
    private static bool Narrow(double speed, double room, ref double enter, ref double leave)
    {
        if (speed == 0) return room >= 0;
        var t = room / speed;
        if (speed < 0) enter = Math.Max(enter, t);
        else leave = Math.Min(leave, t);
        return enter <= leave;
    }

    private static Point2 At(Point2 a, double dx, double dy, double t, Box box) =>
        new(Math.Clamp(a.X + (t * dx), box.X, box.Right), Math.Clamp(a.Y + (t * dy), box.Y, box.Bottom));

    private static void Finish(ImmutableArray<Point2>.Builder piece, ImmutableArray<Polyline>.Builder pieces)
    {
        if (piece.Count >= 2) pieces.Add(new Polyline(piece.ToImmutable()));
        piece.Clear();
    }
}
