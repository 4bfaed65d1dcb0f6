namespace Plumbline.Core.Checks;

/// <summary>The same annotation twice.</summary>
internal sealed class DuplicateAnnotation()
    : Check("duplicate-annotation", CheckSeverity.Error, "The same class and exactly the same shape stand twice in an image; measures count the second as a false object. The later one is taken out.")
{
    public override bool CanFix => true;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image.Objects.Count < 2) return;
        var seen = new Dictionary<(int, Annotations.Shape), int>(image.Objects.Count);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var key = (image.Objects[i].ClassIndex, image.Objects[i].Shape);
            if (!seen.TryAdd(key, i)) findings.Add(this, image, i, $"it is the same as {image.NameOf(seen[key])}.", new(i, null));
        }
    }
}
