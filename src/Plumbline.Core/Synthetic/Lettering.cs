using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>Block letters of 3 × 5 squares: enough for signs, labels and price tags.</summary>
internal static class Lettering
{
    /// <summary>Five rows of three bits per letter, the top row in the highest bits.</summary>
    private static readonly Dictionary<char, int> Letters = new()
    {
        ['0'] = 0b111_101_101_101_111,
        ['1'] = 0b010_110_010_010_111,
        ['2'] = 0b111_001_111_100_111,
        ['3'] = 0b111_001_111_001_111,
        ['4'] = 0b101_101_111_001_001,
        ['5'] = 0b111_100_111_001_111,
        ['6'] = 0b111_100_111_101_111,
        ['7'] = 0b111_001_010_010_010,
        ['8'] = 0b111_101_111_101_111,
        ['9'] = 0b111_101_111_001_111,
        ['A'] = 0b010_101_111_101_101,
        ['B'] = 0b110_101_110_101_110,
        ['C'] = 0b111_100_100_100_111,
        ['D'] = 0b110_101_101_101_110,
        ['E'] = 0b111_100_110_100_111,
        ['I'] = 0b111_010_010_010_111,
        ['K'] = 0b101_101_110_101_101,
        ['L'] = 0b100_100_100_100_111,
        ['M'] = 0b101_111_111_101_101,
        ['N'] = 0b101_111_111_111_101,
        ['O'] = 0b111_101_101_101_111,
        ['P'] = 0b111_101_111_100_100,
        ['R'] = 0b110_101_110_101_101,
        ['S'] = 0b111_100_111_001_111,
        ['T'] = 0b111_010_010_010_010,
        ['U'] = 0b101_101_101_101_111,
        ['V'] = 0b101_101_101_010_010,
        ['X'] = 0b101_101_010_101_101,
        ['Z'] = 0b111_001_010_100_111,
        ['.'] = 0b000_000_000_000_010,
    };

    /// <summary>By how many pixels a square reaches under its neighbours, so that no gap shows between them.</summary>
    private const double Seam = .5;

    /// <summary>Writes a word centred on a point, as wide as given, for an owner or, without one, over whatever is there.</summary>
    public static void Write(Canvas canvas, string word, Point2 centre, double width, Colour colour, Painted? owner = null, double angle = 0)
    {
        var square = width / ((word.Length * 4) - 1);
        var (sin, cos) = Math.SinCos(angle);
        Point2 At(double u, double v) => new(centre.X + (u * cos) - (v * sin), centre.Y + (u * sin) + (v * cos));
        for (var i = 0; i < word.Length; i++)
        {
            for (var row = 0; row < 5; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    if (((Letters[word[i]] >> (14 - (3 * row) - column)) & 1) == 0) continue;
                    var (u, v) = ((((4 * i) + column) * square) - (width / 2), (row - 2.5) * square * 1.15);
                    var (right, bottom) = (u + square + Seam, v + (square * 1.15) + Seam);
                    canvas.Fill([At(u, v), At(right, v), At(right, bottom), At(u, bottom)], colour, owner, keepOwners: owner is null);
                }
            }
        }
    }
}
