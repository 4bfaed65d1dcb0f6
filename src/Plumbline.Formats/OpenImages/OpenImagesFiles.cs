using System.Text.Json;
using Plumbline.Formats.Csv;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.OpenImages;

/// <summary>What a table holds, told by its columns.</summary>
internal enum OpenImagesTable
{
    Images,
    Boxes,
    ImageLabels,
    Masks,
}

/// <summary>One table of a tree.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Subset">From its name (<c>train-annotations-bbox.csv</c>); null when that does not say.</param>
internal sealed record OpenImagesFile(string Path, OpenImagesTable Kind, string? Subset);

/// <summary>The tables of a tree, class descriptions and the tree of classes.</summary>
internal static class OpenImagesFiles
{
    private const int MaxCandidates = 500;
    private static readonly string[] Subsets = ["train", "validation", "test", "challenge-2018", "val"];

    /// <summary>Tables of annotations and of images, ordered by path, and the file of class descriptions.</summary>
    public static (List<OpenImagesFile> Tables, string? Descriptions) Of(IFileTree tree)
    {
        var tables = new List<OpenImagesFile>();
        string? descriptions = null;
        foreach (var file in tree.Files.Where(f => TreePath.Extension(f) == ".csv").Take(MaxCandidates))
        {
            if (TreePath.FileName(file).Contains("class-descriptions", StringComparison.Ordinal)) descriptions ??= file;
            else if (KindOf(Head(tree, file)) is { } kind) tables.Add(new(file, kind, SubsetOf(file)));
        }

        return (tables, descriptions);
    }

    /// <summary>Display names by label name, in the order of the file; the header line that newer files have is none.</summary>
    public static List<(string Label, string Name)> Descriptions(IFileTree tree, string file, IssueLog issues)
    {
        var names = new List<(string, string)>();
        using var stream = tree.OpenRead(file);
        using var lines = new LineScanner(stream, file, quotes: true);
        while (lines.Next(out var line))
        {
            if (line.TrimEnd("\r "u8).IsEmpty) continue;
            try
            {
                var fields = CsvFields.Split(line.StartsWith("\uFEFF"u8) ? line[3..] : line, ',');
                if (fields.Count >= 2 && fields[0].Length > 0 && !(lines.Line == 1 && fields[0] == "LabelName")) names.Add((fields[0], fields[1]));
            }
            catch (FormatException e)
            {
                issues.Error("bad-row", file, null, null, $"{e.Message}; the row is left out.", new(Line: lines.Line));
            }
        }

        return names;
    }

    /// <summary>The label above each label, from the hierarchy file; empty when there is none.</summary>
    public static Dictionary<string, string> Parents(IFileTree tree)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = tree.Files.FirstOrDefault(f => TreePath.FileName(f) is var name && name.EndsWith("hierarchy.json", StringComparison.Ordinal));
        using var document = file is null ? null : JsonFiles.TryRead(tree, file, null);
        if (document is not null) Add(document.RootElement, parents, isRoot: true);
        return parents;
    }

    // Nesting is bounded by the parser.
    private static void Add(JsonElement node, Dictionary<string, string> parents, bool isRoot)
    {
        var name = node.TextField("LabelName");
        foreach (var field in (string[])["Subcategory", "Part"])
        {
            foreach (var child in node.Field(field).Elements())
            {
                if (!isRoot && name is not null && child.TextField("LabelName") is { } label) parents.TryAdd(label, name);
                Add(child, parents, isRoot: false);
            }
        }
    }

    /// <summary>The columns of a table; empty when its first row is broken.</summary>
    public static List<string> Head(IFileTree tree, string file)
    {
        try
        {
            using var stream = tree.OpenRead(file);
            using var lines = new LineScanner(stream, file, quotes: true);
            return lines.Next(out var line) ? CsvFields.Split(line.StartsWith("\uFEFF"u8) ? line[3..] : line, ',') : [];
        }
        catch (Exception e) when (e is FormatException or DatasetFormatException)
        {
            return [];
        }
    }

    private static OpenImagesTable? KindOf(List<string> columns)
    {
        if (!columns.Contains("ImageID")) return null;
        if (columns.Contains("MaskPath")) return OpenImagesTable.Masks;
        if (columns.Contains("XMin") && columns.Contains("LabelName")) return OpenImagesTable.Boxes;
        if (columns.Contains("LabelName") && columns.Contains("Confidence")) return OpenImagesTable.ImageLabels;
        return columns.Contains("Subset") ? OpenImagesTable.Images : null;
    }

    private static string? SubsetOf(string file)
    {
        var name = TreePath.FileName(file);
        if (name.StartsWith("oidv6-", StringComparison.Ordinal)) name = name[6..];
        if (Subsets.FirstOrDefault(s => name.StartsWith(s + "-", StringComparison.Ordinal)) is { } known) return known;
        var cut = name.IndexOf("-annotations-", StringComparison.Ordinal);
        return cut > 0 ? name[..cut] : null;
    }
}
