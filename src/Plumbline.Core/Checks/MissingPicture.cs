namespace Plumbline.Core.Checks;

/// <summary>Labels without their picture.</summary>
internal sealed class MissingPicture() : Check("missing-picture", CheckSeverity.Error, "Labels speak of a picture that is not there, while others are.")
{
    private readonly List<string> missing = [];
    private bool some;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (image.Picture is { Missing: true }) missing.Add(image.Path);
        else if (image.Picture is not null) some = true;
    }

    // Labels alone, with no picture at all, are a way to keep datasets and no fault.
    public override void Finish(FindingSink findings)
    {
        if (!some) return;
        foreach (var path in missing) findings.Add(this, path, "the picture is not there (--image-root says where to look).");
    }
}
