using System.Globalization;
using System.Runtime.InteropServices;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Checks;

/// <summary>How often each value of each attribute of each class occurs. Attributes with very many values (free text, measurements) are left out when asked for choices.</summary>
internal sealed class AttributeCounts(CheckContext context)
{
    private const int MostChoices = 50;
    private readonly SortedDictionary<(string Class, string Attribute), Dictionary<string, long>> counts = [];

    public void Look(CheckedImage image)
    {
        foreach (var item in image.Objects)
        {
            if (item.Attributes is not { IsEmpty: false } attributes) continue;
            foreach (var (name, value) in attributes)
            {
                var key = (context.Classes[item.ClassIndex], name);
                if (!counts.TryGetValue(key, out var values)) counts[key] = values = new(StringComparer.Ordinal);
                foreach (var text in TextsOf(value))
                {
                    if (values.Count <= MostChoices || values.ContainsKey(text)) CollectionsMarshal.GetValueRefOrAddDefault(values, text, out _)++;
                }
            }
        }
    }

    /// <summary>Every attribute with its values, the commonest first, where there are at most 50.</summary>
    public IEnumerable<(string Class, string Attribute, IReadOnlyList<KeyValuePair<string, long>> Values)> Choices =>
        counts.Where(c => c.Value.Count is > 0 and <= MostChoices)
            .Select(c => (c.Key.Class, c.Key.Attribute, (IReadOnlyList<KeyValuePair<string, long>>)[.. c.Value.OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)]));

    /// <summary>Attributes that occur, by class.</summary>
    public bool Occurs(string className, string attribute) => counts.ContainsKey((className, attribute));

    /// <summary>The values of an attribute as text; several for a multi-select.</summary>
    public static IEnumerable<string> TextsOf(AttributeValue value) => value switch
    {
        AttributeValue.Flag flag => [flag.Value ? "true" : "false"],
        AttributeValue.Number number => [number.Value.ToString(CultureInfo.InvariantCulture)],
        AttributeValue.Text text => [text.Value],
        AttributeValue.Choices choices => choices.Values,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
