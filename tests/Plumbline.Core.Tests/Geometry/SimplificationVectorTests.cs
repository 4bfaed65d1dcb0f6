using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Geometry;

/// <summary>The vectors that the editor's simplification is held to as well.</summary>
public class SimplificationVectorTests
{
    public static TheoryData<string> Names => [.. Cases().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_out_what_the_editor_leaves_out(string name)
    {
        var vector = Cases()[name];
        var tolerance = vector.GetProperty("tolerance").GetDouble();
        Shape simplified = Parse(vector.GetProperty("shape")) switch
        {
            PolylineShape line => new PolylineShape(line.Polyline.Simplify(tolerance)),
            PolygonShape polygon => new PolygonShape(polygon.Polygon.Simplify(tolerance)),
            var other => throw new NotSupportedException($"No vector simplifies a {other.Kind}."),
        };
        Assert.Equal(Parse(vector.GetProperty("simplified")), simplified);
    }

    private static Shape Parse(JsonElement shape) => AnnotationJson.Parse(Encoding.UTF8.GetBytes(
        $$"""{"id":"019b76da-a800-7000-8000-000000000001","classId":"c","shape":{{shape.GetRawText()}},"attributes":{},"z":0,"groupId":null,"ignore":false,"score":null,"provenance":{"origin":"drawn","by":null,"at":null},"revision":0}""")).Shape;

    private static Dictionary<string, JsonElement> Cases() =>
        Vectors.Read("simplification.json").GetProperty("cases").EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);
}
