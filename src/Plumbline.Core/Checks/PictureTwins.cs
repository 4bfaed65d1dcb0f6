using System.Runtime.InteropServices;
using Plumbline.Core.Datasets;

namespace Plumbline.Core.Checks;

/// <summary>Pictures that look the same, for the checks that ask where their twins are: about 60 bytes a picture.</summary>
internal sealed class PictureTwins
{
    private readonly List<(string Path, string? Split, string PixelHash)> pictures = [];
    private readonly List<ulong> hashes = [];

    public void Look(CheckedImage image)
    {
        if (image.Picture is not { PixelHash: { } pixels, DifferenceHash: var hash }) return;
        pictures.Add((image.Path, image.Split, pixels));
        hashes.Add(hash);
    }

    /// <summary>Groups of equal pictures.</summary>
    public IEnumerable<IReadOnlyList<(string Path, string? Split)>> Equal() =>
        pictures.GroupBy(p => p.PixelHash).Where(g => g.Count() > 1).Select(g => (IReadOnlyList<(string, string?)>)[.. g.Select(p => (p.Path, p.Split))]);

    /// <summary>Pairs of pictures in different splits that are near, but not equal, with their distance.</summary>
    public IEnumerable<(string Path, string? Split, string OtherPath, string? OtherSplit, int Distance)> NearAcrossSplits(int bits)
    {
        var pairs = new List<(int, int, int)>();
        if (pictures.Select(p => p.Split).Distinct().Count() > 1) HashNeighbours.Find(CollectionsMarshal.AsSpan(hashes), bits, (a, b, distance) => pairs.Add((a, b, distance)));
        pairs.Sort();
        foreach (var (a, b, distance) in pairs)
        {
            if (pictures[a].Split != pictures[b].Split && pictures[a].PixelHash != pictures[b].PixelHash) yield return (pictures[b].Path, pictures[b].Split, pictures[a].Path, pictures[a].Split, distance);
        }
    }
}
