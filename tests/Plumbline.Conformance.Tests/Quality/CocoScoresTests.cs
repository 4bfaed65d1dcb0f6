using System.Text.Json;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Detection;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;
using Xunit;

namespace Plumbline.Conformance.Tests.Quality;

/// <summary>Scores on 100 pictures of COCO val2014 with invented detections, as pycocotools computes them (published with faster_coco_eval).</summary>
public sealed class CocoScoresTests
{
    private static readonly string[] Metrics = ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"];

    [Fact]
    public void Boxes_equal_pycocotools() => Check(
        "bbox",
        (found, real, _, crowd) => found.SelectMany(d => real.Select((t, g) => Overlap(Box(d), Box(t), crowd[g]))).ToArray(),
        (d, _) => Box(d).Area,
        [.5045806987, .6969727247, .5729816670, .5856257209, .5193996948, .5013978986, .3868127796, .5936795763, .5953529829, .6398109626, .5664205979, .5642905983]);

    [Fact]
    public void Masks_equal_pycocotools() => Check(
        "segm",
        (found, real, size, crowd) =>
        {
            var overlaps = new double[found.Length * real.Length];
            RleOverlap.Matrix(found.Select(d => Mask(d, size)).ToArray(), real.Select(t => Mask(t, size)).ToArray(), crowd, overlaps);
            return overlaps;
        },
        (d, size) => Mask(d, size).Area,
        [.3195452759, .5622883973, .2989265341, .3873740316, .3101827240, .3269339071, .2682297226, .4154486812, .4168394992, .4694498623, .3767592267, .3814715100]);

    [Theory]
    [InlineData("bbox", new[] { .5045806987, .6969727247, .5729816670, .5856257209, .5193996948, .5013978986, .3868127796, .5936795763, .5953529829, .6398109626, .5664205979, .5642905983 })]
    [InlineData("segm", new[] { .3195452759, .5622883973, .2989265341, .3873740316, .3101827240, .3269339071, .2682297226, .4154486812, .4168394992, .4694498623, .3767592267, .3814715100 })]
    public void Files_read_in_columns_and_scored_on_all_cores_give_the_same(string task, double[] expected)
    {
        var folder = SharedData.Path("coco/val2014_100");
        var needed = task == "bbox" ? TableShapes.Boxes : TableShapes.Masks;
        using var truth = Read(Path.Combine(folder, "instances_val2014_100.json"), needed);
        using var found = Read(Path.Combine(folder, $"instances_val2014_fake{task}100_results.json"), needed);
        var pair = TablePair.Align(truth, found, new IssueLog(issue => Assert.Fail(issue.ToString())));
        var result = new DetectionComparison(pair, new() { Task = task == "bbox" ? DetectionTask.Boxes : DetectionTask.Masks }).Run(TestContext.Current.CancellationToken);
        var scores = result.Evaluator.Overall().Metrics;
        Assert.Equal(Metrics, scores.Keys);
        foreach (var (name, value) in Metrics.Zip(expected)) Assert.Equal(value, scores[name].Value!.Value, 1e-9);
    }

    [Fact]
    public void Keypoints_found_where_they_are_score_1_and_swapped_ones_do_not()
    {
        var path = SharedData.Path("coco/mmpose/coco/test_coco.json");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(path));
        string Results(Func<double[], IEnumerable<double>> move) => $"[{string.Join(',', truth.RootElement.GetProperty("annotations").EnumerateArray().Where(a => a.GetProperty("num_keypoints").GetInt32() > 0).Select(a =>
            FormattableString.Invariant($"{{\"image_id\":{a.GetProperty("image_id")},\"category_id\":{a.GetProperty("category_id")},\"keypoints\":[{string.Join(',', move(Numbers(a.GetProperty("keypoints"))).Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)))}],\"score\":0.9}}")))}]";
        Assert.Equal(1, Keypoints(path, Results(points => points))["AP"].Value!.Value, 1e-12);
        Assert.Equal(["AP", "AP50", "AP75", "APm", "APl", "AR", "AR50", "AR75", "ARm", "ARl"], Keypoints(path, Results(points => points)).Keys);
        Assert.True(Keypoints(path, Results(points => points.Chunk(3).Reverse().SelectMany(p => p)))["AP"].Value < .2);
    }

    private static IReadOnlyDictionary<string, Core.Quality.Measure> Keypoints(string path, string results)
    {
        using var truth = Read(path, TableShapes.Keypoints);
        using var found = CocoTable.Read(
            new Formats.Files.MemoryTree([new("results.json", System.Text.Encoding.UTF8.GetBytes(results))]), "results.json", TableShapes.Keypoints, scored: false, metadata: false,
            new IssueLog(issue => Assert.Fail(issue.ToString())), TestContext.Current.CancellationToken);
        var pair = TablePair.Align(truth, found, new IssueLog(issue => Assert.Fail(issue.ToString())));
        return new DetectionComparison(pair, new() { Task = DetectionTask.Keypoints }).Run(TestContext.Current.CancellationToken).Evaluator.Overall().Metrics;
    }

    private static ObjectTable Read(string path, TableShapes needed)
    {
        using var source = DatasetSource.Open(path);
        return CocoTable.Read(source.Tree, CocoTable.FileIn(source.Tree, results: true)!, needed, scored: false, metadata: false, new IssueLog(issue => Assert.Fail(issue.ToString())), TestContext.Current.CancellationToken);
    }

    private static void Check(
        string task, Func<JsonElement[], JsonElement[], (int Width, int Height), bool[], double[]> overlap,
        Func<JsonElement, (int Width, int Height), double> area, double[] expected)
    {
        var folder = SharedData.Path("coco/val2014_100");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "instances_val2014_100.json")));
        using var results = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"instances_val2014_fake{task}100_results.json")));
        var classes = truth.RootElement.GetProperty("categories").EnumerateArray().Select(c => c.GetProperty("id").GetInt64()).Order().ToList();
        var images = truth.RootElement.GetProperty("images").EnumerateArray().OrderBy(i => i.GetProperty("id").GetInt64());
        var truths = truth.RootElement.GetProperty("annotations").EnumerateArray().ToLookup(Key);
        var detections = results.RootElement.EnumerateArray().ToLookup(Key);
        var evaluator = new DetectionEvaluator(DetectionProtocol.Coco, classes.Count);
        foreach (var (place, image) in images.Index())
        {
            var size = (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32());
            foreach (var (index, category) in classes.Index())
            {
                var key = (image.GetProperty("id").GetInt64(), category);
                var found = detections[key].OrderByDescending(Score).Take(100).ToArray();
                var real = truths[key].ToArray();
                if (found.Length + real.Length == 0) continue;
                var crowd = real.Select(t => t.GetProperty("iscrowd").GetInt32() == 1).ToArray();
                evaluator.Add(
                    place,
                    index,
                    overlap(found, real, size, crowd),
                    found.Select(d => new DetectionFacts(Score(d), area(d, size))).ToArray(),
                    real.Select((t, g) => new TruthFacts(t.GetProperty("area").GetDouble(), crowd[g], false)).ToArray());
            }
        }

        var scores = evaluator.Overall().Metrics;
        foreach (var (name, value) in Metrics.Zip(expected)) Assert.Equal(value, scores[name].Value!.Value, 1e-9);
    }

    private static (long Image, long Category) Key(JsonElement e) => (e.GetProperty("image_id").GetInt64(), e.GetProperty("category_id").GetInt64());

    private static double Score(JsonElement e) => e.GetProperty("score").GetDouble();

    private static double[] Numbers(JsonElement e) => e.EnumerateArray().Select(v => v.GetDouble()).ToArray();

    private static Box Box(JsonElement e) => Numbers(e.GetProperty("bbox")) is [var x, var y, var w, var h] ? new Box(x, y, w, h) : throw new InvalidDataException();

    private static double Overlap(Box d, Box g, bool crowd)
    {
        var w = Math.Min(d.Right, g.Right) - Math.Max(d.X, g.X);
        var h = Math.Min(d.Bottom, g.Bottom) - Math.Max(d.Y, g.Y);
        return w <= 0 || h <= 0 ? 0 : w * h / (crowd ? d.Area : d.Area + g.Area - (w * h));
    }

    private static CocoRle Mask(JsonElement e, (int Width, int Height) size)
    {
        var segmentation = e.GetProperty("segmentation");
        if (segmentation.ValueKind == JsonValueKind.Array)
        {
            return segmentation.EnumerateArray()
                .Select(ring => Rasterizer.Rasterize(Numbers(ring).Chunk(2).Select(p => new Point2(p[0], p[1])).ToArray(), size.Width, size.Height))
                .Aggregate((one, other) => one.Union(other));
        }

        var counts = segmentation.GetProperty("counts");
        return counts.ValueKind == JsonValueKind.String
            ? CocoRleText.Parse(counts.GetString()!, size.Width, size.Height)
            : new CocoRle(size.Width, size.Height, [.. counts.EnumerateArray().Select(c => c.GetInt32())]);
    }
}
