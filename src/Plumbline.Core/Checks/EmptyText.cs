using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Texts without a letter.</summary>
internal sealed class EmptyText() : Check("empty-text", CheckSeverity.Warning, "An attribute of text (a caption, a transcription) is there and empty.")
{
    public override void Look(CheckedImage image, FindingSink findings)
    {
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i].Attributes is not { IsEmpty: false } attributes) continue;
            foreach (var (name, value) in attributes)
            {
                if (value is AttributeValue.Text { Value: var text } && string.IsNullOrWhiteSpace(text)) findings.Add(this, image, i, $"'{name}' is empty.");
            }
        }
    }
}
