using System.Buffers.Binary;
using System.Security.Cryptography;
using Plumbline.Core.Datasets;

namespace Plumbline.Imaging;

/// <summary>What a picture looks like, in a form that can be compared.</summary>
/// <param name="PixelHash">SHA-256, in lower-case hex, of the thumbnail's size and samples: equal for pictures with the same pixels in files with different bytes.</param>
/// <param name="DifferenceHash">64 bits, one for each pair of neighbours in a 9 × 8 grey reduction, set where the left one is brighter: near pictures differ in few bits.</param>
public readonly record struct ImageFingerprint(string PixelHash, long DifferenceHash)
{
    internal static ImageFingerprint Of(SampledPicture thumbnail)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> size = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(size, thumbnail.Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], thumbnail.Height);
        BinaryPrimitives.WriteInt32LittleEndian(size[8..], thumbnail.Bands);
        hash.AppendData(size);
        hash.AppendData(thumbnail.Samples);
        return new ImageFingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()), unchecked((long)Hash(PictureHashKind.Difference, thumbnail)));
    }

    /// <summary>Hashes the mean brightness of cells; alpha is left out of it.</summary>
    internal static ulong Hash(PictureHashKind kind, SampledPicture thumbnail)
    {
        ReadOnlySpan<byte> samples = thumbnail.Samples;
        var (width, height, bands) = (thumbnail.Width, thumbnail.Height, thumbnail.Bands);
        var (columns, rows) = (PictureHash.Columns(kind), PictureHash.Rows(kind));
        var grey = new double[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            var (top, bottom) = Cell(row, rows, height);
            for (var column = 0; column < columns; column++)
            {
                var (left, right) = Cell(column, columns, width);
                var sum = 0L;
                for (var y = top; y < bottom; y++) sum += Brightness(samples.Slice(((y * width) + left) * bands, (right - left) * bands), bands);
                grey[(row * columns) + column] = (double)sum / ((bottom - top) * (right - left));
            }
        }

        return PictureHash.Of(kind, grey);
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
