namespace Plumbline.Core.Checks;

/// <summary>The same picture twice in one split.</summary>
internal sealed class DuplicatePicture() : Check("duplicate-picture", CheckSeverity.Warning, "Two images of one split have equal pixels: they weigh double, and their labels may differ.")
{
    private readonly PictureTwins twins = new();

    public override void Look(CheckedImage image, FindingSink findings) => twins.Look(image);

    public override void Finish(FindingSink findings)
    {
        foreach (var group in twins.Equal())
        {
            foreach (var same in group.GroupBy(p => p.Split).Select(g => g.ToList()))
            {
                foreach (var (path, _) in same.Skip(1)) findings.Add(this, path, $"its pixels are those of {same[0].Path}.");
            }
        }
    }
}
