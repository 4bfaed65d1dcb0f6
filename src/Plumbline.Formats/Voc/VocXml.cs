using System.Globalization;
using System.Xml;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Voc;

/// <summary>One VOC file as it stands: text fields, nothing judged.</summary>
internal sealed class VocDocument
{
    public string? FileName { get; set; }

    public string? Width { get; set; }

    public string? Height { get; set; }

    public List<VocObject> Objects { get; } = [];
}

/// <summary>One object of a VOC file, or a part of one.</summary>
internal sealed class VocObject
{
    public string? Name { get; set; }

    public string? Pose { get; set; }

    public bool Truncated { get; set; }

    public bool Occluded { get; set; }

    public bool Difficult { get; set; }

    public bool HasPolygon { get; set; }

    public int Line { get; set; }

    /// <summary>xmin, ymin, xmax, ymax; null where absent.</summary>
    public string?[] Corners { get; } = new string?[4];

    public List<VocObject> Parts { get; } = [];

    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);
}

/// <summary>Parses VOC XML: no DTD, no entities from outside, bounded size and depth.</summary>
internal static class VocXml
{
    private const long MaxCharacters = 64L << 20;
    private const int MaxDepth = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = false,
    };

    /// <summary>Whether the root is VOC's and it speaks of a picture.</summary>
    public static bool LooksLike(IFileTree tree, string file)
    {
        try
        {
            using var stream = tree.OpenRead(file);
            using var xml = XmlReader.Create(stream, Settings);
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "annotation") return false;
            for (var nodes = 0; nodes < 200 && xml.Read(); nodes++)
            {
                if (xml.NodeType == XmlNodeType.Element && xml.Depth <= 2 && xml.LocalName is "size" or "bndbox" or "segmented") return true;
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "polygon" or "imagesize") return false; // LabelMe's XML has the same root
            }

            return false;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Reads one file.</summary>
    /// <exception cref="XmlException">Not well-formed, has a DTD, or is too deep or large.</exception>
    public static VocDocument Read(Stream stream)
    {
        using var xml = XmlReader.Create(stream, Settings);
        var document = new VocDocument();
        if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "annotation") throw Fault(xml, $"the root is <{xml.LocalName}>, not <annotation>");
        Children(xml, name =>
        {
            switch (name)
            {
                case "filename": document.FileName = Text(xml); break;
                case "size": Children(xml, side => _ = side switch { "width" => document.Width = Text(xml), "height" => document.Height = Text(xml), _ => Skip(xml) }); break;
                case "object": document.Objects.Add(Object(xml)); break;
                default: Skip(xml); break;
            }
        });
        return document;
    }

    private static VocObject Object(XmlReader xml)
    {
        var item = new VocObject { Line = ((IXmlLineInfo)xml).LineNumber };
        Children(xml, name =>
        {
            switch (name)
            {
                case "name": item.Name = Text(xml); break;
                case "pose": item.Pose = Text(xml); break;
                case "truncated": item.Truncated = Flag(Text(xml)); break;
                case "occluded": item.Occluded = Flag(Text(xml)); break;
                case "difficult": item.Difficult = Flag(Text(xml)); break;
                case "bndbox": Box(xml, item); break;
                case "part": item.Parts.Add(Object(xml)); break;
                case "actions": Children(xml, action => item.Attributes[$"action/{action}"] = Flag(Text(xml)) ? "true" : "false"); break;
                case "attributes": Children(xml, _ => Attribute(xml, item)); break;
                case "polygon": item.HasPolygon = true; Skip(xml); break;
                default: Skip(xml); break;
            }
        });
        return item;
    }

    private static void Box(XmlReader xml, VocObject item) => Children(xml, corner =>
    {
        var place = corner switch { "xmin" => 0, "ymin" => 1, "xmax" => 2, "ymax" => 3, _ => -1 };
        if (place < 0) Skip(xml);
        else item.Corners[place] = Text(xml);
    });

    private static void Attribute(XmlReader xml, VocObject item)
    {
        string? name = null, value = null;
        Children(xml, field => _ = field switch { "name" => name = Text(xml), "value" => value = Text(xml), _ => Skip(xml) });
        if (!string.IsNullOrEmpty(name)) item.Attributes[name] = value ?? "";
    }

    // The reader stands on a start tag; every child is handed over standing on its own, and must be consumed.
    private static void Children(XmlReader xml, Action<string> child)
    {
        if (xml.Depth > MaxDepth) throw Fault(xml, $"elements nest more than {MaxDepth} deep");
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return;
        }

        xml.Read();
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element) child(xml.LocalName);
            else if (!xml.Read()) throw Fault(xml, "the file ends in the middle");
        }

        xml.Read();
    }

    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        xml.Read();
        var text = "";
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element) Skip(xml);
            else
            {
                text += xml.Value;
                if (!xml.Read()) throw Fault(xml, "the file ends in the middle");
            }
        }

        xml.Read();
        return text.Trim();
    }

    private static string? Skip(XmlReader xml)
    {
        xml.Skip();
        return null;
    }

    private static bool Flag(string text) => text is "1" or "true" or "True" or "yes" || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 1);

    private static XmlException Fault(XmlReader xml, string message) =>
        xml is IXmlLineInfo place ? new XmlException(message, null, place.LineNumber, place.LinePosition) : new XmlException(message);
}
