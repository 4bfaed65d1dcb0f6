using System.Globalization;
using System.Text;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Detection;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Tests.Evaluation;

/// <summary>Evaluation from files: the fast way equals the plain one, and bad input is refused by name.</summary>
public sealed class DetectionComparisonTests
{
    private const string Truth = """
        {"images":[{"id":7,"file_name":"b.jpg","width":40,"height":30},{"id":3,"file_name":"a.jpg","width":40,"height":30}],"categories":[{"id":2,"name":"cat"},{"id":1,"name":"dog"}],
         "annotations":[{"id":0,"image_id":3,"category_id":2,"bbox":[1,1,10,10],"area":100,"iscrowd":0,"segmentation":[[1,1,11,1,11,11,1,11]]},
                        {"id":1,"image_id":7,"category_id":1,"bbox":[5,5,8,8],"area":64,"iscrowd":0,"segmentation":[[5,5,13,5,13,13,5,13]]}]}
        """;

    [Fact]
    public void The_fast_way_equals_the_plain_one()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var world = new RandomWorld(seed);
            foreach (var task in (ReadOnlySpan<DetectionTask>)[DetectionTask.Boxes, DetectionTask.Masks])
            {
                foreach (var classBlind in (ReadOnlySpan<bool>)[false, true])
                {
                    var fast = Run(world.TruthJson(), world.FoundJson(), task, classBlind).Evaluator.Overall().Metrics;
                    var plain = world.Plain(task, classBlind).Overall().Metrics;
                    foreach (var (name, value) in plain) Assert.Equal(value.Value, fast[name].Value);
                }
            }
        }
    }

    [Fact]
    public void Truth_with_id_0_and_images_out_of_order_count_like_any_other()
    {
        var result = Run(Truth, """[{"image_id":3,"category_id":2,"bbox":[1,1,10,10],"score":0.9},{"image_id":7,"category_id":1,"bbox":[5,5,8,8],"score":0.8}]""");
        Assert.Equal(1, result.Evaluator.Overall().Metrics["AP"].Value!.Value, 1e-12);
        Assert.Equal("no large truth objects", result.Evaluator.Overall().Metrics["APl"].Undefined);
    }

    [Theory]
    [InlineData("""{"image_id":3,"category_id":2,"bbox":[1,1,10,10],"score":-0.1}""", "below 0")]
    [InlineData("""{"image_id":3,"category_id":2,"bbox":[1,1,10,10],"score":NaN}""", "not a finite number")]
    [InlineData("""{"image_id":3,"category_id":2,"bbox":[1,1,10,10]}""", "no score")]
    [InlineData("""{"image_id":3,"category_id":2,"bbox":[1,NaN,10,10],"score":0.5}""", "bbox must be four finite numbers")]
    [InlineData("""{"image_id":3,"category_id":2,"bbox":[1,1,-10,10],"score":0.5}""", "negative side")]
    [InlineData("""{"image_id":3,"category_id":2,"score":0.5}""", "neither box nor segmentation")]
    [InlineData("""{"category_id":2,"bbox":[1,1,10,10],"score":0.5}""", "no image_id")]
    [InlineData("""{"image_id":3,"category_id":9,"bbox":[1,1,10,10],"score":0.5}""", "a class that truth.json lacks")]
    [InlineData("""{"image_id":99,"category_id":2,"bbox":[1,1,10,10],"score":0.5}""", "an image that truth.json lacks")]
    public void A_prediction_that_cannot_be_used_is_an_error_that_names_it(string prediction, string word)
    {
        var errors = new List<string>();
        var issues = new IssueLog(issue => errors.Add(issue.ToString()));
        using var truth = Table("truth.json", Truth, TableShapes.Boxes, issues);
        using var found = Table("found.json", $$"""[{"image_id":7,"category_id":1,"bbox":[5,5,8,8],"score":0.8},{{prediction}}]""", TableShapes.Boxes, issues);
        TablePair.Align(truth, found, issues);
        Assert.Contains(word, Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(1, issues.Errors);
    }

    [Theory]
    [InlineData("""[{"image_id":99,"category_id":2,"bbox":[1,1,10,10],"score":0.5}]""", "shares no image")]
    [InlineData("""[{"image_id":3,"category_id":77,"bbox":[1,1,10,10],"score":0.5}]""", "shares no class")]
    public void Nothing_in_common_ends_the_evaluation(string predictions, string word) =>
        Assert.Contains(word, Assert.Throws<DatasetFormatException>(() => Run(Truth, predictions)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mask_of_another_size_than_its_image_is_named()
    {
        var fault = Assert.Throws<DatasetFormatException>(() => Run(Truth, """[{"image_id":3,"category_id":2,"segmentation":{"size":[20,20],"counts":[400]},"score":0.5}]""", DetectionTask.Masks));
        Assert.Contains("20 × 20", fault.Message, StringComparison.Ordinal);
        Assert.Contains("image 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_predictions_give_0_and_no_truths_give_undefined()
    {
        Assert.Equal(0, Run(Truth, "[]").Evaluator.Overall().Metrics["AP"].Value);
        var none = Run("""{"images":[{"id":3,"file_name":"a.jpg"}],"categories":[{"id":2,"name":"cat"}],"annotations":[]}""", """[{"image_id":3,"category_id":2,"bbox":[1,1,10,10],"score":0.5}]""");
        Assert.All(none.Evaluator.Overall().Metrics.Values, measure => Assert.NotNull(measure.Undefined));
    }

    [Fact]
    public void In_a_federated_truth_only_classes_that_were_looked_for_count()
    {
        // lvis-api: cat is there, dog was looked for and is not there, owl was not looked for; not every cat of the second image is labelled.
        const string federated = """
            {"images":[{"id":1,"file_name":"a.jpg","width":40,"height":30,"neg_category_ids":[2],"not_exhaustive_category_ids":[]},
                       {"id":2,"file_name":"b.jpg","width":40,"height":30,"neg_category_ids":[],"not_exhaustive_category_ids":[1]}],
             "categories":[{"id":1,"name":"cat","frequency":"f"},{"id":2,"name":"dog","frequency":"r"},{"id":3,"name":"owl","frequency":"c"}],
             "annotations":[{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,10,10],"area":100},{"id":2,"image_id":2,"category_id":1,"bbox":[1,1,10,10],"area":100},
                            {"id":3,"image_id":2,"category_id":2,"bbox":[20,1,10,10],"area":100}]}
            """;
        const string found = """
            [{"image_id":1,"category_id":1,"bbox":[1,1,10,10],"score":0.9},{"image_id":1,"category_id":3,"bbox":[1,1,10,10],"score":0.95},
             {"image_id":2,"category_id":1,"bbox":[1,1,10,10],"score":0.8},{"image_id":2,"category_id":1,"bbox":[20,15,10,10],"score":0.99},
             {"image_id":1,"category_id":2,"bbox":[1,1,10,10],"score":0.9},{"image_id":2,"category_id":2,"bbox":[20,1,10,10],"score":0.8}]
            """;
        var issues = new IssueLog(issue => Assert.Fail(issue.ToString()));
        using var truths = Table("truth.json", federated, TableShapes.Boxes, issues);
        using var detections = Table("found.json", found, TableShapes.Boxes, issues);
        var result = new DetectionComparison(TablePair.Align(truths, detections, issues), new() { Task = DetectionTask.Boxes, Federated = true }).Run(TestContext.Current.CancellationToken);
        Assert.Equal(1, result.Evaluator.OfClass(0).Metrics["AP"].Value!.Value, 1e-12); // the false cat lies where not every cat is labelled
        Assert.Equal(.5, result.Evaluator.OfClass(1).Metrics["AP"].Value!.Value, 1e-12); // the false dog lies where there is none, ahead of the true one
        Assert.NotNull(result.Evaluator.OfClass(2).Metrics["AP"].Undefined);
        Assert.Equal(.75, result.Evaluator.Overall().Metrics["AP"].Value!.Value, 1e-12);
        Assert.Contains("AR300", result.Evaluator.Overall().Metrics.Keys);
    }

    private static DetectionResult Run(string truth, string found, DetectionTask task = DetectionTask.Boxes, bool classBlind = false)
    {
        var issues = new IssueLog(issue => Assert.Fail(issue.ToString()));
        var needed = task == DetectionTask.Boxes ? TableShapes.Boxes : TableShapes.Masks;
        using var truths = Table("truth.json", truth, needed, issues);
        using var detections = Table("found.json", found, needed, issues);
        return new DetectionComparison(TablePair.Align(truths, detections, issues), new() { Task = task, ClassBlind = classBlind }).Run(TestContext.Current.CancellationToken);
    }

    private static ObjectTable Table(string name, string json, TableShapes needed, IssueLog issues) =>
        CocoTable.Read(new MemoryTree([new(name, Encoding.UTF8.GetBytes(json))]), name, needed, scored: false, metadata: false, issues, TestContext.Current.CancellationToken);

    /// <summary>A few images with boxes, polygons, run lengths and crowds of few classes, and detections with many equal scores.</summary>
    private sealed class RandomWorld
    {
        private const int Width = 200, Height = 160, Classes = 3;
        private readonly List<Thing> truths = [];
        private readonly List<Thing> found = [];

        public RandomWorld(int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 40; i++) truths.Add(New(random, crowd: random.Next(8) == 0));
            for (var i = 0; i < 80; i++)
            {
                var near = truths[random.Next(truths.Count)];
                found.Add(random.Next(3) == 0 ? New(random, crowd: false) : near with { X = near.X + random.Next(-2, 3), Y = near.Y + random.Next(-2, 3), Crowd = false, Score = random.Next(1, 8) / 8.0, Class = random.Next(6) == 0 ? random.Next(Classes) : near.Class });
            }
        }

        private sealed record Thing(int Image, int Class, double X, double Y, double Width, double Height, bool Crowd, double Score)
        {
            public Box Box => new(X, Y, Width, Height);

            public string Coordinates => string.Create(CultureInfo.InvariantCulture, $"[{X},{Y},{Width},{Height}]");

            public Point2[] Ring => [new(X, Y), new(X + Width, Y), new(X + (Width * .8), Y + Height), new(X, Y + Height)];

            public string Outline => Crowd
                ? $"{{\"size\":[{RandomWorld.Height},{RandomWorld.Width}],\"counts\":[{string.Join(',', Mask.Counts)}]}}"
                : $"[[{string.Join(',', Ring.SelectMany(p => new[] { p.X, p.Y }).Select(v => v.ToString(CultureInfo.InvariantCulture)))}]]";

            public CocoRle Mask => Rasterizer.Rasterize(Ring, RandomWorld.Width, RandomWorld.Height);
        }

        public string TruthJson() => $$"""
            {"images":[{{string.Join(',', Enumerable.Range(0, 5).Select(i => $$"""{"id":{{i}},"file_name":"{{i}}.jpg","width":{{Width}},"height":{{Height}}}"""))}}],
             "categories":[{{string.Join(',', Enumerable.Range(0, Classes).Select(c => $$"""{"id":{{c}},"name":"c{{c}}"}"""))}}],
             "annotations":[{{string.Join(',', truths.Select((t, i) => $$"""{"id":{{i}},"image_id":{{t.Image}},"category_id":{{t.Class}},"bbox":{{t.Coordinates}},"area":{{Area(t)}},"iscrowd":{{(t.Crowd ? 1 : 0)}},"segmentation":{{t.Outline}}}"""))}}]}
            """;

        public string FoundJson() => $"[{string.Join(',', found.Select(d => string.Create(CultureInfo.InvariantCulture, $"{{\"image_id\":{d.Image},\"category_id\":{d.Class},\"bbox\":{d.Coordinates},\"segmentation\":{d.Outline},\"score\":{d.Score}}}")))}]";

        public DetectionEvaluator Plain(DetectionTask task, bool classBlind)
        {
            var evaluator = new DetectionEvaluator(DetectionProtocol.Coco, classBlind ? 1 : Classes);
            for (var image = 0; image < 5; image++)
            {
                foreach (var c in Enumerable.Range(0, classBlind ? 1 : Classes))
                {
                    var real = truths.Where(t => t.Image == image && (classBlind || t.Class == c)).OrderBy(t => t.Class).ToArray();
                    var best = found.Where(d => d.Image == image && (classBlind || d.Class == c)).OrderBy(d => d.Class).OrderByDescending(d => d.Score).Take(100).ToArray();
                    var overlaps = best.SelectMany(d => real.Select(t => Overlap(task, d, t))).ToArray();
                    evaluator.Add(image, c, overlaps, best.Select(d => new DetectionFacts(d.Score, d.Box.Area)).ToArray(), real.Select(t => new TruthFacts(double.Parse(Area(t), CultureInfo.InvariantCulture), t.Crowd, false)).ToArray());
                }
            }

            return evaluator;
        }

        private static double Overlap(DetectionTask task, Thing found, Thing real)
        {
            double shared = task == DetectionTask.Boxes ? BoxOverlap.IntersectionArea(found.Box, real.Box) : RleOverlap.IntersectionArea(found.Mask, real.Mask);
            var (one, other) = task == DetectionTask.Boxes ? (found.Box.Area, real.Box.Area) : (found.Mask.Area, (double)real.Mask.Area);
            return shared == 0 ? 0 : shared / (real.Crowd ? one : one + other - shared);
        }

        private static string Area(Thing thing) => (thing.Width * thing.Height * .9).ToString(CultureInfo.InvariantCulture);

        private static Thing New(Random random, bool crowd) => new(
            random.Next(5), random.Next(Classes), random.Next(0, 600) / 4.0, random.Next(0, 480) / 4.0, random.Next(8, 400) / 4.0, random.Next(8, 300) / 4.0, crowd, random.Next(1, 8) / 8.0);
    }
}
