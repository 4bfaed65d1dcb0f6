using System.Numerics;

namespace Plumbline.Core.Datasets;

/// <summary>How the look of a picture is put into 64 bits.</summary>
public enum PictureHashKind
{
    /// <summary>dHash: which of two neighbouring cells is brighter. Quick; blind to brightness and contrast.</summary>
    Difference,

    /// <summary>pHash: which low frequencies are strong. Less disturbed by noise, blur and small shifts.</summary>
    Perceptual,
}

/// <summary>64 bits that differ little between pictures that look alike.</summary>
/// <remarks>Krawetz, "Looks like it", 2011 (pHash), and "Kind of like that", 2013 (dHash).</remarks>
public static class PictureHash
{
    /// <summary>Columns of the cells of a hash.</summary>
    public static int Columns(PictureHashKind kind) => kind == PictureHashKind.Difference ? 9 : Side;

    /// <summary>Rows of the cells of a hash.</summary>
    public static int Rows(PictureHashKind kind) => kind == PictureHashKind.Difference ? 8 : Side;

    private const int Side = 32;
    private const int Low = 8;

    /// <summary>Cosines of the first frequencies of a row of cells: frequency × cell.</summary>
    private static readonly double[] Cosines = [.. Enumerable.Range(0, Low * Side).Select(at => Math.Cos(Math.PI * (at / Side) * ((2 * (at % Side)) + 1) / (2.0 * Side)))];

    /// <summary>The hash of a picture.</summary>
    /// <param name="kind">Which hash.</param>
    /// <param name="grey">Mean brightness of its cells, row by row, whatever the unit.</param>
    /// <exception cref="ArgumentException">There are not as many cells as <see cref="Columns"/> × <see cref="Rows"/>.</exception>
    public static ulong Of(PictureHashKind kind, ReadOnlySpan<double> grey)
    {
        if (grey.Length != Columns(kind) * Rows(kind)) throw new ArgumentException($"{grey.Length} cells instead of {Columns(kind)} × {Rows(kind)}.", nameof(grey));
        return kind == PictureHashKind.Difference ? Difference(grey) : Perceptual(grey);
    }

    /// <summary>In how many bits two hashes differ.</summary>
    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    private static ulong Difference(ReadOnlySpan<double> grey)
    {
        var bits = 0UL;
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++) bits = (bits << 1) | (grey[(row * 9) + column] > grey[(row * 9) + column + 1] ? 1UL : 0UL);
        }

        return bits;
    }

    /// <summary>The 8 × 8 lowest frequencies of the cosine transform, each against their median.</summary>
    private static ulong Perceptual(ReadOnlySpan<double> grey)
    {
        Span<double> rows = stackalloc double[Side * Low];
        for (var row = 0; row < Side; row++)
        {
            for (var u = 0; u < Low; u++) rows[(row * Low) + u] = Dot(grey.Slice(row * Side, Side), Cosines.AsSpan(u * Side, Side));
        }

        Span<double> low = stackalloc double[Low * Low];
        for (var v = 0; v < Low; v++)
        {
            for (var u = 0; u < Low; u++)
            {
                double sum = 0;
                for (var row = 0; row < Side; row++) sum += rows[(row * Low) + u] * Cosines[(v * Side) + row];
                low[(v * Low) + u] = sum;
            }
        }

        Span<double> sorted = stackalloc double[Low * Low];
        low.CopyTo(sorted);
        sorted.Sort();
        var median = (sorted[31] + sorted[32]) / 2;
        var bits = 0UL;
        foreach (var strength in low) bits = (bits << 1) | (strength > median ? 1UL : 0UL);
        return bits;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
