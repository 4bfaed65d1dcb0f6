using Plumbline.Core.Geometry;

namespace Plumbline.Server.Features.Annotations;

/// <summary>
/// A shape's size and place as one number, so that a plain index finds what a view meets. Its level is the power of two that its longer side fits in; each level has a grid of its own, and the
/// number is level, row and column of the cell with the shape's top-left corner. A quarter of all shapes, told by their ids, is one level higher than its size asks for, a quarter of these another
/// one, and so on: the levels from the top down to any are what is large and a fair sample of what is small, whatever the sizes are.
/// </summary>
internal static class PlaceCell
{
    /// <summary>The level of what has no place and belongs to every view: tags, for instance.</summary>
    internal const long Placeless = -1;

    /// <summary>The highest level; what is larger is there too.</summary>
    internal const int Top = 24;

    private const int Bits = 24;
    private const long Most = (1L << Bits) - 1;

    /// <summary>A cell is so many times as long as the longest shape of its level, as a power of two.</summary>
    private const int Shapes = 4;

    /// <summary>A view of more rows than this is one range, not one a row.</summary>
    private const int MostRows = 64;

    private const int SampleDigits = 6;

    /// <summary>The number of a shape with these bounds, null where it has no place.</summary>
    internal static long Of(Box? bounds, Guid id)
    {
        if (bounds is not { } box) return Placeless;
        var level = Math.Min(Top, LevelOf(Math.Max(box.Width, box.Height)) + Raise(id));
        return Cell(level, At(level, box.Y), At(level, box.X));
    }

    /// <summary>The ranges of numbers at a level where shapes that meet the view may be; not all of them do.</summary>
    internal static IEnumerable<(long Low, long High)> Ranges(int level, Box view)
    {
        if (level == Top) return [(Cell(Top, 0, 0), Cell(Top, Most, Most))];
        var longest = Math.ScaleB(1, level);
        var (top, bottom) = (At(level, view.Y - longest), At(level, view.Y + view.Height));
        var (left, right) = (At(level, view.X - longest), At(level, view.X + view.Width));
        return bottom - top >= MostRows
            ? [(Cell(level, top, left), Cell(level, bottom, right))]
            : Enumerable.Range((int)top, (int)(bottom - top) + 1).Select(row => (Cell(level, row, left), Cell(level, row, right)));
    }

    private static int LevelOf(double longer)
    {
        if (longer <= 1) return 0;
        var power = Math.ILogB(longer);
        return Math.Min(Top, longer > Math.ScaleB(1, power) ? power + 1 : power);
    }

    private static int Raise(Guid id)
    {
        var digits = id.ToString();
        for (var zeros = 0; zeros < SampleDigits; zeros++)
        {
            var digit = digits[^(zeros + 1)];
            if (digit != '0') return (2 * zeros) + (digit is '1' or '2' or '3' ? 1 : 0);
        }

        return 2 * SampleDigits;
    }

    private static long At(int level, double coordinate) => (long)Math.Clamp(Math.Floor(Math.ScaleB(coordinate, -(level + Shapes))), 0, Most);

    private static long Cell(int level, long row, long column) => ((((long)level << Bits) | row) << Bits) | column;
}
