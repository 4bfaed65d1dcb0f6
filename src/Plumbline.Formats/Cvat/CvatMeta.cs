using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.Cvat;

/// <summary>One <c>label</c> of the <c>meta</c> block.</summary>
internal sealed class CvatLabel
{
    public string Name { get; set; } = "";

    public string? Type { get; set; }

    public string? Color { get; set; }

    /// <summary>The skeleton it is a point of; null for a label of its own.</summary>
    public string? Parent { get; set; }

    public string? Svg { get; set; }

    public List<CvatAttributeSpec> Attributes { get; } = [];
}

/// <summary>One attribute of a label, as CVAT defines it.</summary>
internal sealed class CvatAttributeSpec
{
    public string Name { get; set; } = "";

    public bool Mutable { get; set; }

    /// <summary><c>checkbox</c>, <c>number</c>, <c>text</c>, <c>select</c> or <c>radio</c>.</summary>
    public string InputType { get; set; } = "text";

    public string Values { get; set; } = "";
}

/// <summary>The <c>meta</c> block of a file: labels, and for videos which frames there are and how large.</summary>
internal sealed partial class CvatMeta
{
    /// <summary>Labels in the order of the file, points of skeletons included.</summary>
    public List<CvatLabel> Labels { get; } = [];

    /// <summary>Frames of the task.</summary>
    public long? Size { get; private set; }

    /// <summary>Number of the first frame of the video that is in the task.</summary>
    public long? StartFrame { get; private set; }

    /// <summary>Number of the last frame of the video that may be in the task.</summary>
    public long? StopFrame { get; private set; }

    /// <summary>From frame to frame.</summary>
    public long Step { get; private set; } = 1;

    /// <summary>Columns and rows of the video.</summary>
    public PictureSize? OriginalSize { get; private set; }

    /// <summary>Reads the block.</summary>
    /// <exception cref="XmlException">Not well-formed.</exception>
    public static CvatMeta Read(ReadOnlyMemory<byte> element)
    {
        var meta = new CvatMeta();
        using var xml = XmlFragment.Open(element);
        var path = new List<string>();
        int? width = null, height = null;
        do
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    meta.Begin(path.Count > 0 ? path[^1] : "", xml.LocalName);
                    if (!xml.IsEmptyElement) path.Add(xml.LocalName);
                    break;
                case XmlNodeType.EndElement:
                    path.RemoveAt(path.Count - 1);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when path.Count > 1:
                    var text = xml.Value.Trim();
                    if (path[^2] == "original_size") _ = path[^1] == "width" ? width = Side(text) : height = Side(text);
                    else meta.Take(path[^2], path[^1], text);
                    break;
            }
        }
        while (xml.Read());
        if (width is { } w && height is { } h) meta.OriginalSize = new(w, h);
        return meta;
    }

    /// <summary>The classes that the labels are: points of skeletons belong to their skeleton.</summary>
    public IEnumerable<DatasetClass> Classes() => Labels.Where(l => l.Parent is null && l.Name.Length > 0).Select(l => new DatasetClass
    {
        Name = l.Name,
        Color = l.Color is { Length: 7 } color && color[0] == '#' ? color.ToLowerInvariant() : null,
        Shapes = CvatNames.ShapesOf(l.Type),
        Attributes = [.. l.Attributes.Where(a => a.Name.Length > 0).DistinctBy(a => a.Name).Select(CvatNames.DefinitionOf)],
        Skeleton = l.Type == "skeleton" ? SkeletonOf(l) : null,
    });

    private SkeletonDefinition? SkeletonOf(CvatLabel skeleton)
    {
        ImmutableArray<string> points = [.. Labels.Where(l => l.Parent == skeleton.Name && l.Name.Length > 0).Select(l => l.Name).Distinct(StringComparer.Ordinal)];
        if (points.IsEmpty) return null;
        var svg = skeleton.Svg ?? "";
        var nodes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match circle in Circle().Matches(svg))
        {
            if (Value(circle.Value, "data-node-id") is not { } node) continue;
            var named = Value(circle.Value, "data-label-name") is { } label ? points.IndexOf(label) : -1;
            nodes[node] = named >= 0 ? named : int.TryParse(node, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1;
        }

        var edges = ImmutableArray.CreateBuilder<SkeletonEdge>();
        foreach (Match line in Line().Matches(svg))
        {
            if (nodes.TryGetValue(Value(line.Value, "data-node-from") ?? "", out var from) && nodes.TryGetValue(Value(line.Value, "data-node-to") ?? "", out var to)
                && from >= 0 && from < points.Length && to >= 0 && to < points.Length) edges.Add(new(from, to));
        }

        var found = new SkeletonDefinition { Id = skeleton.Name, Name = skeleton.Name, Points = points, Edges = edges.DrainToImmutable() };
        return found with { Mirrored = MirroredPoints.Of(found) };
    }

    private static string? Value(string tag, string attribute)
    {
        var start = tag.IndexOf($" {attribute}=\"", StringComparison.Ordinal);
        if (start < 0) return null;
        start += attribute.Length + 3;
        var end = tag.IndexOf('"', start);
        return end < 0 ? null : System.Net.WebUtility.HtmlDecode(tag[start..end]);
    }

    private void Begin(string parent, string name)
    {
        if ((parent, name) == ("labels", "label")) Labels.Add(new());
        else if ((parent, name) == ("attributes", "attribute") && Labels.Count > 0) Labels[^1].Attributes.Add(new());
    }

    private void Take(string parent, string name, string text)
    {
        var label = Labels.Count > 0 ? Labels[^1] : null;
        var attribute = label is { Attributes.Count: > 0 } ? label.Attributes[^1] : null;
        switch (parent, name)
        {
            case ("label", "name") when label is not null: label.Name = text; break;
            case ("label", "type") when label is not null: label.Type = text; break;
            case ("label", "color") when label is not null: label.Color = text; break;
            case ("label", "parent") when label is not null: label.Parent = text; break;
            case ("label", "svg") when label is not null: label.Svg = text; break;
            case ("attribute", "name") when attribute is not null: attribute.Name = text; break;
            case ("attribute", "mutable") when attribute is not null: attribute.Mutable = text.Equals("true", StringComparison.OrdinalIgnoreCase); break;
            case ("attribute", "input_type") when attribute is not null: attribute.InputType = text; break;
            case ("attribute", "values") when attribute is not null: attribute.Values = text; break;
            case ("task" or "job", "size"): Size ??= Number(text); break;
            case ("task" or "job", "start_frame"): StartFrame ??= Number(text); break;
            case ("task" or "job", "stop_frame"): StopFrame ??= Number(text); break;
            case ("task" or "job", "frame_filter") when text.StartsWith("step=", StringComparison.Ordinal) && Number(text[5..].Trim()) is { } step and > 0: Step = step; break;
        }
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : null;

    [GeneratedRegex("<circle [^>]*>")]
    private static partial Regex Circle();

    [GeneratedRegex("<line [^>]*>")]
    private static partial Regex Line();
}
