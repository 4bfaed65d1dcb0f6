using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>What values one attribute has in a dataset.</summary>
internal sealed class AttributeUse
{
    private const int MostWords = OntologyValidation.MaximumParts;
    private readonly SortedSet<string> words = new(StringComparer.Ordinal);
    private AttributeKind? kind;
    private bool tooManyWords;
    private double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;

    /// <summary>How many values were seen.</summary>
    public long Count { get; private set; }

    /// <summary>Takes note of a value. Values of several kinds under one name have only text in common.</summary>
    public void See(AttributeValue value)
    {
        Count++;
        var seen = KindOf(value);
        kind = kind is null || kind == seen ? seen : AttributeKind.Text;
        if (value is AttributeValue.Number number) (lowest, highest) = (Math.Min(lowest, number.Value), Math.Max(highest, number.Value));
        if (value is AttributeValue.Text text) Add(text.Value);
        if (value is AttributeValue.Choices choices)
        {
            foreach (var choice in choices.Values) Add(choice);
        }
    }

    /// <summary>A definition that holds all values seen.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="declared">What the dataset says about it; null when it says nothing.</param>
    public AttributeDefinition Define(string id, string name, AttributeDefinition? declared)
    {
        var options = declared?.Options.Concat(words.Except(declared.Options)).ToImmutableArray() ?? [.. words];
        var fits = declared is not null && (kind is null || Holds(declared.Kind, kind.Value));
        var wanted = fits ? declared!.Kind : kind ?? AttributeKind.Text; // what fits was declared
        if (wanted is AttributeKind.Select or AttributeKind.MultiSelect && (tooManyWords || !OntologyNames.AreUsable(options))) wanted = AttributeKind.Text;
        return new AttributeDefinition
        {
            Id = id,
            Name = name,
            Kind = wanted,
            Required = declared?.Required ?? false,
            Immutable = declared?.Immutable ?? false,
            Minimum = wanted == AttributeKind.Number && lowest >= declared?.Minimum ? declared.Minimum : null,
            Maximum = wanted == AttributeKind.Number && highest <= declared?.Maximum ? declared.Maximum : null,
            Options = wanted is AttributeKind.Select or AttributeKind.MultiSelect ? options : [],
        };
    }

    private void Add(string word)
    {
        if (words.Count < MostWords) words.Add(word);
        else tooManyWords |= !words.Contains(word);
    }

    private static bool Holds(AttributeKind declared, AttributeKind seen) => declared == seen || (declared == AttributeKind.Select && seen == AttributeKind.Text);

    private static AttributeKind KindOf(AttributeValue value) => value switch
    {
        AttributeValue.Flag => AttributeKind.Boolean,
        AttributeValue.Number => AttributeKind.Number,
        AttributeValue.Choices => AttributeKind.MultiSelect,
        _ => AttributeKind.Text,
    };
}
