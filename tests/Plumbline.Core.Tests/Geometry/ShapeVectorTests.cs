using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

/// <summary>The vectors that the editor's geometry is held to as well.</summary>
public class ShapeVectorTests
{
    public static TheoryData<string> Names => [.. Shapes().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bounds_area_and_inside(string name)
    {
        var vector = Shapes()[name];
        var shape = Parse(vector.GetProperty("shape").GetRawText());
        var bounds = vector.GetProperty("bounds").Deserialize<double[]>();
        var found = ShapeGeometry.Bounds(shape);
        if (bounds is null) Assert.Null(found);
        else Assert.All(bounds.Zip([found!.Value.X, found.Value.Y, found.Value.Width, found.Value.Height]), pair => Assert.Equal(pair.First, pair.Second, 1e-9)); // both are there
        Assert.Equal(vector.GetProperty("area").GetDouble(), ShapeGeometry.Area(shape), 1e-9);
        if (shape is not PolygonShape polygon) return;
        Assert.All(Points(vector, "inside"), p => Assert.True(polygon.Polygon.Contains(p)));
        Assert.All(Points(vector, "outside"), p => Assert.False(polygon.Polygon.Contains(p)));
    }

    private static Shape Parse(string shape) => AnnotationJson.Parse(Encoding.UTF8.GetBytes(
        $$"""{"id":"019b76da-a800-7000-8000-000000000001","classId":"c","shape":{{shape}},"attributes":{},"z":0,"groupId":null,"ignore":false,"score":null,"provenance":{"origin":"drawn","by":null,"at":null},"revision":0}""")).Shape;

    private static Dictionary<string, JsonElement> Shapes() =>
        Vectors.Read("shapes.json").GetProperty("shapes").EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);

    private static IEnumerable<Point2> Points(JsonElement vector, string name) => vector.GetProperty(name).Deserialize<double[][]>()!.Select(p => new Point2(p[0], p[1]));
}
