using System.Net;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Cvat;

/// <summary>Writes the head of a file: version, labels with colours and attributes, skeletons with their picture.</summary>
internal static class CvatMetaWriter
{
    private const string Indent = "          ";

    public static byte[] Format(DatasetHeader header, CvatAttributes attributes, IReadOnlyCollection<string> splits, long images)
    {
        var text = new Utf8Text();
        text.Add("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n      <size>"u8).Add(images);
        text.Add("</size>\n      <mode>annotation</mode>\n      <overlap>0</overlap>\n"u8);
        if (splits.Count > 0) text.Add("      <subsets>"u8).AddXml(string.Join('\n', splits)).Add("</subsets>\n"u8);
        text.Add("      <labels>\n"u8);
        for (var i = 0; i < header.Classes.Length; i++) Label(text, header.Classes[i], attributes.Of(i));
        return [.. text.Add("      </labels>\n    </task>\n  </meta>\n"u8).Written];
    }

    private static void Label(Utf8Text text, DatasetClass item, IReadOnlyList<AttributeDefinition> attributes)
    {
        text.Add("        <label>\n"u8);
        Field(text, Indent, "name", item.Name);
        if (item.Color is { } color) Field(text, Indent, "color", color);
        Field(text, Indent, "type", item.Skeleton is { Points.Length: > 0 } ? "skeleton" : CvatNames.LabelTypeOf(item.Shapes));
        text.Add(Indent).Add("<attributes>\n"u8);
        foreach (var attribute in attributes) Attribute(text, attribute);
        text.Add(Indent).Add("</attributes>\n"u8);
        if (item.Skeleton is { Points.Length: > 0 } skeleton)
        {
            Field(text, Indent, "svg", Svg(skeleton));
            text.Add("        </label>\n"u8);
            foreach (var point in skeleton.Points)
            {
                text.Add("        <label>\n"u8);
                Field(text, Indent, "name", point);
                Field(text, Indent, "type", "points");
                text.Add(Indent).Add("<attributes>\n"u8).Add(Indent).Add("</attributes>\n"u8);
                Field(text, Indent, "parent", item.Name);
                text.Add("        </label>\n"u8);
            }

            return;
        }

        text.Add("        </label>\n"u8);
    }

    private static void Attribute(Utf8Text text, AttributeDefinition attribute)
    {
        const string Inner = "              ";
        text.Add("            <attribute>\n"u8);
        Field(text, Inner, "name", attribute.Name);
        Field(text, Inner, "mutable", attribute.Immutable ? "False" : "True");
        Field(text, Inner, "input_type", attribute.Kind switch { AttributeKind.Boolean => "checkbox", AttributeKind.Number => "number", AttributeKind.Select => "select", _ => "text" });
        var values = attribute.Kind switch
        {
            AttributeKind.Boolean => "false",
            AttributeKind.Number => FormattableString.Invariant($"{attribute.Minimum ?? -1e9}\n{attribute.Maximum ?? 1e9}\n{(attribute.Minimum is null ? 0.001 : 1)}"),
            _ => string.Join('\n', attribute.Options),
        };
        Field(text, Inner, "default_value", attribute.Kind switch { AttributeKind.Boolean => "false", AttributeKind.Number => FormattableString.Invariant($"{attribute.Minimum ?? 0}"), _ => attribute.Options.FirstOrDefault("") });
        Field(text, Inner, "values", values);
        text.Add("            </attribute>\n"u8);
    }

    // CVAT draws a skeleton's label from this picture: points on a circle, lines between them; numbers of nodes count from 1.
    private static string Svg(SkeletonDefinition skeleton)
    {
        var svg = new Utf8Text();
        for (var i = 0; i < skeleton.Edges.Length; i++)
        {
            var (from, to) = skeleton.Edges[i];
            var (x1, y1) = Place(from);
            var (x2, y2) = Place(to);
            svg.Add(FormattableString.Invariant($"<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"black\" data-type=\"edge\" data-node-from=\"{from + 1}\" stroke-width=\"0.5\" data-node-to=\"{to + 1}\"></line>"));
        }

        for (var i = 0; i < skeleton.Points.Length; i++)
        {
            var (x, y) = Place(i);
            svg.Add(FormattableString.Invariant($"<circle r=\"1.5\" stroke=\"black\" fill=\"#b3b3b3\" cx=\"{x}\" cy=\"{y}\" stroke-width=\"0.1\" data-type=\"element node\" data-element-id=\"{i + 1}\" data-node-id=\"{i + 1}\" data-label-name=\"{WebUtility.HtmlEncode(skeleton.Points[i])}\"></circle>"));
        }

        return System.Text.Encoding.UTF8.GetString(svg.Written);

        (double X, double Y) Place(int point)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * point / skeleton.Points.Length);
            return (Math.Round(50 + (40 * sin), 3), Math.Round(50 - (40 * cos), 3));
        }
    }

    private static void Field(Utf8Text text, string indent, string name, string value) => text.Add(indent).Add("<"u8).Add(name).Add(">"u8).AddXml(value).Add("</"u8).Add(name).Add(">\n"u8);
}
