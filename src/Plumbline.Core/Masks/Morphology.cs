namespace Plumbline.Core.Masks;

/// <summary>Masks grown, shrunk and reduced to their rims, on runs and without a bitmap.</summary>
public static class Morphology
{
    /// <summary>The pixels from which a square of 2·<paramref name="pixels"/> + 1 fits into the mask: as many rounds of erosion by 3 × 3. The picture's edge counts as outside. Tight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of pixels is negative.</exception>
    public static Mask Erode(this Mask mask, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        return Mask.FromTrusted(mask.X, mask.Y, mask.Width, mask.Height, RunLengths.Erode(mask.Runs.AsSpan(), mask.Width, mask.Height, pixels)).Tight();
    }

    /// <inheritdoc cref="Erode(Mask, int)" />
    public static CocoRle Erode(this CocoRle mask, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        return CocoRle.FromTrusted(mask.Width, mask.Height, RunLengths.Erode(mask.Counts.AsSpan(), mask.Height, mask.Width, pixels));
    }

    /// <summary>The pixels of the mask that are at most <paramref name="pixels"/> away from its outside, counted along rows, columns and diagonals alike. Tight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of pixels is negative.</exception>
    public static Mask Rim(this Mask mask, int pixels) => mask.Subtract(mask.Erode(pixels));

    /// <inheritdoc cref="Rim(Mask, int)" />
    public static CocoRle Rim(this CocoRle mask, int pixels) => mask.Subtract(mask.Erode(pixels));

    /// <summary>The pixels whose centre is at most <paramref name="radius"/> away from the centre of one of the mask; may reach beyond the picture. Tight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The radius is negative.</exception>
    public static Mask DilateByDisk(this Mask mask, int radius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        if (mask.Width == 0 || mask.Height == 0) return Mask.Empty;
        var (width, height) = (checked(mask.Width + (2 * radius)), checked(mask.Height + (2 * radius)));
        var rows = new List<(int Start, int End)>?[mask.Height];
        foreach (var span in RunLengths.Spans(mask.Runs.AsSpan(), mask.Width)) (rows[span.Line] ??= []).Add((span.Start, span.End));
        var reach = new int[radius + 1]; // half the disk's width that far from its middle
        for (var down = 0; down <= radius; down++) reach[down] = (int)Math.Sqrt(((double)radius * radius) - ((double)down * down));
        var changes = new int[width + 1];
        var result = new RunBuilder();
        for (var row = 0; row < height; row++)
        {
            for (var source = Math.Max(0, row - (2 * radius)); source <= Math.Min(row, mask.Height - 1); source++)
            {
                if (rows[source] is not { } spans) continue;
                var far = reach[Math.Abs(source + radius - row)];
                foreach (var (start, end) in spans)
                {
                    changes[start + radius - far]++;
                    changes[end + radius + far]--;
                }
            }

            AddCovered(changes, (long)row * width, ref result);
        }

        return Mask.FromTrusted(checked(mask.X - radius), checked(mask.Y - radius), width, height, result.Finish((long)width * height)).Tight();
    }

    /// <summary>Adds the stretches where the sum of the changes so far is above 0, and clears the changes.</summary>
    private static void AddCovered(int[] changes, long origin, ref RunBuilder result)
    {
        var (depth, start) = (0, 0);
        for (var x = 0; x < changes.Length; x++)
        {
            if (changes[x] == 0) continue;
            if (depth == 0) start = x;
            depth += changes[x];
            changes[x] = 0;
            if (depth == 0) result.AddSpan(origin + start, origin + x);
        }
    }
}
