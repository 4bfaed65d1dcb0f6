using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;
using Plumbline.Formats.Voc;

namespace Plumbline.Formats.Cvat;

/// <summary>Attributes as CVAT writes them, and the definitions that they ask for: those of the dataset, and for others the kind of the first value seen.</summary>
internal sealed class CvatAttributes
{
    private const string Occluded = "occluded";
    private static readonly LossKind TypeLost = new("attribute-type", "attributes", "CVAT keeps attributes as text of one kind; this value reads back as another.");
    private readonly LossReport losses;
    private readonly List<AttributeDefinition>[] byClass;

    public CvatAttributes(DatasetHeader header, LossReport losses)
    {
        this.losses = losses;
        byClass = [.. header.Classes.Select(c => c.Attributes.ToList())];
    }

    /// <summary>Definitions of a class's attributes: the dataset's own, then what was found beside them.</summary>
    public IReadOnlyList<AttributeDefinition> Of(int place) => byClass[place];

    /// <summary>Whether <c>occluded="1"</c> says it.</summary>
    public static bool IsOccluded(DatasetAnnotation annotation) => annotation.Attributes.TryGetValue(Occluded, out var value) && value is AttributeValue.Flag { Value: true };

    /// <summary>Adds the <c>attribute</c> elements of an annotation.</summary>
    /// <param name="text">Receives them.</param>
    /// <param name="item">The image.</param>
    /// <param name="annotation">The annotation.</param>
    /// <param name="hasOccluded">Whether the element has a field of its own for <c>occluded</c>.</param>
    public void Write(Utf8Text text, DatasetItem item, DatasetAnnotation annotation, bool hasOccluded)
    {
        foreach (var (name, value) in annotation.Attributes)
        {
            if (hasOccluded && name == Occluded && IsOccluded(annotation)) continue;
            var (words, _) = VocAttribute.Format(value);
            var isBlank = words.Length > 0 && string.IsNullOrWhiteSpace(words);
            if (isBlank || !CvatNames.ValueOf(words, KindOf(annotation.ClassIndex, name, value)).Equals(value)) losses.Add(TypeLost, item, annotation, $"{TypeLost.Why} ({name})");
            text.Add("      <attribute name=\""u8).AddXml(name).Add("\">"u8).AddXml(words).Add("</attribute>\n"u8);
        }
    }

    private AttributeKind KindOf(int place, string name, AttributeValue value)
    {
        foreach (var known in byClass[place])
        {
            if (known.Name == name) return known.Kind;
        }

        var kind = value switch { AttributeValue.Flag => AttributeKind.Boolean, AttributeValue.Number => AttributeKind.Number, _ => AttributeKind.Text };
        byClass[place].Add(new AttributeDefinition { Id = name, Name = name, Kind = kind });
        return kind;
    }
}
