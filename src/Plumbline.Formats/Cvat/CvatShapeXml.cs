using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.Cvat;

/// <summary>Reads one shape element.</summary>
internal static class CvatShapeXml
{
    private static readonly string[] BoxFields = ["xtl", "ytl", "xbr", "ybr"];
    private static readonly string[] EllipseFields = ["cx", "cy", "rx", "ry"];
    private static readonly string[] CuboidFields = ["xtl1", "ytl1", "xbl1", "ybl1", "xtr1", "ytr1", "xbr1", "ybr1", "xtl2", "ytl2", "xbl2", "ybl2", "xtr2", "ytr2", "xbr2", "ybr2"];
    private static readonly string[] MaskFields = ["left", "top", "width", "height"];

    /// <summary>Moves on to the next shape among the siblings; false at the parent's end tag.</summary>
    public static bool MoveToShape(XmlReader xml)
    {
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (!xml.Read()) return false;
            }
            else if (CvatShape.Is(xml.LocalName))
            {
                return true;
            }
            else
            {
                xml.Skip();
            }
        }

        return false;
    }

    /// <summary>Reads the element that the reader stands on, and moves past it, whatever comes of it.</summary>
    /// <param name="xml">At a start tag.</param>
    /// <param name="fault">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when it has a fault.</returns>
    /// <exception cref="XmlException">Not well-formed; the rest cannot be read.</exception>
    public static CvatShape? Read(XmlReader xml, out string? fault)
    {
        fault = null;
        var line = ((IXmlLineInfo)xml).LineNumber;
        CvatShape? shape = null;
        try
        {
            shape = Fields(xml) with { Line = line };
        }
        catch (FormatException e)
        {
            fault = e.Message;
        }

        xml.MoveToElement();
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return shape;
        }

        var attributes = ImmutableArray.CreateBuilder<(string, string)>();
        var points = new List<CvatShape>();
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth || xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "attribute")
            {
                var name = xml.GetAttribute("name");
                var value = TextOf(xml);
                if (!string.IsNullOrEmpty(name)) attributes.Add((name, value));
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "points" && shape?.Element == "skeleton")
            {
                if (Read(xml, out var inner) is { } point) points.Add(point);
                else fault ??= $"a point of the skeleton: {inner}";
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                xml.Skip();
            }
            else if (!xml.Read())
            {
                throw new XmlException("the element does not end");
            }
        }

        xml.Read();
        if (fault is not null || shape is null) return null;
        shape = shape with { Attributes = attributes.DrainToImmutable() };
        if (shape.Element != "skeleton") return shape;
        if (points.Any(p => p.Numbers.Length != 2 || string.IsNullOrEmpty(p.Label)))
        {
            fault = "each point of a skeleton needs a label and one position";
            return null;
        }

        return shape with
        {
            Numbers = [.. points.SelectMany(p => p.Numbers)],
            Points = [.. points.Select(p => (p.Label!, p.IsOutside ? Visibility.Absent : p.IsOccluded ? Visibility.Occluded : Visibility.Visible))], // checked above
            IsOutside = shape.IsOutside || (points.Count > 0 && points.All(p => p.IsOutside)),
            IsOccluded = shape.IsOccluded,
        };
    }

    private static CvatShape Fields(XmlReader xml)
    {
        var element = xml.LocalName;
        var fields = new Dictionary<string, string>(12, StringComparer.Ordinal);
        while (xml.MoveToNextAttribute()) fields[xml.LocalName] = xml.Value;
        return new CvatShape
        {
            Element = element,
            Label = fields.GetValueOrDefault("label"),
            Frame = fields.TryGetValue("frame", out var frame) ? Whole(frame, "frame") : 0,
            IsKeyframe = fields.GetValueOrDefault("keyframe") is null or "1",
            IsOutside = fields.GetValueOrDefault("outside") == "1",
            IsOccluded = fields.GetValueOrDefault("occluded") == "1",
            Z = fields.TryGetValue("z_order", out var z) ? (int)Math.Clamp(Whole(z, "z_order"), int.MinValue, int.MaxValue) : 0,
            Group = fields.GetValueOrDefault("group_id") is { Length: > 0 } group and not "0" ? group : null,
            Source = fields.GetValueOrDefault("source"),
            Rotation = fields.TryGetValue("rotation", out var rotation) ? Number(rotation, "rotation") : 0,
            Numbers = element switch
            {
                "box" => Numbers(fields, BoxFields),
                "ellipse" => Numbers(fields, EllipseFields),
                "cuboid" => Numbers(fields, CuboidFields),
                "polygon" or "polyline" or "points" => Points(fields.GetValueOrDefault("points") ?? ""),
                _ => [],
            },
            Mask = element == "mask" ? Mask(fields) : null,
        };
    }

    private static ImmutableArray<double> Numbers(Dictionary<string, string> fields, string[] names) =>
        [.. names.Select(n => fields.TryGetValue(n, out var text) ? Number(text, n) : throw new FormatException($"{n} is missing"))];

    // "x,y;x,y"
    private static ImmutableArray<double> Points(string text)
    {
        var numbers = ImmutableArray.CreateBuilder<double>();
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var cut = rest.IndexOf(';');
            var pair = cut < 0 ? rest : rest[..cut];
            rest = cut < 0 ? default : rest[(cut + 1)..];
            var comma = pair.IndexOf(',');
            if (comma < 0) throw new FormatException($"'{Short(pair)}' is not a point x,y");
            numbers.Add(Number(pair[..comma], "points"));
            numbers.Add(Number(pair[(comma + 1)..], "points"));
        }

        return numbers.DrainToImmutable();
    }

    private static Mask Mask(Dictionary<string, string> fields)
    {
        var box = Numbers(fields, MaskFields);
        if (box.Any(v => Math.Floor(v) != v || Math.Abs(v) > int.MaxValue) || box[2] < 0 || box[3] < 0) throw new FormatException("left, top, width and height must be whole numbers");
        var runs = ImmutableArray.CreateBuilder<int>();
        var rest = fields.GetValueOrDefault("rle").AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            var cut = rest.IndexOf(',');
            var run = cut < 0 ? rest : rest[..cut];
            rest = cut < 0 ? default : rest[(cut + 1)..];
            if (!int.TryParse(run, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var length)) throw new FormatException($"'{Short(run)}' in rle is not a whole number");
            runs.Add(length);
        }

        try
        {
            return new Mask((int)box[0], (int)box[1], (int)box[2], (int)box[3], runs.DrainToImmutable()).Tight();
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message.Split(" (Parameter", 2)[0].TrimEnd('.'), e);
        }
    }

    private static double Number(ReadOnlySpan<char> text, string field) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw new FormatException($"{field} has '{Short(text)}', which is not a finite number");

    private static long Whole(string text, string field) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{field} has '{Short(text)}', which is not a whole number");

    private static string Short(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";

    private static string TextOf(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }

        var depth = xml.Depth;
        var text = new StringBuilder();
        xml.Read();
        while (xml.Depth > depth || xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) text.Append(xml.Value);
            if (!xml.Read()) throw new XmlException("the element does not end");
        }

        xml.Read();
        return text.ToString();
    }
}
