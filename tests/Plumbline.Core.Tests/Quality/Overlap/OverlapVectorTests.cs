using System.Text.Json;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Tests.Quality.Overlap;

/// <summary>testdata/vectors/overlap.json, which the editor's code is held to as well.</summary>
public sealed class OverlapVectorTests
{
    [Theory]
    [InlineData("boxes")]
    [InlineData("polygons")]
    [InlineData("masks")]
    [InlineData("keypoints")]
    public void Shared_vectors_hold(string group)
    {
        foreach (var v in Vectors.Read("overlap.json").GetProperty(group).EnumerateArray())
        {
            switch (group)
            {
                case "boxes":
                    Same(v, "iou", BoxOverlap.IntersectionOverUnion(Box(v, "a"), Box(v, "b")));
                    break;
                case "polygons":
                    Same(v, "iou", Ring(v, "a").IntersectionOverUnion(Ring(v, "b")));
                    break;
                case "masks":
                    var (width, height) = ((int)Numbers(v, "size")[0], (int)Numbers(v, "size")[1]);
                    Same(v, "iou", Square(v, "a").IntersectionOverUnion(Square(v, "b")));
                    Same(v, "boundaryIou", BoundaryOverlap.Of(Square(v, "a"), Square(v, "b"), width, height));
                    Same(v, "rim", BoundaryOverlap.RimOf(width, height));
                    break;
                default:
                    Same(v, "likeness", KeypointOverlap.OfPoint(new(0, 0), new(v.GetProperty("distance").GetDouble(), 0), v.GetProperty("area").GetDouble(), v.GetProperty("sigma").GetDouble()));
                    break;
            }
        }
    }

    private static void Same(JsonElement v, string name, double found)
    {
        var expected = v.GetProperty(name);
        if (expected.ValueKind == JsonValueKind.Null) Assert.True(double.IsNaN(found), $"{v.GetProperty("name")}: {found}");
        else Assert.Equal(expected.GetDouble(), found, 1e-12);
    }

    private static double[] Numbers(JsonElement v, string name) => [.. v.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];

    private static Box Box(JsonElement v, string name) => Numbers(v, name) is [var x, var y, var w, var h] ? new(x, y, w, h) : throw new FormatException(name);

    private static Mask Square(JsonElement v, string name) => Numbers(v, name) is [var x, var y, var w, var h] ? Mask.FromRectangle((int)x, (int)y, (int)w, (int)h) : throw new FormatException(name);

    private static Polygon Ring(JsonElement v, string name) => Polygon.FromRing([.. Numbers(v, name).Chunk(2).Select(p => new Point2(p[0], p[1]))]);
}
