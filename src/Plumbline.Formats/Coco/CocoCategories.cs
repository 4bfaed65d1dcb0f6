using System.Text;
using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Coco;

/// <summary>One category of a COCO file.</summary>
/// <param name="Id">Its id as JSON.</param>
/// <param name="Class">What it says.</param>
internal sealed record CocoCategory(string Id, DatasetClass Class);

/// <summary>The categories of a COCO file.</summary>
internal sealed class CocoCategories(string file, CocoTask task, IssueLog issues)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<CocoCategory> items = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<CocoCategory> Items => items;

    /// <summary>Takes the categories of another file, of which this one speaks.</summary>
    public void AddRange(CocoCategories others) => items.AddRange(others.items);

    /// <summary>Makes up the category of an id that an annotation names.</summary>
    public void NameByNumber(string id)
    {
        if (seen.Add(id)) items.Add(new(id, new DatasetClass { Name = $"category {id.Trim('"')}", SourceId = id }));
    }

    /// <summary>Takes a category of the file; what cannot be used becomes an issue.</summary>
    public void Add(ReadOnlySpan<byte> element, long offset, int place)
    {
        string? id = null, name = null, parent = null;
        ReadOnlySpan<byte> points = default, edges = default;
        SkeletonDefinition? skeleton = null;
        try
        {
            if (!JsonGrammar.IsValid(element)) throw new FormatException("it is not valid JSON in UTF-8");
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = Encoding.UTF8.GetString(value);
                else if (key.SequenceEqual("name"u8)) name = JsonCursor.Text(value);
                else if (key.SequenceEqual("supercategory"u8)) parent = JsonCursor.Text(value);
                else if (task == CocoTask.Keypoints && key.SequenceEqual("keypoints"u8)) points = value;
                else if (task == CocoTask.Keypoints && key.SequenceEqual("skeleton"u8)) edges = value;
            }

            skeleton = CocoKeypoints.SkeletonOf(name ?? "", points, edges);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            issues.Error("broken-category", file, $"category at place {place}", null, $"{(e is JsonException ? "its keypoints are not valid JSON" : e.Message)}; it is left out.", new(Offset: offset));
            return;
        }

        if (id is null or "null" || string.IsNullOrEmpty(name))
            issues.Error("broken-category", file, name ?? $"category at place {place}", null, "a category needs an id and a name; it is left out.", new(Offset: offset));
        else if (!seen.Add(id))
            issues.Error("duplicate-id", file, $"category {name}", "id", $"another category has the id {id}; this one is left out.", new(Offset: offset));
        else
            items.Add(new(id, new DatasetClass { Name = name, Parent = string.IsNullOrEmpty(parent) ? null : parent, SourceId = id, Skeleton = skeleton, Raw = element.ToArray() }));
    }
}
