using System.Collections.Immutable;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.Pictures;

/// <summary>The pixels of each number of a label map as a mask.</summary>
internal static class LabelRegions
{
    /// <summary>One mask for each number, in the order of the numbers.</summary>
    /// <param name="labels">One number a pixel, row by row.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static SortedDictionary<int, Mask> Of(ReadOnlySpan<int> labels, int width, int height)
    {
        var runs = new SortedDictionary<int, (ImmutableArray<int>.Builder Runs, int End)>();
        for (var at = 0; at < labels.Length;)
        {
            var label = labels[at];
            var rest = labels[at..];
            var length = rest.IndexOfAnyExcept(label);
            if (length < 0) length = rest.Length;
            if (!runs.TryGetValue(label, out var known)) known = (ImmutableArray.CreateBuilder<int>(), 0);
            known.Runs.Add(at - known.End);
            known.Runs.Add(length);
            at += length;
            runs[label] = (known.Runs, at);
        }

        var masks = new SortedDictionary<int, Mask>();
        foreach (var (label, (found, end)) in runs)
        {
            if (end < labels.Length) found.Add(labels.Length - end);
            masks[label] = new Mask(0, 0, width, height, found.DrainToImmutable()).Tight();
        }

        return masks;
    }

    /// <summary>Writes a number into the pixels of a mask; what lies outside the picture is cut off.</summary>
    /// <returns>How many pixels had another number than <paramref name="background"/> before.</returns>
    public static long Paint(Span<int> labels, int width, int height, Mask mask, int label, int background)
    {
        long covered = 0;
        long at = 0;
        var inside = false;
        foreach (var run in mask.Runs)
        {
            for (long left = inside ? run : 0, start = at; left > 0;)
            {
                var (row, column) = (start / mask.Width, start % mask.Width);
                var length = Math.Min(left, mask.Width - column);
                var y = row + mask.Y;
                var from = Math.Clamp(column + mask.X, 0, width);
                var to = Math.Clamp(column + mask.X + length, 0, width);
                if (y >= 0 && y < height && to > from)
                {
                    var span = labels.Slice((int)((y * width) + from), (int)(to - from));
                    foreach (var before in span)
                    {
                        if (before != background && before != label) covered++;
                    }

                    span.Fill(label);
                }

                left -= length;
                start += length;
            }

            at += run;
            inside = !inside;
        }

        return covered;
    }
}
