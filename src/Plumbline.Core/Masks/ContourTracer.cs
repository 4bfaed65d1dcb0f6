using System.Collections.Immutable;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Masks;

/// <summary>Which pixels that meet only at a corner belong to one part.</summary>
public enum Connectivity
{
    /// <summary>Sides only: pixels that touch at a corner are separate parts (and outside pixels that touch at a corner are joined).</summary>
    Four,

    /// <summary>Sides and corners: pixels that touch at a corner are one part (and outside pixels that touch at a corner are separate).</summary>
    Eight,
}

/// <summary>
/// Masks to polygons along the pixels' edges: every vertex has whole coordinates, outer rings run clockwise on the screen, holes the other way, and rasterising the answer with
/// <see cref="CentreRasterizer"/> or <see cref="Rasterizer"/> gives the same mask back.
/// </summary>
/// <remarks>
/// Works on runs. A corner of the outline lies where exactly one of the rows above and below changes at that column; along a grid line corners pair up into horizontal edges (corner i with
/// corner i ^ 1), and down a column they are joined by the vertical edge between them. Where two pixels meet only at a corner, two corners lie at one place, and connectivity says how they
/// are joined; there a ring may touch itself or another.
/// </remarks>
public static class ContourTracer
{
    /// <summary>The outlines of a mask; null when it has no pixel. Parts are in the order of their topmost, then leftmost corner.</summary>
    public static Polygon? Trace(Mask mask, Connectivity connectivity = Connectivity.Eight)
    {
        var corners = new CornerGraph(connectivity);
        var row = new List<int>();
        var line = 0;
        foreach (var span in RunLengths.Spans(mask.Runs.AsSpan(), mask.Width))
        {
            if (line < span.Line) FinishRow(corners, row, line++);
            if (line < span.Line) FinishRow(corners, row, line); // an empty row ends what is open, so that the rest of a gap can be skipped
            line = span.Line;
            if (row.Count > 0 && row[^1] == span.Start) row.RemoveAt(row.Count - 1);
            else row.Add(span.Start);
            row.Add(span.End);
        }

        FinishRow(corners, row, line);
        FinishRow(corners, row, line + 1);
        return corners.ToPolygon(mask.X, mask.Y);
    }

    private static void FinishRow(CornerGraph corners, List<int> row, int line)
    {
        corners.AddRow(row, line);
        row.Clear();
    }

    private sealed class CornerGraph(Connectivity connectivity)
    {
        private readonly List<Corner> corners = [];
        private List<OpenEdge> open = [];
        private List<OpenEdge> next = [];

        /// <summary>Takes in one row: columns at which it changes, from outside to inside first.</summary>
        public void AddRow(List<int> columns, int line)
        {
            next.Clear();
            int above = 0, below = 0;
            while (above < open.Count || below < columns.Count)
            {
                var atAbove = above < open.Count ? open[above].Column : int.MaxValue;
                var atBelow = below < columns.Count ? columns[below] : int.MaxValue;
                var entersAbove = (above & 1) == 0;
                var entersBelow = (below & 1) == 0;
                if (atAbove == atBelow && entersAbove == entersBelow)
                {
                    next.Add(open[above]);
                }
                else if (atAbove == atBelow)
                {
                    // Four pixels meet, two of them inside and across from each other. The first of the two corners ends the horizontal edge on the left.
                    // Inside above left means entersBelow: under Four, that pixel's corner joins its right side (up) with its bottom (left).
                    var leftJoinsUp = entersBelow == (connectivity == Connectivity.Four);
                    if (leftJoinsUp)
                    {
                        Close(open[above], atBelow, line);
                        Open(atBelow, line, entersBelow);
                    }
                    else
                    {
                        Open(atBelow, line, entersBelow);
                        Close(open[above], atBelow, line);
                    }
                }
                else if (atAbove < atBelow)
                {
                    Close(open[above], atAbove, line);
                }
                else
                {
                    Open(atBelow, line, entersBelow);
                }

                if (atAbove <= atBelow) above++;
                if (atBelow <= atAbove) below++;
            }

            (open, next) = (next, open);
        }

        public Polygon? ToPolygon(int x, int y)
        {
            var loopOf = new int[corners.Count];
            Array.Fill(loopOf, -1);
            var loops = new List<(ImmutableArray<Point2> Points, int Owner)>();
            for (var first = 0; first < corners.Count; first++)
            {
                if (loopOf[first] >= 0) continue;
                var start = corners[first];
                var owner = loops.Count;
                if (!start.EntersBelow)
                {
                    var neighbour = loopOf[start.LeftNeighbour];
                    owner = loops[neighbour].Owner;
                }

                loops.Add((Follow(first, loops.Count, loopOf, x, y), owner));
            }

            if (loops.Count == 0) return null;
            var parts = ImmutableArray.CreateBuilder<PolygonPart>();
            var holes = loops.Index().Where(loop => loop.Item.Owner != loop.Index).ToLookup(loop => loop.Item.Owner, loop => new Ring([loop.Item.Points[0], .. loop.Item.Points[1..].Reverse()]));
            for (var i = 0; i < loops.Count; i++)
            {
                if (loops[i].Owner == i) parts.Add(new PolygonPart(new Ring(loops[i].Points), [.. holes[i]]));
            }

            return new Polygon(parts.ToImmutable());
        }

        /// <summary>Collects one loop, clockwise on the screen: from its topmost leftmost corner to the right, down, and so on by turns.</summary>
        private ImmutableArray<Point2> Follow(int first, int loop, int[] loopOf, int x, int y)
        {
            var points = ImmutableArray.CreateBuilder<Point2>();
            var at = first;
            var horizontal = true;
            do
            {
                loopOf[at] = loop;
                points.Add(new Point2(x + corners[at].Column, y + corners[at].Line));
                at = horizontal ? at ^ 1 : corners[at].Vertical;
                horizontal = !horizontal;
            }
            while (at != first);
            return points.DrainToImmutable();
        }

        private void Open(int column, int line, bool enters)
        {
            next.Add(new OpenEdge(column, corners.Count));
            corners.Add(new Corner(column, line, enters, enters ? -1 : next[^2].Corner));
        }

        private void Close(OpenEdge edge, int column, int line)
        {
            corners[edge.Corner].Vertical = corners.Count;
            corners.Add(new Corner(column, line, false, -1) { Vertical = edge.Corner });
        }
    }

    /// <summary>A vertical edge whose lower end has not come yet.</summary>
    private readonly record struct OpenEdge(int Column, int Corner);

    /// <summary>One corner of the outline.</summary>
    /// <param name="column">Column of the grid.</param>
    /// <param name="line">Line of the grid.</param>
    /// <param name="entersBelow">A vertical edge goes down from here and has the inside on its right.</param>
    /// <param name="leftNeighbour">Where the vertical edge going down has the inside on its left: the upper corner of the next vertical edge to the left, else −1.</param>
    private sealed class Corner(int column, int line, bool entersBelow, int leftNeighbour)
    {
        public int Column => column;

        public int Line => line;

        public bool EntersBelow => entersBelow;

        public int LeftNeighbour => leftNeighbour;

        /// <summary>The corner at the other end of the vertical edge.</summary>
        public int Vertical { get; set; }
    }
}
