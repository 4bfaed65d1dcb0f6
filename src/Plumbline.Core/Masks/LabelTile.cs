using System.Collections.Immutable;

namespace Plumbline.Core.Masks;

/// <summary>So many pixels in a row that have one label.</summary>
/// <param name="Label">0 = no segment, k = segment k − 1 of the tile.</param>
/// <param name="Length">Pixels, at least 1.</param>
public readonly record struct LabelRun(int Label, int Length);

/// <summary>
/// 256 × 256 pixels of a label map, each in one segment or in none: that no pixel has two holds by construction. Run lengths in row-major order over the whole tile, whatever of it
/// lies in the image. A segment is named by its annotation's id.
/// </summary>
/// <remarks>There is one form only – segments in the order of their first pixel, each with a pixel, neighbouring runs of different labels – so that equal pixels are equal tiles.</remarks>
public sealed class LabelTile : IEquatable<LabelTile>
{
    /// <summary>Pixels along a side.</summary>
    public const int Side = 256;

    /// <summary>The most segments in one tile.</summary>
    public const int MaximumSegments = 4_096;

    /// <exception cref="ArgumentException">The segments repeat, are too many, unused or out of order, or the runs do not fill the tile.</exception>
    public LabelTile(ImmutableArray<Guid> segments, ImmutableArray<LabelRun> runs)
    {
        if (segments.Length > MaximumSegments) throw new ArgumentException($"A tile has at most {MaximumSegments} segments.", nameof(segments));
        if (segments.Distinct().Count() != segments.Length) throw new ArgumentException("A tile names a segment twice.", nameof(segments));
        var (filled, used, before) = (0, 0, -1);
        foreach (var (label, length) in runs)
        {
            if (length < 1 || length > (Side * Side) - filled) throw new ArgumentException($"A tile's runs are at least 1 long and cover exactly {Side * Side} pixels.", nameof(runs));
            if (label < 0 || label > segments.Length) throw new ArgumentException($"A run has the label {label}, the tile has {segments.Length} segments.", nameof(runs));
            if (label == before) throw new ArgumentException("Two runs of one label follow each other.", nameof(runs));
            if (label > used + 1) throw new ArgumentException("A tile's segments are in the order of their first pixel.", nameof(segments));
            (filled, used, before) = (filled + length, Math.Max(used, label), label);
        }

        if (filled != Side * Side) throw new ArgumentException($"The runs cover {filled} pixels, a tile has {Side * Side}.", nameof(runs));
        if (used != segments.Length) throw new ArgumentException("A tile names a segment that has no pixel in it.", nameof(segments));
        (Segments, Runs) = (segments, runs);
    }

    /// <summary>The tile without a segment.</summary>
    public static LabelTile Empty { get; } = new([], [new LabelRun(0, Side * Side)]);

    /// <summary>Ids of the annotations that have a pixel here.</summary>
    public ImmutableArray<Guid> Segments { get; }

    /// <summary>The labels, row by row.</summary>
    public ImmutableArray<LabelRun> Runs { get; }

    /// <summary>Makes a tile of one segment id a pixel, row by row; <see cref="Guid.Empty"/> = none.</summary>
    /// <exception cref="ArgumentException">There are not 256 × 256, or too many segments.</exception>
    public static LabelTile FromPixels(ReadOnlySpan<Guid> pixels)
    {
        if (pixels.Length != Side * Side) throw new ArgumentException($"{pixels.Length} pixels are no tile.", nameof(pixels));
        var labels = new Dictionary<Guid, int> { [Guid.Empty] = 0 };
        var segments = ImmutableArray.CreateBuilder<Guid>();
        var runs = ImmutableArray.CreateBuilder<LabelRun>();
        for (int start = 0, end; start < pixels.Length; start = end)
        {
            end = start + 1;
            while (end < pixels.Length && pixels[end] == pixels[start]) end++;
            if (labels.TryAdd(pixels[start], labels.Count)) segments.Add(pixels[start]);
            runs.Add(new LabelRun(labels[pixels[start]], end - start));
        }

        return new LabelTile(segments.ToImmutable(), runs.ToImmutable());
    }

    /// <summary>Whether a pixel beyond the first so many columns and rows has a segment.</summary>
    public bool ReachesBeyond(int columns, int rows)
    {
        var at = 0;
        foreach (var (label, length) in Runs)
        {
            var end = at + length;
            if (label != 0 && (end > (long)rows * Side || (columns < Side && (at % Side) + length > columns))) return true;
            at = end;
        }

        return false;
    }

    /// <inheritdoc />
    public bool Equals(LabelTile? other) => other is not null && Segments.SequenceEqual(other.Segments) && Runs.AsSpan().SequenceEqual(other.Runs.AsSpan());

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as LabelTile);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Segments.Length, Runs.Length, Runs[0]);
}
