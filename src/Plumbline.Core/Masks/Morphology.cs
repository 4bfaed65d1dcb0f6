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
        var roomy = mask.WithBox(checked(mask.X - radius), mask.Y, checked(mask.Width + (2 * radius)), mask.Height);
        var result = Mask.Empty;
        for (var down = 0; down <= radius; down++)
        {
            var reach = (int)Math.Sqrt(((double)radius * radius) - ((double)down * down));
            var wide = Mask.FromTrusted(roomy.X, roomy.Y, roomy.Width, roomy.Height, RunLengths.Widen(roomy.Runs.AsSpan(), roomy.Width, roomy.Height, reach));
            result = result.Union(wide.Translate(0, down));
            if (down > 0) result = result.Union(wide.Translate(0, -down));
        }

        return result;
    }
}
