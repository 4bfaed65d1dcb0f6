using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.Cvat;

/// <summary>The first pass: labels, where each image stands, tracks with their keyframes.</summary>
internal sealed class CvatIndex(IssueLog issues)
{
    private const string DefaultSubset = "default";
    private readonly ItemPaths paths = new(issues);
    private readonly List<DatasetClass> classes = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>One image or frame.</summary>
    internal sealed record Entry(string? Split, string Path, int File, long Offset, int Length, int Line, string? Id, PictureSize? Size, CvatVideo? Video = null, long? Frame = null);

    /// <summary>Images and frames, ordered by split, then path.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Labels in the order of the files: first those that the meta blocks define, then those that shapes name.</summary>
    public ImmutableArray<DatasetClass> Classes => [.. classes];

    /// <summary>Place of a label among the classes; null when there is none of this name.</summary>
    public int? ClassOf(string? label) => !string.IsNullOrEmpty(label) && places.TryGetValue(label, out var place) ? place : null;

    /// <summary>Reads one file through.</summary>
    /// <exception cref="DatasetFormatException">It cannot be read on.</exception>
    public void Add(Stream stream, CvatFiles.Choice file, int number, CancellationToken cancellationToken)
    {
        using var xml = new XmlFile(stream, file.Path);
        if (xml.Root != "annotations") throw new DatasetFormatException(file.Path, $"the root is <{xml.Root}>; CVAT's is <annotations>.");
        CvatMeta? meta = null;
        var videos = new SortedDictionary<string, (string? Split, CvatVideo Video)>(StringComparer.Ordinal);
        while (xml.Next(out var child, out var offset))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tag = new XmlTag(child[..XmlSkip.Tag(child, 0)]);
            try
            {
                if (tag.Name.SequenceEqual("meta"u8)) AddClasses(meta = CvatMeta.Read(child.ToArray()));
                else if (tag.Name.SequenceEqual("image"u8)) AddImage(tag, child, offset, xml.Line, file, number);
                else if (tag.Name.SequenceEqual("track"u8)) AddTrack(tag, child, xml.Line, file, videos);
            }
            catch (XmlException e)
            {
                issues.Error("bad-xml", file.Path, null, null, $"<{XmlTag.Decode(tag.Name)}> is not valid XML: {e.Message} It is left out.", new(Line: xml.Line + e.LineNumber - 1));
            }
        }

        foreach (var (task, (split, video)) in videos) AddFrames(video, split, videos.Count > 1 ? $"task_{task}/" : "", meta, file, number);
    }

    /// <summary>Call once, when all files are added.</summary>
    public void Sort() => Entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path));

    private void AddClasses(CvatMeta meta)
    {
        foreach (var item in meta.Classes())
        {
            if (places.TryAdd(item.Name, classes.Count)) classes.Add(item);
        }
    }

    private void AddClass(ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty) return;
        var name = XmlTag.Decode(label);
        if (places.TryAdd(name, classes.Count)) classes.Add(new DatasetClass { Name = name });
    }

    private static string? SplitOf(XmlTag tag, CvatFiles.Choice file) => tag.Text("subset"u8) is { Length: > 0 } subset ? subset == DefaultSubset ? null : subset : file.Split;

    private void AddImage(XmlTag tag, ReadOnlySpan<byte> child, long offset, int line, CvatFiles.Choice file, int number)
    {
        AddLabels(child);
        var id = tag.Text("id"u8);
        var split = SplitOf(tag, file);
        var position = new FilePosition(Line: line, Offset: offset);
        if (paths.Take(split, tag.Text("name"u8), file.Path, $"image {id}", "name", position) is not { } path) return;
        PictureSize? size = Side(tag.Text("width"u8)) is { } width && Side(tag.Text("height"u8)) is { } height ? new(width, height) : null;
        Entries.Add(new(split, path, number, offset, child.Length, line, Json(id), size));
    }

    // Direct children only: labels inside a skeleton name its points.
    private void AddLabels(ReadOnlySpan<byte> child)
    {
        for (var at = XmlSkip.Tag(child, 0); XmlSkip.Misc(child, at) is var start and >= 0 && child[start + 1] != (byte)'/';)
        {
            var inner = new XmlTag(child[start..XmlSkip.Tag(child, start)]);
            if (inner.TryGet("label"u8, out var label)) AddClass(label);
            at = XmlSkip.Element(child, start);
            if (at < 0) return; // the second pass says what is wrong with it
        }
    }

    private void AddTrack(XmlTag tag, ReadOnlySpan<byte> child, int line, CvatFiles.Choice file, SortedDictionary<string, (string? Split, CvatVideo Video)> videos)
    {
        var id = tag.Text("id"u8) ?? "";
        var label = tag.Text("label"u8);
        if (tag.TryGet("label"u8, out var name)) AddClass(name);
        var group = tag.Text("group_id"u8) is { Length: > 0 } given and not "0" ? given : null;
        var source = tag.Text("source"u8);
        var keyframes = new SortedDictionary<long, CvatShape>();
        var between = new Dictionary<long, CvatShape>();
        using (var xml = XmlFragment.Open(child.ToArray()))
        {
            if (!xml.IsEmptyElement && xml.Read())
            {
                while (CvatShapeXml.MoveToShape(xml))
                {
                    var shape = CvatShapeXml.Read(xml, out var fault);
                    if (shape is null) issues.Error("bad-shape", file.Path, $"track {id}", null, $"{fault}; the shape is left out.", new(Line: line));
                    else if (shape.IsKeyframe) keyframes[shape.Frame] = Whole(shape);
                    else between[shape.Frame] = Whole(shape);
                }
            }
        }

        if (keyframes.Count == 0)
        {
            issues.Warning("no-keyframe", file.Path, $"track {id}", null, "the track has no keyframe; it is left out.", new(Line: line));
            return;
        }

        var task = tag.Text("task_id"u8) ?? "";
        if (!videos.TryGetValue(task, out var video)) videos[task] = video = (SplitOf(tag, file), new CvatVideo());
        video.Video.Tracks.Add(new(id, [.. keyframes.Values], between, line));

        CvatShape Whole(CvatShape shape) => shape with { Label = label, Group = group, Source = shape.Source ?? source, Line = line + shape.Line - 1 };
    }

    private void AddFrames(CvatVideo video, string? split, string folder, CvatMeta? meta, CvatFiles.Choice file, int number)
    {
        foreach (var frame in video.Frames(meta, file.Path))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{folder}frame_{frame:D6}.png");
            if (paths.Take(split, name, file.Path, $"frame {frame}", "frame", default) is { } path) Entries.Add(new(split, path, number, 0, 0, 1, null, meta?.OriginalSize, video, frame));
        }
    }

    private static string? Json(string? id) => id is null ? null : long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : $"\"{System.Text.Json.JsonEncodedText.Encode(id)}\"";

    private static int? Side(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : null;
}
