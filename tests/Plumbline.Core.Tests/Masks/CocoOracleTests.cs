using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

/// <summary>Against what pycocotools computed for a hundred images of COCO 2014 (shared sample data; skipped where it is absent).</summary>
public class CocoOracleTests
{
    [Fact]
    public void Text_area_and_box_of_every_mask()
    {
        var masks = Oracle();
        Assert.Equal(839, masks.Count);
        foreach (var (rle, entry) in masks.Values)
        {
            Assert.Equal(entry.GetProperty("counts").GetString(), CocoRleText.Format(rle));
            Assert.Equal(entry.GetProperty("area").GetInt64(), rle.Area);
            var box = entry.GetProperty("bbox").Deserialize<double[]>()!;
            Assert.Equal(new Box(box[0], box[1], box[2], box[3]), rle.Bounds);
            Assert.Equal(rle, CocoRle.FromMask(rle.ToMask(), rle.Width, rle.Height));
        }
    }

    [Fact]
    public void Every_polygon_becomes_the_same_mask()
    {
        var masks = Oracle();
        var compared = 0;
        foreach (var annotation in Vectors.ReadShared("coco/val2014_100/instances_val2014_100.json").GetProperty("annotations").EnumerateArray())
        {
            var segmentation = annotation.GetProperty("segmentation");
            if (segmentation.ValueKind != JsonValueKind.Array) continue;
            var parts = segmentation.EnumerateArray().Select(ring => new PolygonPart(new Ring([.. ring.Deserialize<double[]>()!.Chunk(2).Select(p => new Point2(p[0], p[1]))]), []));
            var (expected, _) = masks[annotation.GetProperty("id").GetInt64()];
            Assert.Equal(expected, Rasterizer.Rasterize(new Polygon([.. parts]), expected.Width, expected.Height));
            compared++;
        }

        Assert.InRange(compared, 800, 839);
    }

    [Fact]
    public void Overlap_of_predictions_and_truth()
    {
        var masks = Oracle();
        var crowds = Vectors.ReadShared("coco/val2014_100/instances_val2014_100.json").GetProperty("annotations").EnumerateArray()
            .Where(a => a.GetProperty("iscrowd").GetInt32() == 1).Select(a => a.GetProperty("id").GetInt64()).ToHashSet();
        var results = Vectors.ReadShared("coco/val2014_100/instances_val2014_fakesegm100_results.json").EnumerateArray().Select(r => r.GetProperty("segmentation")).ToArray();
        foreach (var image in Vectors.ReadShared("oracle/val2014_100_segm_iou.json").EnumerateObject())
        {
            var detections = image.Value.GetProperty("dt_index").Deserialize<int[]>()!.Select(i => Parse(results[i])).ToArray();
            var ids = image.Value.GetProperty("gt_ids").Deserialize<long[]>()!;
            var iou = new double[detections.Length * ids.Length];
            RleOverlap.Matrix(detections, [.. ids.Select(id => masks[id].Rle)], [.. ids.Select(crowds.Contains)], iou);
            var expected = image.Value.GetProperty("iou").Deserialize<double[][]>()!.SelectMany(row => row);
            Assert.All(expected.Zip(iou), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    private static Dictionary<long, (CocoRle Rle, JsonElement Entry)> Oracle() => Vectors.ReadShared("oracle/val2014_100_rle.json").EnumerateObject()
        .ToDictionary(entry => long.Parse(entry.Name, CultureInfo.InvariantCulture), entry => (Parse(entry.Value), entry.Value));

    private static CocoRle Parse(JsonElement mask) => CocoRleText.Parse(mask.GetProperty("counts").GetString()!, mask.GetProperty("size")[1].GetInt32(), mask.GetProperty("size")[0].GetInt32());
}
