using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;

namespace Plumbline.Server.Features.Imports;

/// <summary>Which classes and attributes a dataset uses, collected in a first pass, and how they map to a project's ontology: by name; what is missing is added.</summary>
public sealed class DatasetClasses(DatasetHeader header)
{
    private const int LongestName = OntologyValidation.NameLength;
    private static readonly string[] Palette = ["#e6194b", "#3cb44b", "#4363d8", "#f58231", "#911eb4", "#008080", "#9a6324", "#808000", "#000075", "#f032e6", "#0082c8", "#800000"];
    private readonly SortedDictionary<(int Class, string Name), Usage> attributes = [];

    /// <summary>Takes note of an annotation's attributes.</summary>
    public void See(DatasetAnnotation annotation)
    {
        foreach (var (name, value) in annotation.Attributes)
        {
            var key = (annotation.ClassIndex, name);
            if (!attributes.TryGetValue(key, out var usage)) attributes[key] = usage = new Usage(KindOf(value));
            usage.See(value);
        }
    }

    /// <summary>The ontology with everything that the dataset needs; the same one when nothing is missing.</summary>
    public Ontology Extend(Ontology ontology, Func<string> newId)
    {
        var classes = ontology.Classes.ToBuilder();
        for (var i = 0; i < header.Classes.Length; i++)
        {
            var name = NameOf(i);
            var at = classes.FindIndex(name);
            if (at < 0)
            {
                at = classes.Count;
                classes.Add(new LabelClass { Id = newId(), Name = name, Color = header.Classes[i].Color ?? Palette[at % Palette.Length] });
            }

            var missing = attributes.Where(a => a.Key.Class == i && classes[at].Attributes.All(known => known.Name != a.Key.Name))
                .Select(a => new AttributeDefinition { Id = newId(), Name = a.Key.Name, Kind = a.Value.Kind, Options = [.. a.Value.Options] });
            var added = classes[at].Attributes.AddRange(missing);
            if (added.Length > classes[at].Attributes.Length) classes[at] = classes[at] with { Attributes = added };
        }

        var extended = classes.ToImmutable();
        return extended.SequenceEqual(ontology.Classes) ? ontology : ontology with { Classes = extended };
    }

    /// <summary>The class of an annotation in the extended ontology.</summary>
    public LabelClass ClassOf(Ontology extended, DatasetAnnotation annotation)
    {
        var name = NameOf(annotation.ClassIndex);
        return extended.Classes.First(c => c.Name == name);
    }

    /// <summary>The attributes of an annotation by id; a value of another kind than the ontology's becomes that kind's where it can.</summary>
    public static ImmutableSortedDictionary<string, AttributeValue> AttributesOf(LabelClass known, DatasetAnnotation annotation) =>
        annotation.Attributes.Select(a => (Definition: known.Attributes.First(d => d.Name == a.Key), a.Value)).ToImmutableSortedDictionary(a => a.Definition.Id, a => Fit(a.Definition.Kind, a.Value), StringComparer.Ordinal);

    private string NameOf(int index)
    {
        var name = header.Classes[index].Name.Trim();
        return name.Length == 0 ? "unnamed" : name.Length > LongestName ? name[..LongestName] : name;
    }

    private static AttributeValue Fit(AttributeKind kind, AttributeValue value) => (kind, value) switch
    {
        (AttributeKind.Text or AttributeKind.Select, AttributeValue.Flag flag) => new AttributeValue.Text(flag.Value ? "true" : "false"),
        (AttributeKind.Text or AttributeKind.Select, AttributeValue.Number number) => new AttributeValue.Text(number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        (AttributeKind.Text, AttributeValue.Choices choices) => new AttributeValue.Text(string.Join(", ", choices.Values)),
        (AttributeKind.MultiSelect, AttributeValue.Text text) => new AttributeValue.Choices([text.Value]),
        _ => value,
    };

    private static AttributeKind KindOf(AttributeValue value) => value switch
    {
        AttributeValue.Flag => AttributeKind.Boolean,
        AttributeValue.Number => AttributeKind.Number,
        AttributeValue.Choices => AttributeKind.MultiSelect,
        _ => AttributeKind.Text,
    };

    private sealed class Usage(AttributeKind kind)
    {
        public AttributeKind Kind { get; private set; } = kind;

        public SortedSet<string> Options { get; } = new(StringComparer.Ordinal);

        // Values of several kinds under one name have only text in common.
        public void See(AttributeValue value)
        {
            if (KindOf(value) != Kind) Kind = AttributeKind.Text;
            if (Kind != AttributeKind.MultiSelect) Options.Clear();
            else if (value is AttributeValue.Choices choices) Options.UnionWith(choices.Values);
        }
    }
}

internal static class ClassLookup
{
    /// <summary>The place of the class of this name; −1 when there is none.</summary>
    public static int FindIndex(this ImmutableArray<LabelClass>.Builder classes, string name)
    {
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i].Name == name) return i;
        }

        return -1;
    }
}
