namespace Plumbline.Core.Checks;

/// <summary>Annotations per class, counted once by each check that asks for them.</summary>
internal sealed class ClassCounts(CheckContext context)
{
    private readonly long[] counts = new long[context.Classes.Length];

    public void Look(CheckedImage image)
    {
        foreach (var item in image.Objects) counts[item.ClassIndex]++;
    }

    public IEnumerable<(string Name, long Count)> All => counts.Select((count, i) => (context.Classes[i], count));

    public IEnumerable<(string Name, long Count)> Used => All.Where(c => c.Count > 0);
}
