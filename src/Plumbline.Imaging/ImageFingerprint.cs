using System.Buffers.Binary;
using System.Security.Cryptography;
using Plumbline.Imaging.Vips;

namespace Plumbline.Imaging;

/// <summary>What a picture looks like, in a form that can be compared.</summary>
/// <param name="PixelHash">SHA-256, in lower-case hex, of the thumbnail's size and samples: equal for pictures with the same pixels in files with different bytes.</param>
/// <param name="DifferenceHash">64 bits, one for each pair of neighbours in a 9 × 8 grey reduction, set where the left one is brighter: near pictures differ in few bits.</param>
public readonly record struct ImageFingerprint(string PixelHash, long DifferenceHash)
{
    private const int Columns = 9;
    private const int Rows = 8;

    internal static ImageFingerprint Of(VipsImage thumbnail)
    {
        var samples = thumbnail.Samples();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(size, thumbnail.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], thumbnail.Height);
        BinaryPrimitives.WriteInt32LittleEndian(size[8..], thumbnail.Bands);
        hash.AppendData(size);
        hash.AppendData(samples);
        return new ImageFingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()), Difference(samples, thumbnail.Width, thumbnail.Height, thumbnail.Bands));
    }

    /// <summary>Compares the mean brightness of neighbouring cells; alpha is left out of it.</summary>
    private static long Difference(ReadOnlySpan<byte> samples, int width, int height, int bands)
    {
        Span<double> grey = stackalloc double[Columns * Rows];
        for (var row = 0; row < Rows; row++)
        {
            var (top, bottom) = Cell(row, Rows, height);
            for (var column = 0; column < Columns; column++)
            {
                var (left, right) = Cell(column, Columns, width);
                var sum = 0L;
                for (var y = top; y < bottom; y++) sum += Brightness(samples.Slice(((y * width) + left) * bands, (right - left) * bands), bands);
                grey[(row * Columns) + column] = (double)sum / ((bottom - top) * (right - left));
            }
        }

        var bits = 0UL;
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns - 1; column++) bits = (bits << 1) | (grey[(row * Columns) + column] > grey[(row * Columns) + column + 1] ? 1UL : 0UL);
        }

        return unchecked((long)bits);
    }

    /// <summary>Sum over some pixels of 256 × ITU-R BT.601 luma.</summary>
    private static long Brightness(ReadOnlySpan<byte> pixels, int bands)
    {
        var sum = 0L;
        for (var at = 0; at < pixels.Length; at += bands)
        {
            sum += bands >= 3 ? (77 * pixels[at]) + (150 * pixels[at + 1]) + (29 * pixels[at + 2]) : 256 * pixels[at];
        }

        return sum;
    }

    /// <summary>Pixels of the n-th of some cells, at least one.</summary>
    private static (int From, int To) Cell(int n, int cells, int size)
    {
        var from = Math.Min(n * size / cells, size - 1);
        return (from, Math.Max((n + 1) * size / cells, from + 1));
    }
}
