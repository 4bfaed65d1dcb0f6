using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Coco;

/// <summary>Which JSON files of a tree are COCO, and of which kind, judged from their first 256 KiB, and which split each holds.</summary>
internal static partial class CocoFiles
{
    private const int HeadBytes = 256 * 1024;
    private const int MaxCandidates = 1000;

    /// <summary>One annotation file.</summary>
    /// <param name="Path">In the tree.</param>
    /// <param name="Split">From its name or folder; null when neither says.</param>
    internal sealed record Choice(string Path, string? Split);

    /// <summary>What a JSON file is.</summary>
    internal enum Kind
    {
        None,

        /// <summary>Images, and annotations with boxes or outlines.</summary>
        Instances,

        /// <summary>Instances with keypoints.</summary>
        Keypoints,

        /// <summary>Annotations that list the segments of a picture.</summary>
        Panoptic,

        /// <summary>Images and categories without annotations.</summary>
        Images,

        /// <summary>A list of detections.</summary>
        Results,

        /// <summary>Captions, labels and the like.</summary>
        Other,
    }

    /// <summary>The kinds of all JSON files of a tree.</summary>
    internal static IReadOnlyList<(string Path, Kind Kind)> KindsIn(IFileTree tree) =>
        [.. tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(MaxCandidates).Select(f => (Path: f, Kind: KindOf(tree, f))).Where(f => f.Kind != Kind.None)];

    /// <summary>The files to read as instances, and the COCO files of other kinds beside them. Where <c>instances_*.json</c> exist, only those are read: the files beside them repeat the same images.</summary>
    internal static (IReadOnlyList<Choice> Chosen, IReadOnlyList<string> LeftOut) Choose(IFileTree tree)
    {
        var kinds = KindsIn(tree);
        var instances = kinds.Where(f => f.Kind == Kind.Instances).Select(f => f.Path).ToList();
        if (instances.Count == 0) instances = kinds.Where(f => f.Kind == Kind.Keypoints).Select(f => f.Path).ToList();
        if (instances.Count == 0) instances = kinds.Where(f => f.Kind == Kind.Images).Select(f => f.Path).ToList();
        var named = instances.Where(f => TreePath.FileName(f).StartsWith("instances", StringComparison.Ordinal)).ToList();
        var chosen = named.Count > 0 ? named : instances;
        return (Named(chosen), kinds.Select(f => f.Path).Except(chosen).ToList());
    }

    /// <summary>The files of one kind, and the others.</summary>
    internal static (IReadOnlyList<Choice> Chosen, IReadOnlyList<string> LeftOut) Choose(IFileTree tree, Kind kind)
    {
        var kinds = KindsIn(tree);
        var chosen = kinds.Where(f => f.Kind == kind).Select(f => f.Path).ToList();
        return (Named(chosen), kinds.Select(f => f.Path).Except(chosen).ToList());
    }

    /// <summary>The one JSON file of a tree that holds nothing else: what a user names is read, recognised or not.</summary>
    internal static Choice? OnlyJson(IFileTree tree) =>
        tree.Files.Count == 1 && TreePath.Extension(tree.Files[0]) == ".json" ? new Choice(tree.Files[0], null) : null;

    /// <summary>Where the pictures of a file may lie.</summary>
    internal static string[] PictureFolders(Choice file)
    {
        var folder = TreePath.Folder(file.Path);
        var root = TreePath.FileName(folder) == "annotations" ? TreePath.Folder(folder) : folder;
        string[] ofSplit = file.Split is { } split ? [TreePath.Join(root, $"images/{split}"), TreePath.Join(root, split)] : [];
        return [.. ofSplit, TreePath.Join(root, "images"), root, folder];
    }

    // A split must tell files apart; where two files claim one, their paths do.
    private static List<Choice> Named(List<string> files)
    {
        var choices = files.Select(f => new Choice(f, SplitOf(f))).ToList();
        if (choices.Count > 1 && choices.Select(c => c.Split).Distinct().Count() < choices.Count) choices = files.Select(f => new Choice(f, TreePath.Stem(f).Replace('/', '-'))).ToList();
        return [.. choices.OrderBy(c => c.Split, StringComparer.Ordinal)];
    }

    internal static string? SplitOf(string path)
    {
        var name = TreePath.FileName(TreePath.Stem(path));
        if (SplitSuffix().Match(name) is { Success: true } match) return match.Groups["split"].Value;
        var folder = TreePath.FileName(TreePath.Folder(path));
        return SplitNames.Is(folder) ? folder : SplitNames.Is(name) ? name : null;
    }

    [GeneratedRegex("^(?:instances|annotations|labels|person_keypoints|stuff|panoptic|results|image_info)_(?<split>[A-Za-z0-9-]+)$")]
    private static partial Regex SplitSuffix();

    private static Kind KindOf(IFileTree tree, string path)
    {
        var bytes = FileHead.Read(tree, path, HeadBytes);
        var kind = Judge(bytes);
        // Where the content leaves it open, the name tells: a split may have no keypoints, a list no detections.
        if (kind == Kind.Keypoints && TreePath.FileName(path).StartsWith("instances", StringComparison.Ordinal)) return Kind.Instances;
        if (kind == Kind.Instances && TreePath.FileName(path).StartsWith("person_keypoints", StringComparison.Ordinal)) return Kind.Keypoints;
        return kind == Kind.None && bytes.Length < 16 && bytes.StartsWith("["u8) && bytes.Trim("[] \t\r\n"u8).IsEmpty && TreePath.FileName(path).StartsWith("results", StringComparison.Ordinal) ? Kind.Results : kind;
    }

    private static Kind Judge(ReadOnlySpan<byte> head)
    {
        var reader = new Utf8JsonReader(head, isFinalBlock: false, default);
        string? section = null;
        bool images = false, annotations = false, categories = false, instance = false, keypoints = false, segments = false, other = false, imageFields = false;
        try
        {
            if (!reader.Read()) return Kind.None;
            if (reader.TokenType == JsonTokenType.StartArray) return IsResult(ref reader) ? Kind.Results : Kind.None;
            if (reader.TokenType != JsonTokenType.StartObject) return Kind.None;
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
                    keypoints |= key == "keypoints";
                    segments |= key == "segments_info";
                    other |= key == "caption";
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

        if (segments) return Kind.Panoptic;
        if (other && !instance) return Kind.Other;
        if (instance && (annotations || images)) return keypoints ? Kind.Keypoints : Kind.Instances;
        if (!images || !imageFields) return Kind.None;
        return annotations || head.Length == HeadBytes ? Kind.Instances : categories ? Kind.Images : Kind.None;
    }

    // The first element of the list has an image, a category and something to place.
    private static bool IsResult(ref Utf8JsonReader reader)
    {
        bool image = false, category = false, place = false;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 1))
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 2) continue;
            image |= reader.ValueTextEquals("image_id"u8);
            category |= reader.ValueTextEquals("category_id"u8);
            place |= reader.ValueTextEquals("bbox"u8) || reader.ValueTextEquals("segmentation"u8) || reader.ValueTextEquals("keypoints"u8);
        }

        return image && category && place;
    }
}
