using System.Globalization;

namespace Plumbline.Core.Checks;

/// <summary>Nearly the same picture in two splits.</summary>
internal sealed class NearSplitLeak(CheckContext context)
    : Check("near-split-leak", CheckSeverity.Warning, "Nearly the same picture (neighbouring frames, a re-encoded copy) is in two splits: the measure on one flatters what was learnt from the other. `plumbline split` keeps such pictures together.")
{
    private readonly PictureTwins twins = new();

    public override void Look(CheckedImage image, FindingSink findings) => twins.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var (path, split, other, otherSplit, distance) in twins.NearAcrossSplits(context.Limits.NearDuplicateBits))
            findings.Add(this, path, string.Create(CultureInfo.InvariantCulture, $"it ({split ?? "no split"}) differs in {distance} of 64 bits from {other} ({otherSplit ?? "no split"})."));
    }
}
