using System.Collections.Immutable;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Masks;

/// <summary>
/// A set of whole pixels: run lengths in row-major order inside the integer box (X, Y, Width, Height) of the upright image.
/// The first run counts pixels outside the mask and may be 0; runs alternate and add up to Width × Height.
/// </summary>
/// <remarks>
/// The box may be larger than the pixels need and a run may be 0, so one set of pixels has several forms. <see cref="Tight"/> is the canonical one,
/// and everything in <see cref="MaskAlgebra"/> answers in it. Equality compares forms; <see cref="SamePixels"/> compares sets.
/// </remarks>
public sealed class Mask : IEquatable<Mask>
{
    /// <exception cref="ArgumentException">The box is negative or passes int.MaxValue, a run is negative, or the runs do not fill the box.</exception>
    public Mask(int x, int y, int width, int height, ImmutableArray<int> runs)
    {
        CheckBox(x, y, width, height);
        if (runs.IsDefault) throw new ArgumentException("A mask needs runs.", nameof(runs));
        long sum = 0;
        foreach (var run in runs)
        {
            if (run < 0) throw new ArgumentException("A run is negative.", nameof(runs));
            sum += run;
        }

        if (sum != (long)width * height) throw new ArgumentException($"The runs cover {sum} pixels, the box has {(long)width * height}.", nameof(runs));
        (X, Y, Width, Height, Runs) = (x, y, width, height, runs);
    }

    private Mask((int X, int Y, int Width, int Height) trustedBox, ImmutableArray<int> trustedRuns)
    {
        (X, Y, Width, Height) = trustedBox;
        Runs = trustedRuns;
    }

    /// <summary>The mask without a pixel: box (0, 0, 0, 0), no runs.</summary>
    public static Mask Empty { get; } = new(0, 0, 0, 0, []);

    /// <summary>Left column of the box.</summary>
    public int X { get; }

    /// <summary>Top row of the box.</summary>
    public int Y { get; }

    /// <summary>Columns of the box.</summary>
    public int Width { get; }

    /// <summary>Rows of the box.</summary>
    public int Height { get; }

    /// <summary>Alternating run lengths, zeros first.</summary>
    public ImmutableArray<int> Runs { get; }

    /// <summary>The number of pixels in the mask. Counts the runs: O(runs).</summary>
    public long Area => RunLengths.Area(Runs.AsSpan());

    /// <summary>The smallest box around the pixels, in image pixels; <c>default</c> when there are none. O(runs).</summary>
    public Box Bounds
    {
        get
        {
            var extent = RunLengths.Extent(Runs.AsSpan(), Width);
            return extent.IsEmpty ? default : new Box(X + extent.FirstOffset, Y + extent.FirstLine, extent.Offsets, extent.Lines);
        }
    }

    /// <summary>A mask from a bitmap: row-major, one byte a pixel, not 0 is inside. The answer is tight.</summary>
    /// <param name="bitmap">Width × height bytes.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="x">Column of the image under the bitmap's left column.</param>
    /// <param name="y">Row of the image under the bitmap's top row.</param>
    /// <exception cref="ArgumentException">The bitmap has not width × height bytes.</exception>
    public static Mask FromBitmap(ReadOnlySpan<byte> bitmap, int width, int height, int x = 0, int y = 0)
    {
        if (width < 0 || height < 0 || bitmap.Length != (long)width * height) throw new ArgumentException($"{bitmap.Length} bytes are no bitmap of {width} × {height}.", nameof(bitmap));
        var runs = new RunBuilder();
        BitmapRuns.Encode(bitmap, ref runs);
        return new Mask(x, y, width, height, runs.Finish(bitmap.Length)).Tight();
    }

    /// <summary>A mask that covers the whole pixels [x, x+width) × [y, y+height).</summary>
    /// <exception cref="ArgumentException">A side is negative.</exception>
    public static Mask FromRectangle(int x, int y, int width, int height)
    {
        if (width < 0 || height < 0) throw new ArgumentException("A rectangle needs sides of at least 0.", nameof(width));
        if (width == 0 || height == 0) return Empty;
        var runs = new RunBuilder();
        runs.AddSpan(0, (long)width * height);
        return new Mask(x, y, width, height, runs.Finish((long)width * height));
    }

    /// <summary>Whether pixel (column, row) of the image is in the mask; outside the box nothing is. O(runs).</summary>
    public bool Contains(int column, int row)
    {
        if (column < X || row < Y || column >= X + Width || row >= Y + Height) return false;
        var left = ((long)(row - Y) * Width) + (column - X);
        var inside = false;
        foreach (var run in Runs)
        {
            if (left < run) return inside;
            left -= run;
            inside = !inside;
        }

        return false;
    }

    /// <summary>The pixels of the box as a bitmap: row-major, one byte a pixel, 1 inside and 0 outside.</summary>
    /// <exception cref="InvalidOperationException">The box has more pixels than an array holds (2^31 − 1).</exception>
    public byte[] ToBitmap()
    {
        var size = (long)Width * Height;
        if (size > Array.MaxLength) throw new InvalidOperationException($"A bitmap of {Width} × {Height} does not fit into an array.");
        var bitmap = new byte[size];
        BitmapRuns.Decode(Runs.AsSpan(), bitmap);
        return bitmap;
    }

    /// <summary>The same pixels moved by whole pixels.</summary>
    /// <exception cref="OverflowException">The box would pass the largest or smallest coordinate.</exception>
    public Mask Translate(int right, int down)
    {
        _ = checked(X + Width + right);
        _ = checked(Y + Height + down);
        return FromTrusted(checked(X + right), checked(Y + down), Width, Height, Runs);
    }

    /// <summary>The pixels that lie in the box (x, y, width, height), in exactly that box: crops where it is smaller than the mask's, grows by empty pixels where it is larger.</summary>
    /// <exception cref="ArgumentException">A side is negative, or the box passes int.MaxValue.</exception>
    public Mask WithBox(int x, int y, int width, int height)
    {
        CheckBox(x, y, width, height);
        if ((x, y, width, height) == (X, Y, Width, Height)) return this;
        return FromTrusted(x, y, width, height, RunLengths.Reframe(Runs.AsSpan(), Width, y - (long)Y, x - (long)X, width, height));
    }

    /// <summary>The canonical form: the smallest box, no run of 0 but the first, no trailing empty run; <see cref="Empty"/> when there is no pixel.</summary>
    public Mask Tight()
    {
        var runs = Runs.AsSpan();
        var extent = RunLengths.Extent(runs, Width);
        if (extent.IsEmpty) return Empty;
        if (extent.Lines == Height && extent.Offsets == Width && RunLengths.IsCanonical(runs)) return this;
        var tight = RunLengths.Reframe(runs, Width, extent.FirstLine, extent.FirstOffset, extent.Offsets, extent.Lines);
        return FromTrusted(X + extent.FirstOffset, Y + extent.FirstLine, extent.Offsets, extent.Lines, tight);
    }

    /// <summary>Whether both masks hold the same pixels, whatever their boxes.</summary>
    public bool SamePixels(Mask other) => Tight().Equals(other.Tight());

    /// <inheritdoc />
    public bool Equals(Mask? other) => other is not null && (X, Y, Width, Height) == (other.X, other.Y, other.Width, other.Height) && Runs.AsSpan().SequenceEqual(other.Runs.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Mask);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(X, Y, Width, Height, Runs.Length);

    internal static Mask FromTrusted(int x, int y, int width, int height, ImmutableArray<int> runs) => new((x, y, width, height), runs);

    private static void CheckBox(int x, int y, int width, int height)
    {
        if (width < 0 || height < 0) throw new ArgumentException("A mask's box needs sides of at least 0.", nameof(width));
        if ((long)x + width > int.MaxValue || (long)y + height > int.MaxValue) throw new ArgumentException("A mask's box passes the largest coordinate.", nameof(x));
    }
}
