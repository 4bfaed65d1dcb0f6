using System.Collections.Immutable;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Masks;

/// <summary>
/// A mask the way COCO stores it: run lengths in <b>column-major</b> order over a whole canvas, zeros first. Kept as it is read, so that files pass through, are measured and are compared
/// without being turned into rows; <see cref="ToMask"/> turns it into the row-major <see cref="Mask"/> of the model.
/// </summary>
/// <remarks>Source: maskApi.c of cocodataset/cocoapi at 8c9bcc3. The text form is in <see cref="CocoRleText"/>, overlap in <see cref="RleOverlap"/>.</remarks>
public sealed class CocoRle : IEquatable<CocoRle>
{
    /// <param name="width">Columns of the canvas.</param>
    /// <param name="height">Rows of the canvas.</param>
    /// <param name="counts">Alternating run lengths, zeros first; together width × height.</param>
    /// <exception cref="ArgumentException">A side or run is negative, the canvas has more than 2^31 − 1 pixels, or the counts do not fill it.</exception>
    public CocoRle(int width, int height, ImmutableArray<int> counts)
    {
        CheckCanvas(width, height);
        if (counts.IsDefault) throw new ArgumentException("A mask needs counts.", nameof(counts));
        long sum = 0;
        foreach (var count in counts)
        {
            if (count < 0) throw new ArgumentException("A count is negative.", nameof(counts));
            sum += count;
        }

        if (sum != (long)width * height) throw new ArgumentException($"The counts cover {sum} pixels, the canvas has {(long)width * height}.", nameof(counts));
        (Width, Height, Counts) = (width, height, counts);
    }

    private CocoRle((int Width, int Height) trustedCanvas, ImmutableArray<int> trustedCounts)
    {
        (Width, Height) = trustedCanvas;
        Counts = trustedCounts;
    }

    /// <summary>Columns of the canvas; the second number of COCO's <c>size</c>.</summary>
    public int Width { get; }

    /// <summary>Rows of the canvas; the first number of COCO's <c>size</c>.</summary>
    public int Height { get; }

    /// <summary>Alternating run lengths down the columns, zeros first.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>The number of pixels in the mask.</summary>
    public long Area => RunLengths.Area(Counts.AsSpan());

    /// <summary>The smallest box around the pixels, as pycocotools' <c>toBbox</c>; <c>default</c> when there are none.</summary>
    public Box Bounds
    {
        get
        {
            var extent = RunLengths.Extent(Counts.AsSpan(), Height);
            return extent.IsEmpty ? default : new Box(extent.FirstLine, extent.FirstOffset, extent.Lines, extent.Offsets);
        }
    }

    /// <summary>Encodes a column-major bitmap: pixel (x, y) at x × height + y, not 0 is inside.</summary>
    /// <exception cref="ArgumentException">The bitmap has not width × height bytes.</exception>
    public static CocoRle Encode(ReadOnlySpan<byte> columnMajor, int width, int height)
    {
        CheckCanvas(width, height);
        if (columnMajor.Length != width * height) throw new ArgumentException($"{columnMajor.Length} bytes are no bitmap of {width} × {height}.", nameof(columnMajor));
        var runs = new RunBuilder();
        BitmapRuns.Encode(columnMajor, ref runs);
        return new CocoRle((width, height), runs.Finish(columnMajor.Length));
    }

    /// <summary>Writes the column-major bitmap: 1 inside, 0 outside.</summary>
    /// <exception cref="ArgumentException">The span has not width × height bytes.</exception>
    public void Decode(Span<byte> columnMajor)
    {
        if (columnMajor.Length != Width * Height) throw new ArgumentException($"{columnMajor.Length} bytes are no bitmap of {Width} × {Height}.", nameof(columnMajor));
        BitmapRuns.Decode(Counts.AsSpan(), columnMajor);
    }

    /// <summary>The mask on a canvas; pixels outside the canvas are dropped.</summary>
    /// <exception cref="ArgumentException">A side is negative, or the canvas has more than 2^31 − 1 pixels.</exception>
    public static CocoRle FromMask(Mask mask, int width, int height)
    {
        CheckCanvas(width, height);
        var columns = RunLengths.Transpose(mask.Runs.AsSpan(), mask.Width, new LineExtent(0, mask.Height, 0, mask.Width));
        return new CocoRle((width, height), RunLengths.Reframe(columns.AsSpan(), mask.Height, -(long)mask.X, -(long)mask.Y, height, width));
    }

    /// <summary>The same pixels as a tight row-major mask.</summary>
    public Mask ToMask()
    {
        var counts = Counts.AsSpan();
        var extent = RunLengths.Extent(counts, Height);
        if (extent.IsEmpty) return Mask.Empty;
        return Mask.FromTrusted(extent.FirstLine, extent.FirstOffset, extent.Lines, extent.Offsets, RunLengths.Transpose(counts, Height, extent));
    }

    /// <summary>Pixels in either mask.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public CocoRle Union(CocoRle other) => Combine(other, RunLengths.Or);

    /// <summary>Pixels in both masks.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public CocoRle Intersect(CocoRle other) => Combine(other, RunLengths.And);

    /// <summary>Pixels of this mask that are not in the other.</summary>
    /// <exception cref="ArgumentException">The canvases differ.</exception>
    public CocoRle Subtract(CocoRle other) => Combine(other, RunLengths.AndNot);

    /// <inheritdoc />
    public bool Equals(CocoRle? other) => other is not null && (Width, Height) == (other.Width, other.Height) && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as CocoRle);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Width, Height, Counts.Length);

    internal static CocoRle FromTrusted(int width, int height, ImmutableArray<int> counts) => new((width, height), counts);

    internal static void CheckCanvas(int width, int height)
    {
        if (width < 0 || height < 0) throw new ArgumentException("A canvas needs sides of at least 0.", nameof(width));
        if ((long)width * height > int.MaxValue) throw new ArgumentException($"A canvas of {width} × {height} has more pixels than a COCO mask can count.", nameof(width));
    }

    internal void CheckSameCanvas(CocoRle other)
    {
        if ((Width, Height) != (other.Width, other.Height))
        {
            throw new ArgumentException($"Masks of {Width} × {Height} and {other.Width} × {other.Height} cannot be compared.", nameof(other));
        }
    }

    private CocoRle Combine(CocoRle other, int truthTable)
    {
        CheckSameCanvas(other);
        return new CocoRle((Width, Height), RunLengths.Combine(Counts.AsSpan(), other.Counts.AsSpan(), truthTable, (long)Width * Height));
    }
}
