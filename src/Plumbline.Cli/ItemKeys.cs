using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Cli;

/// <summary>The keys by which images are grouped and stratified on the command line.</summary>
internal static class ItemKeys
{
    /// <summary>What the keys of groups may be, for help.</summary>
    public const string GroupKeys = "folder|regex:PATTERN|ATTRIBUTE";

    /// <summary>What the keys of strata may be, for help.</summary>
    public const string StratumKeys = "class|folder|none|ATTRIBUTE";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    /// <summary>Which group an image belongs to; a null group is the image alone.</summary>
    /// <exception cref="UsageException">The pattern is not one.</exception>
    public static Func<DatasetItem, string?> GroupBy(string key)
    {
        if (key == "folder") return item => TreePath.Folder(item.Path);
        if (!key.StartsWith("regex:", StringComparison.Ordinal)) return item => item.Attributes.TryGetValue(key, out var value) ? Text(value) : null;
        Regex pattern;
        try
        {
            pattern = new Regex(key["regex:".Length..], RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--group-by: {e.Message}");
        }

        return item => pattern.Match(item.Path) is { Success: true } match ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : null;
    }

    /// <summary>Which labels an image has, each as often as it counts.</summary>
    public static Func<DatasetItem, IEnumerable<string>> StratifyBy(string key, DatasetHeader header) => key switch
    {
        "none" => _ => [],
        "class" => item => item.Annotations.Select(a => header.Classes[a.ClassIndex].Name),
        "folder" => item => [TreePath.Folder(item.Path)],
        _ => item => Values(item.Attributes, key).Concat(item.Annotations.SelectMany(a => Values(a.Attributes, key))),
    };

    private static IEnumerable<string> Values(ImmutableSortedDictionary<string, AttributeValue> attributes, string key) => attributes.TryGetValue(key, out var value) ? [Text(value)] : [];

    private static string Text(AttributeValue value) => value switch
    {
        AttributeValue.Flag flag => flag.Value ? "true" : "false",
        AttributeValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        AttributeValue.Text text => text.Value,
        AttributeValue.Choices choices => string.Join(',', choices.Values),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
