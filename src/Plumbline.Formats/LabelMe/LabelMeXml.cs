using System.Globalization;
using System.Xml;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.LabelMe;

/// <summary>The XML of the MIT web tool: polygons of <c>pt</c>, boxes, masks as pictures in <c>Masks/</c>, parts of objects.</summary>
internal static class LabelMeXml
{
    private sealed class Found
    {
        public string Name { get; set; } = "";

        public string? Id { get; set; }

        public bool IsDeleted { get; set; }

        public bool IsBox { get; set; }

        public string? Occluded { get; set; }

        public string? Attributes { get; set; }

        public string? Mask { get; set; }

        public List<string> Parts { get; } = [];

        public List<Point2> Points { get; } = [];

        public double?[] Box { get; } = new double?[4];

        public string? Fault { get; set; }
    }

    /// <summary>Labels of a file; none when it cannot be read.</summary>
    public static IEnumerable<string> Labels(IFileTree tree, string file)
    {
        try
        {
            return Parse(tree, file).Objects.Where(o => !o.IsDeleted && o.Name.Length > 0).Select(o => o.Name).Distinct();
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>Reads one file; null when it is broken, which is an issue.</summary>
    public static DatasetItem? Read(DatasetSource source, string file, string stem, string? split, IReadOnlyDictionary<string, int> classes, IssueLog issues)
    {
        try
        {
            var (objects, name, size) = Parse(source.Tree, file);
            var extension = name is not null && PictureFinder.IsPicture(name) ? name[TreePath.Stem(name).Length..] : ".jpg";
            var path = stem + extension;
            var picture = source.Pictures.Find(path, TreePath.Folder(file).Replace("Annotations", "Images", StringComparison.Ordinal), "Images", split ?? "", TreePath.Folder(file));
            var annotations = new List<DatasetAnnotation>();
            var groups = Groups(objects);
            foreach (var found in objects.Where(o => !o.IsDeleted))
            {
                try
                {
                    if (found.Name.Length == 0) throw new FormatException("an object has no name");
                    annotations.Add(Annotation(source.Tree, file, found, classes, groups));
                }
                catch (Exception e) when (e is FormatException or ArgumentException or InvalidDataException)
                {
                    issues.Error("bad-shape", file, $"{path}#{found.Id}", null, $"{e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; it is left out.");
                }
            }

            return new DatasetItem { Path = path, Split = split, Size = size ?? PictureSize.Of(picture), Picture = picture, Annotations = annotations };
        }
        catch (XmlException e)
        {
            issues.Error("bad-xml", file, null, null, $"not LabelMe XML: {e.Message} The file is left out.", new(e.LineNumber, e.LinePosition));
        }
        catch (InvalidDataException e)
        {
            issues.Error("bad-xml", file, null, null, $"{e.Message}; the file is left out.");
        }

        return null;
    }

    private static DatasetAnnotation Annotation(IFileTree tree, string file, Found found, IReadOnlyDictionary<string, int> classes, Dictionary<string, string> groups)
    {
        if (found.Fault is { } fault) throw new FormatException(fault);
        var attributes = DatasetAnnotation.NoAttributes;
        if (found.Occluded == "yes") attributes = attributes.Add("occluded", new AttributeValue.Flag(true));
        if (!string.IsNullOrEmpty(found.Attributes)) attributes = attributes.SetItem("attributes", new AttributeValue.Text(found.Attributes));
        Shape shape = found switch
        {
            { Mask: { } mask } => new MaskShape(MaskOf(tree, file, mask)),
            { IsBox: true, Points.Count: > 1 } => new BoxShape(Box.Around([.. found.Points])),
            { Points.Count: > 2 } => new PolygonShape(Polygon.FromRing([.. found.Points])),
            { Box: [{ } left, { } top, { } right, { } bottom] } when right >= left && bottom >= top => new BoxShape(new Box(left, top, right - left, bottom - top)),
            _ => throw new FormatException("the object has neither three points nor a box nor a mask"),
        };
        return new DatasetAnnotation { ClassIndex = classes[found.Name], Shape = shape, Attributes = attributes, SourceId = found.Id, GroupId = found.Id is { } id ? groups.GetValueOrDefault(id) : null };
    }

    private static Mask MaskOf(IFileTree tree, string file, string name)
    {
        var folder = TreePath.Folder(file).Replace("Annotations", "Masks", StringComparison.Ordinal);
        if (!TreePath.TryNormalise(TreePath.Join(folder, name), out var path) || !tree.Exists(path)) throw new FormatException($"there is no mask {name}");
        using var stream = tree.OpenRead(path);
        var png = PngReader.Read(stream);
        var bitmap = Array.ConvertAll(png.Labels(), v => v != 0 ? (byte)1 : (byte)0);
        return Mask.FromBitmap(bitmap, png.Width, png.Height);
    }

    // An object and its parts, and the parts of those, are one group, called by the whole.
    private static Dictionary<string, string> Groups(List<Found> objects)
    {
        var byId = objects.Where(o => o.Id is not null).DistinctBy(o => o.Id).ToDictionary(o => o.Id!, StringComparer.Ordinal); // filtered
        var whole = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in objects.Where(o => o.Parts.Count > 0 && o.Id is not null))
        {
            foreach (var part in found.Parts.Where(byId.ContainsKey)) whole.TryAdd(part, found.Id!); // filtered
        }

        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in byId.Keys)
        {
            var top = id;
            for (var steps = 0; steps <= whole.Count && whole.TryGetValue(top, out var above); steps++) top = above;
            if (whole.ContainsKey(id)) groups[id] = groups[top] = top;
        }

        return groups;
    }

    private static (List<Found> Objects, string? FileName, PictureSize? Size) Parse(IFileTree tree, string file)
    {
        using var xml = XmlFragment.Open(JsonFiles.Content(tree, file));
        var objects = new List<Found>();
        string? fileName = null;
        int? rows = null, columns = null;
        var path = new List<string>();
        do
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (path.Count > 16) throw new XmlException("elements nest more than 16 deep");
                if (path is ["annotation"] && xml.LocalName == "object") objects.Add(new());
                if (xml.LocalName == "pt" && objects.Count > 0) objects[^1].Points.Add(new(double.NaN, double.NaN));
                if (!xml.IsEmptyElement) path.Add(xml.LocalName);
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && path.Count > 1)
            {
                var text = xml.Value.Trim();
                if (path is ["annotation", "filename"]) fileName = text;
                else if (path is ["annotation", "imagesize", "nrows"]) rows = Side(text);
                else if (path is ["annotation", "imagesize", "ncols"]) columns = Side(text);
                else if (path is ["annotation", "object", ..] && objects.Count > 0) Take(objects[^1], path, text);
            }
        }
        while (xml.Read());
        foreach (var found in objects.Where(o => o.Points.Any(p => !p.IsFinite))) found.Fault ??= "a point has no x or y";
        return (objects, fileName, rows is { } height && columns is { } width ? new(width, height) : null);
    }

    private static void Take(Found found, List<string> path, string text)
    {
        switch (path[^2], path[^1])
        {
            case ("object", "name"): found.Name = text; break;
            case ("object", "id"): found.Id = text; break;
            case ("object", "deleted"): found.IsDeleted = text == "1"; break;
            case ("object", "type"): found.IsBox = text == "bounding_box"; break;
            case ("object", "occluded"): found.Occluded = text; break;
            case ("object", "attributes"): found.Attributes = text; break;
            case ("parts", "hasparts"): found.Parts.AddRange(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)); break;
            case ("segm", "mask"): found.Mask = text; break;
            case ("pt", "x" or "y"):
                var value = Number(found, text);
                found.Points[^1] = path[^1] == "x" ? found.Points[^1] with { X = value } : found.Points[^1] with { Y = value };
                break;
            case ("box", "xmin"): found.Box[0] = Number(found, text); break;
            case ("box", "ymin"): found.Box[1] = Number(found, text); break;
            case ("box", "xmax"): found.Box[2] = Number(found, text); break;
            case ("box", "ymax"): found.Box[3] = Number(found, text); break;
        }
    }

    private static double Number(Found found, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        found.Fault ??= $"'{(text.Length > 40 ? text[..40] : text)}' is not a finite number";
        return 0;
    }

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : null;
}
