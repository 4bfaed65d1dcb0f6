using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Voc;

namespace Plumbline.Formats.Cvat;

/// <summary>CVAT's words for kinds of shapes and attributes, and ours.</summary>
internal static class CvatNames
{
    private static readonly string[] LabelTypes = ["rectangle", "ellipse", "polygon", "polyline", "points", "mask", "cuboid", "tag"];

    /// <summary>Shapes that a label of this type may take; empty for any.</summary>
    public static ImmutableArray<ShapeKind> ShapesOf(string? labelType) => labelType switch
    {
        "rectangle" or "bbox" => [ShapeKind.Box, ShapeKind.RotatedBox],
        "ellipse" => [ShapeKind.Ellipse],
        "polygon" => [ShapeKind.Polygon],
        "polyline" => [ShapeKind.Polyline],
        "points" => [ShapeKind.Point, ShapeKind.Keypoints],
        "mask" => [ShapeKind.Mask],
        "cuboid" => [ShapeKind.Cuboid],
        "skeleton" => [ShapeKind.Keypoints],
        "tag" => [ShapeKind.Tag],
        _ => [],
    };

    /// <summary>The label type whose shapes are these; <c>any</c> when there is none.</summary>
    public static string LabelTypeOf(ImmutableArray<ShapeKind> shapes) =>
        LabelTypes.FirstOrDefault(t => ShapesOf(t).Order().SequenceEqual(shapes.Order())) ?? "any";

    /// <summary>An attribute's definition; its name is its id.</summary>
    public static AttributeDefinition DefinitionOf(CvatAttributeSpec spec)
    {
        var options = spec.Values.Split(spec.Values.Contains('\n', StringComparison.Ordinal) ? '\n' : ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var kind = spec.InputType switch { "checkbox" => AttributeKind.Boolean, "number" => AttributeKind.Number, "select" or "radio" => AttributeKind.Select, _ => AttributeKind.Text };
        // CVAT's numbers state minimum, maximum and step.
        var isRange = kind == AttributeKind.Number && options.Length == 3 && options.All(o => double.TryParse(o, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return new AttributeDefinition
        {
            Id = spec.Name,
            Name = spec.Name,
            Kind = kind,
            Immutable = !spec.Mutable,
            Options = kind == AttributeKind.Select ? [.. options] : [],
            Minimum = isRange && Finite(options[0]) <= Finite(options[1]) ? Finite(options[0]) : null,
            Maximum = isRange && Finite(options[0]) <= Finite(options[1]) ? Finite(options[1]) : null,
        };
    }

    /// <summary>A value as its definition says; without one, text that reads as a number or a truth value is one.</summary>
    public static AttributeValue ValueOf(string text, AttributeKind? kind) => kind switch
    {
        AttributeKind.Boolean when text.Equals("true", StringComparison.OrdinalIgnoreCase) => new AttributeValue.Flag(true),
        AttributeKind.Boolean when text.Equals("false", StringComparison.OrdinalIgnoreCase) => new AttributeValue.Flag(false),
        AttributeKind.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new AttributeValue.Number(number),
        null => VocAttribute.Parse(text),
        _ => new AttributeValue.Text(text),
    };

    private static double? Finite(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
