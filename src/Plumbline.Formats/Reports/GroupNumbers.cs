using System.Globalization;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Reports;

/// <summary>Groups as the positive whole numbers that most formats have for them. Numbers stay; a name becomes the lowest number that the image does not use, which is reported.</summary>
/// <param name="format">The target.</param>
/// <param name="losses">Where losses go.</param>
internal sealed class GroupNumbers(DatasetFormat format, LossReport losses)
{
    private static readonly Dictionary<string, int> None = [];
    private readonly LossKind renamed = new("group", "groupId", $"{format.Title} has numbers for groups; another name becomes one.");

    /// <summary>The number of each group of an image.</summary>
    public IReadOnlyDictionary<string, int> Of(DatasetItem item)
    {
        Dictionary<string, int>? numbers = null;
        foreach (var annotation in item.Annotations)
        {
            if (annotation.GroupId is { } id && IsNumber(id, out var number)) (numbers ??= new(StringComparer.Ordinal))[id] = number;
        }

        var used = numbers is null ? [] : numbers.Values.ToHashSet();
        var next = 1;
        foreach (var annotation in item.Annotations)
        {
            if (annotation.GroupId is not { } id || IsNumber(id, out _)) continue;
            losses.Add(renamed, item, annotation);
            if (numbers?.ContainsKey(id) == true) continue;
            while (!used.Add(next)) next++;
            (numbers ??= new(StringComparer.Ordinal))[id] = next;
        }

        return numbers ?? None;
    }

    private static bool IsNumber(string id, out int number) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number.ToString(CultureInfo.InvariantCulture) == id;
}
