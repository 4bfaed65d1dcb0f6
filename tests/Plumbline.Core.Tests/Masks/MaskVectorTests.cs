using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Tests.Masks;

/// <summary>The vectors that the editor's mask kernels are held to as well.</summary>
public class MaskVectorTests
{
    public static TheoryData<string> Algebra => Names("algebra");

    public static TheoryData<string> Contours => Names("contours");

    public static TheoryData<string> Rasters => Names("rasters");

    [Theory]
    [MemberData(nameof(Algebra))]
    public void Sets_of_pixels_combine_as_drawn(string name)
    {
        var vector = Find("algebra", name);
        var (a, b) = (Drawn(vector, "a"), Drawn(vector, "b"));
        Assert.Equal(Drawn(vector, "union"), a.Union(b));
        Assert.Equal(Drawn(vector, "intersection"), a.Intersect(b));
        Assert.Equal(Drawn(vector, "subtraction"), a.Subtract(b));
        Assert.Equal(Drawn(vector, "difference"), a.Xor(b));
    }

    [Theory]
    [MemberData(nameof(Contours))]
    public void An_outline_is_as_drawn(string name)
    {
        var vector = Find("contours", name);
        Assert.Equal(PolygonOf(vector), new PolygonShape(ContourTracer.Trace(Drawn(vector, "mask"))!)); // every drawing has a pixel
    }

    [Theory]
    [MemberData(nameof(Rasters))]
    public void A_polygon_covers_the_pixels_drawn(string name)
    {
        var vector = Find("rasters", name);
        var (width, height) = (vector.GetProperty("width").GetInt32(), vector.GetProperty("height").GetInt32());
        Assert.Equal(Drawn(vector, "mask"), CentreRasterizer.Rasterize(PolygonOf(vector).Polygon, width, height));
    }

    private static Mask Drawn(JsonElement vector, string name)
    {
        var rows = vector.GetProperty(name).Deserialize<string[]>()!; // every vector has its drawings
        var bitmap = rows.SelectMany(row => row.Select(pixel => (byte)(pixel == '#' ? 1 : 0))).ToArray();
        return Mask.FromBitmap(bitmap, rows[0].Length, rows.Length).Tight();
    }

    private static PolygonShape PolygonOf(JsonElement vector) => (PolygonShape)AnnotationJson.Parse(Encoding.UTF8.GetBytes(
        $$"""{"id":"019b76da-a800-7000-8000-000000000001","classId":"c","shape":{{vector.GetProperty("polygon").GetRawText()}}}""")).Shape;

    private static TheoryData<string> Names(string list) => [.. All(list).Select(v => v.GetProperty("name").GetString()!)];

    private static JsonElement Find(string list, string name) => All(list).Single(v => v.GetProperty("name").GetString() == name);

    private static IEnumerable<JsonElement> All(string list) => Vectors.Read("masks.json").GetProperty(list).EnumerateArray();
}
