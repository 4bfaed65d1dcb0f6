using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Yolo;

/// <summary>The class names of a YOLO dataset and, from <c>data.yaml</c> or darknet's <c>.data</c>, where its splits are.</summary>
/// <param name="File">Where the names were found.</param>
/// <param name="Names">In the order of class numbers.</param>
/// <param name="Splits">Split names with the paths they list, as written.</param>
/// <param name="IsUltralytics">Whether the file is a <c>data.yaml</c>.</param>
/// <param name="Task">The task that it names; null when it names none.</param>
/// <param name="Points">Its skeleton; null when it has none.</param>
internal sealed record YoloNames(
    string File, ImmutableArray<string> Names, ImmutableArray<(string Split, string Path)> Splits, bool IsUltralytics, YoloTask? Task = null, YoloPoints? Points = null)
{
    private const int MaxBytes = 4 << 20;
    private static readonly string[] DarknetLists = ["train", "val", "valid", "test"];

    /// <summary>The folder that paths of this file start from.</summary>
    public string Folder => TreePath.Folder(File);

    /// <summary>Looks for <c>*.yaml</c> with names, <c>obj.names</c> and its like, <c>notes.json</c>, <c>classes.txt</c>; the one nearest to the root counts. Null when there is none.</summary>
    public static YoloNames? Find(IFileTree tree)
    {
        foreach (var file in tree.Files.Where(IsYaml).OrderBy(Depth))
        {
            if (YoloYaml.TryRead(Text(tree, file), file) is { } yaml) return yaml;
        }

        var list = tree.Files.Where(f => TreePath.Extension(f) == ".names" || TreePath.FileName(f) is "classes.txt" or "obj.names" or "predefined_classes.txt").OrderBy(Depth).FirstOrDefault();
        if (list is not null) return new(list, [.. Lines(Text(tree, list))], DarknetSplits(tree, list), false);
        var notes = tree.Files.Where(f => TreePath.FileName(f) == "notes.json").OrderBy(Depth).FirstOrDefault();
        return notes is null ? null : FromNotes(tree, notes);
    }

    private static bool IsYaml(string file) => TreePath.Extension(file) is ".yaml" or ".yml";

    private static int Depth(string file) => file.Count(c => c == '/');

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Text(IFileTree tree, string file)
    {
        using var stream = tree.OpenRead(file);
        var bytes = new byte[MaxBytes];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length == MaxBytes) throw new DatasetFormatException(file, "a list of names of over 4 MiB is not read.");
        return Encoding.UTF8.GetString(bytes.AsSpan(0, length)).TrimStart('\uFEFF');
    }

    // Label Studio: {"categories":[{"id":0,"name":"bus"}],…}; the classes.txt beside it, read first, says the same.
    private static YoloNames? FromNotes(IFileTree tree, string file)
    {
        try
        {
            using var json = JsonDocument.Parse(Text(tree, file));
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("categories", out var categories) || categories.ValueKind != JsonValueKind.Array) return null;
            var names = categories.EnumerateArray().OrderBy(c => c.GetProperty("id").GetInt64()).Select(c => c.GetProperty("name").GetString() ?? "");
            return new(file, [.. names], [], false);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DatasetFormatException(file, $"its categories cannot be read: {e.Message}", inner: e);
        }
    }

    // Darknet: train.txt, valid.txt, test.txt beside the names list the pictures.
    private static ImmutableArray<(string, string)> DarknetSplits(IFileTree tree, string names)
    {
        var folder = TreePath.Folder(names);
        return [.. DarknetLists.Select(s => (Split: s, Path: TreePath.Join(folder, s + ".txt"))).Where(s => tree.Exists(s.Path)).Select(s => (s.Split, TreePath.FileName(s.Path)))];
    }
}
