namespace Plumbline.Core.Checks;

/// <summary>One file name in two splits.</summary>
internal sealed class SamePath() : Check("same-path-across-splits", CheckSeverity.Warning, "Images of one path are in two splits: most likely the same image.")
{
    private readonly Dictionary<string, string?> splits = new(StringComparer.Ordinal);

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (!splits.TryAdd(image.Path, image.Split) && splits[image.Path] != image.Split) findings.Add(this, image.Path, $"it is in '{splits[image.Path] ?? "no split"}' and in '{image.Split ?? "no split"}'.");
    }
}
