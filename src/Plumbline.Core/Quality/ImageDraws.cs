namespace Plumbline.Core.Quality;

/// <summary>Draws of a bootstrap by image: as many images as there are, with replacement. Objects of one image are not independent, so images are drawn and never objects.</summary>
/// <param name="images">Positions of the images to draw from.</param>
/// <param name="seed">The same seed gives the same draws.</param>
internal sealed class ImageDraws(IReadOnlyList<int> images, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Room for one draw.</summary>
    internal int[] Room() => new int[images.Count == 0 ? 0 : images.Max() + 1];

    /// <summary>Draws anew: how often each image counts, by its position.</summary>
    internal void Next(int[] times)
    {
        Array.Clear(times);
        for (var draw = 0; draw < images.Count; draw++) times[images[_random.Next(images.Count)]]++;
    }
}
