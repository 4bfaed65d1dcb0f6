using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Coco;

/// <summary>Changes the shape of a COCO record and leaves every other field as it stood.</summary>
internal static class CocoAmendment
{
    /// <summary>The record with another box or outline; its area is that of the new shape.</summary>
    /// <exception cref="NotSupportedException">The shape is neither a box nor a polygon without holes.</exception>
    public static ReadOnlyMemory<byte> Reshape(ReadOnlyMemory<byte> record, Shape shape)
    {
        var text = new Utf8Text();
        var bounds = ShapeGeometry.Bounds(shape) ?? throw new NotSupportedException("A shape without a place cannot stand in a COCO record.");
        CocoRecord.Copy(
            text,
            record.Span,
            ("bbox", FormattableString.Invariant($"[{bounds.X},{bounds.Y},{bounds.Width},{bounds.Height}]")),
            ("area", FormattableString.Invariant($"{ShapeGeometry.Area(shape)}")),
            ("segmentation", Segmentation(shape)));
        return text.Written.ToArray();
    }

    private static string Segmentation(Shape shape) => shape switch
    {
        BoxShape => "[]",
        PolygonShape { Polygon: var polygon } when polygon.Parts.All(p => p.Holes.IsEmpty) => $"[{string.Join(',', polygon.Parts.Select(p => Ring(p.Outer)))}]",
        _ => throw new NotSupportedException("Only boxes and polygons without holes can be changed in a COCO record."),
    };

    private static string Ring(Ring ring) => $"[{string.Join(',', ring.Points.Select(p => FormattableString.Invariant($"{p.X},{p.Y}")))}]";
}
