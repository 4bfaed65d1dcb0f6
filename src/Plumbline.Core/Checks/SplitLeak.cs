namespace Plumbline.Core.Checks;

/// <summary>The same picture in two splits.</summary>
internal sealed class SplitLeak() : Check("split-leak", CheckSeverity.Error, "The same picture is in two splits: what is measured on one was learnt from the other.")
{
    private readonly PictureTwins twins = new();

    public override void Look(CheckedImage image, FindingSink findings) => twins.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var group in twins.Equal())
        {
            foreach (var (path, split) in group.Skip(1))
            {
                if (split != group[0].Split) findings.Add(this, path, $"its pixels ({split ?? "no split"}) are those of {group[0].Path} ({group[0].Split ?? "no split"}).");
            }
        }
    }
}
