using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.LabelStudio;

/// <summary>The labelling configuration that the written results ask for. The first control lists every class, so that order and colours are kept; others list what uses them.</summary>
internal sealed class LabelStudioConfigWriter(DatasetHeader header)
{
    private readonly SortedDictionary<string, SortedSet<int>> used = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, IReadOnlyList<string>> points = [];
    private readonly SortedDictionary<string, (string Element, SortedSet<string> Options)> attributes = new(StringComparer.Ordinal);

    /// <summary>The type of a result, which names the labels in its value too, and the control that draws it.</summary>
    public static (string Type, string Element) TypeOf(Shape shape) => shape switch
    {
        TagShape => ("choices", "Choices"),
        BoxShape or RotatedBoxShape => ("rectanglelabels", "RectangleLabels"),
        EllipseShape => ("ellipselabels", "EllipseLabels"),
        PolygonShape or PolylineShape => ("polygonlabels", "PolygonLabels"),
        PointShape => ("keypointlabels", "KeyPointLabels"),
        MaskShape => ("brushlabels", "BrushLabels"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The control for the keypoints of a class's objects.</summary>
    public static string KeypointControl(int place) => string.Create(CultureInfo.InvariantCulture, $"keypoints-{place + 1}");

    /// <summary>Takes note that a class uses a control.</summary>
    /// <returns>The control's name.</returns>
    public string Use(string element, int place)
    {
        if (!used.TryGetValue(element, out var classes)) used[element] = classes = [];
        classes.Add(place);
        return NameOf(element);
    }

    /// <summary>Takes note of an attribute of regions.</summary>
    public void UseAttribute(string name, AttributeValue value)
    {
        if (!attributes.TryGetValue(name, out var control)) attributes[name] = control = (value switch { AttributeValue.Number => "Number", AttributeValue.Text => "TextArea", _ => "Choices" }, new(StringComparer.Ordinal));
        if (value is AttributeValue.Flag) control.Options.UnionWith(["true", "false"]);
        else if (value is AttributeValue.Choices choices) control.Options.UnionWith(choices.Values);
    }

    /// <summary>Names of the keypoints of a class's objects: the skeleton's, else numbers.</summary>
    public IReadOnlyList<string> PointsOf(int place, int count)
    {
        if (header.Classes[place].Skeleton is { } skeleton && skeleton.Points.Length >= count) return points[place] = skeleton.Points;
        if (!points.TryGetValue(place, out var names) || names.Count < count) points[place] = names = [.. Enumerable.Range(1, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return names;
    }

    /// <summary>The file.</summary>
    public ReadOnlySpan<byte> Format()
    {
        var text = new Utf8Text().Add("<View>\n  <Image name=\"image\" value=\"$image\"/>\n"u8);
        Use("RectangleLabels", 0);
        Control(text, "RectangleLabels", Enumerable.Range(0, header.Classes.Length));
        foreach (var (element, classes) in used.Where(u => u.Key != "RectangleLabels")) Control(text, element, classes);
        foreach (var (place, names) in points)
        {
            text.Add("  <KeyPointLabels name=\""u8).Add(KeypointControl(place)).Add("\" toName=\"image\">\n"u8);
            for (var i = 0; i < names.Count; i++) text.Add("    <Label value=\""u8).AddXml(names[i]).Add("\" model_index=\""u8).Add((long)i).Add("\"/>\n"u8);
            text.Add("  </KeyPointLabels>\n"u8);
        }

        foreach (var (name, (element, options)) in attributes)
        {
            text.Add("  <"u8).Add(element).Add(" name=\""u8).AddXml(name).Add("\" toName=\"image\" perRegion=\"true\""u8).Add(element == "Choices" ? " choice=\"multiple\">\n"u8 : ">\n"u8);
            foreach (var option in options) text.Add("    <Choice alias=\"attribute\" value=\""u8).AddXml(option).Add("\"/>\n"u8);
            text.Add("  </"u8).Add(element).Add(">\n"u8);
        }

        return text.Add("</View>\n"u8).Written;
    }

    private void Control(Utf8Text text, string element, IEnumerable<int> classes)
    {
        text.Add("  <"u8).Add(element).Add(" name=\""u8).Add(NameOf(element)).Add("\" toName=\"image\">\n"u8);
        foreach (var place in classes)
        {
            var item = header.Classes.ElementAtOrDefault(place);
            if (item is null) continue;
            text.Add(element == "Choices" ? "    <Choice value=\""u8 : "    <Label value=\""u8).AddXml(item.Name);
            if (item.Color is { } color && element != "Choices") text.Add("\" background=\""u8).AddXml(color);
            text.Add("\"/>\n"u8);
        }

        text.Add("  </"u8).Add(element).Add(">\n"u8);
    }

    private static string NameOf(string element) => element switch { "RectangleLabels" => "box", "EllipseLabels" => "ellipse", "PolygonLabels" => "polygon", "KeyPointLabels" => "point", "BrushLabels" => "brush", _ => "class" };
}
