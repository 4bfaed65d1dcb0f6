namespace Plumbline.Imaging;

/// <summary>Tells pictures with equal pixels apart from pictures that only look alike when they are small: those few that do are decoded in full, once each.</summary>
public sealed class EqualPictures(ImageLimits limits)
{
    private readonly Dictionary<string, List<Candidate>> seen = new(StringComparer.Ordinal);

    /// <summary>The place of the first picture with the same pixels, its own where it is the first.</summary>
    /// <param name="look">What it looks like.</param>
    /// <param name="place">Its own place.</param>
    /// <param name="open">Opens its bytes; may be called later too.</param>
    /// <exception cref="ImageRefusedException">Its pixels, or those of one that looks the same, cannot be decoded in full.</exception>
    public int FirstWith(QuickLook look, int place, Func<ImageSource> open)
    {
        var key = FormattableString.Invariant($"{look.Description.Width}x{look.Description.Height} {look.Fingerprint.PixelHash}");
        if (!seen.TryGetValue(key, out var candidates))
        {
            seen[key] = [new(place, open)];
            return place;
        }

        var own = new Candidate(place, open);
        foreach (var candidate in candidates)
        {
            if (candidate.Pixels(limits) == own.Pixels(limits)) return candidate.Place;
        }

        candidates.Add(own);
        return place;
    }

    private sealed class Candidate(int place, Func<ImageSource> open)
    {
        private string? pixels;

        public int Place => place;

        public string Pixels(ImageLimits limits) => pixels ??= QuickLook.ExactPixels(open(), limits);
    }
}
