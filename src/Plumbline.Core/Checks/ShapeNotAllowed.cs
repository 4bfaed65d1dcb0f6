using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>Shapes that the ontology does not allow for their class.</summary>
internal sealed class ShapeNotAllowed(CheckContext context) : Check("shape-not-allowed", CheckSeverity.Error, "A class is drawn in a shape that the ontology does not allow for it.")
{
    private readonly System.Collections.Immutable.ImmutableArray<Ontologies.LabelClass?> defined = context.Defined;

    public override void Look(CheckedImage image, FindingSink findings)
    {
        if (defined.IsEmpty) return;
        for (var i = 0; i < image.Objects.Count; i++)
        {
            var item = image.Objects[i];
            if (defined[item.ClassIndex] is { Shapes: { IsDefaultOrEmpty: false } allowed } known && !allowed.Contains(item.Shape.Kind))
                findings.Add(this, image, i, $"'{known.Name}' takes {string.Join(", ", allowed.Select(CamelCase.Of))}, not {CamelCase.Of(item.Shape.Kind)}.");
        }
    }
}
