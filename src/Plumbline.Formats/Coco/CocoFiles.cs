using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Coco;

/// <summary>Which JSON files of a tree are COCO instances, judged from their first 256 KiB, and which split each holds.</summary>
internal static partial class CocoFiles
{
    private const int HeadBytes = 256 * 1024;
    private const int MaxCandidates = 1000;

    /// <summary>One annotation file.</summary>
    /// <param name="Path">In the tree.</param>
    /// <param name="Split">From its name or folder; null when neither says.</param>
    internal readonly record struct Choice(string Path, string? Split);

    private enum Kind
    {
        None,
        Instances,
        OtherCoco,
    }

    /// <summary>The files to read, and the COCO files of other kinds beside them. Where <c>instances_*.json</c> exist, only those are read: the files beside them repeat the same images.</summary>
    internal static (IReadOnlyList<Choice> Chosen, IReadOnlyList<string> LeftOut) Choose(IFileTree tree)
    {
        var kinds = tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(MaxCandidates).Select(f => (Path: f, Kind: KindOf(tree, f))).Where(f => f.Kind != Kind.None).ToList();
        var instances = kinds.Where(f => f.Kind == Kind.Instances).Select(f => f.Path).ToList();
        var named = instances.Where(f => TreePath.FileName(f).StartsWith("instances", StringComparison.Ordinal)).ToList();
        var chosen = named.Count > 0 ? named : instances;
        return (Named(chosen), kinds.Select(f => f.Path).Except(chosen).ToList());
    }

    /// <summary>The one JSON file of a tree that holds nothing else: what a user names is read, recognised or not.</summary>
    internal static Choice? OnlyJson(IFileTree tree) =>
        tree.Files.Count == 1 && TreePath.Extension(tree.Files[0]) == ".json" ? new Choice(tree.Files[0], null) : null;

    // A split must tell files apart; where two files claim one, their paths do.
    private static List<Choice> Named(List<string> files)
    {
        var choices = files.Select(f => new Choice(f, SplitOf(f))).ToList();
        if (choices.Count > 1 && choices.Select(c => c.Split).Distinct().Count() < choices.Count) choices = files.Select(f => new Choice(f, TreePath.Stem(f).Replace('/', '-'))).ToList();
        return [.. choices.OrderBy(c => c.Split, StringComparer.Ordinal)];
    }

    private static string? SplitOf(string path)
    {
        var name = TreePath.FileName(TreePath.Stem(path));
        if (SplitSuffix().Match(name) is { Success: true } match) return match.Groups["split"].Value;
        var folder = TreePath.FileName(TreePath.Folder(path));
        return SplitNames.Is(folder) ? folder : SplitNames.Is(name) ? name : null;
    }

    [GeneratedRegex("^(?:instances|annotations|labels|person_keypoints|stuff)_(?<split>[A-Za-z0-9-]+)$")]
    private static partial Regex SplitSuffix();

    private static Kind KindOf(IFileTree tree, string path)
    {
        var head = new byte[HeadBytes];
        int length;
        using (var stream = tree.OpenRead(path)) length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var bytes = head.AsSpan(0, length);
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return Judge(bytes);
    }

    private static Kind Judge(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, default);
        string? section = null;
        bool images = false, annotations = false, categories = false, instance = false, other = false, imageFields = false;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Kind.None;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                var key = reader.GetString();
                if (reader.CurrentDepth == 1)
                {
                    section = key;
                    images |= key == "images";
                    annotations |= key == "annotations";
                    categories |= key == "categories";
                }
                else if (section == "annotations" && reader.CurrentDepth == 3)
                {
                    instance |= key is "bbox" or "segmentation";
                    other |= key is "segments_info" or "caption";
                }
                else if (section == "images" && reader.CurrentDepth == 3)
                {
                    imageFields |= key is "file_name";
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Judged by what came before; reading it will say where it is broken.
        }

        if (other && !instance) return Kind.OtherCoco;
        if (instance && (annotations || images)) return Kind.Instances;
        return images && imageFields && (annotations || categories || head.Length == HeadBytes) ? Kind.Instances : Kind.None;
    }
}
