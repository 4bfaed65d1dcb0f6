using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Object sizes by class, attribute and value, for the two checks that look at them.</summary>
internal sealed class AttributeSizes(CheckContext context)
{
    public Values Values { get; } = new();

    public void Look(CheckedImage image)
    {
        Values.Begin(image.Path);
        for (var i = 0; i < image.Objects.Count; i++)
        {
            if (image.Objects[i] is not { Ignore: false, IsArea: true, Area: > 0, Attributes: { IsEmpty: false } attributes } item) continue;
            foreach (var (name, value) in attributes)
            {
                if (value is AttributeValue.Number) continue; // nearly every number is a value of its own
                foreach (var text in AttributeCounts.TextsOf(value)) Values.Add($"{context.Classes[item.ClassIndex]}/{name}={text}", Math.Log2(item.Area) / 2, i, item.Id);
            }
        }
    }
}
