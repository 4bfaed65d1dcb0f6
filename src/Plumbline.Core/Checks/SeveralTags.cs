using System.Globalization;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Images with several classes in a dataset of one class an image.</summary>
internal sealed class SeveralTags(CheckContext context)
    : Check("several-tags", CheckSeverity.Warning, "The ontology wants one tag an image, or nearly every image has exactly one, and this one has several: in single-label classification all but one are wrong.")
{
    private const double SingleShare = .9;
    private readonly List<(string Image, int Tags)> several = [];
    private long tagged;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        var tags = 0;
        foreach (var item in image.Objects) tags += item.Shape is TagShape ? 1 : 0;
        if (tags > 0) tagged++;
        if (tags < 2) return;
        if (context.Ontology is { OneTag: true }) findings.Add(this, image.Path, string.Create(CultureInfo.InvariantCulture, $"it has {tags} tags; the ontology wants one."));
        else several.Add((image.Path, tags));
    }

    public override void Finish(FindingSink findings)
    {
        if (several.Count > (1 - SingleShare) * tagged) return;
        foreach (var (image, tags) in several) findings.Add(this, image, string.Create(CultureInfo.InvariantCulture, $"it has {tags} tags; of {tagged} tagged images {tagged - several.Count} have one."));
    }
}
