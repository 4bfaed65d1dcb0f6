using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality.Agreement;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Core.Quality.Detection;
using Plumbline.Core.Quality.LabelErrors;
using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Quality.Panoptic;
using Plumbline.Core.Quality.Sampling;
using Plumbline.Core.Quality.Semantic;
using Plumbline.Core.Quality.Taxonomy;

namespace Plumbline.Core.Tests.Quality;

/// <summary>The worked example of every page under docs/measures, computed.</summary>
public sealed partial class MeasurePagesTests
{
    private const double Digits = 1e-6;

    private static string[] Names => [.. Directory.EnumerateFiles(Vectors.Folder(Path.Combine("docs", "measures")), "*.md").Select(Path.GetFileName).OfType<string>().Where(name => name != "README.md").Order(StringComparer.Ordinal)];

    public static TheoryData<string> Pages => [.. Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_worked_example_of_a_page_is_right(string page)
    {
        var text = File.ReadAllText(Path.Combine(Vectors.Folder(Path.Combine("docs", "measures")), page));
        foreach (var heading in (string[])["## Formula", "## When it misleads", "## Worked example"]) Assert.Contains(heading, text, StringComparison.Ordinal);
        var examples = Examples().Matches(text);
        Assert.NotEmpty(examples);
        foreach (Match example in examples)
        {
            using var document = JsonDocument.Parse(example.Groups[1].Value);
            Check(document.RootElement);
        }
    }

    [Fact]
    public void Every_page_is_listed_in_the_overview()
    {
        var overview = File.ReadAllText(Path.Combine(Vectors.Folder(Path.Combine("docs", "measures")), "README.md"));
        foreach (var page in Names) Assert.Contains($"({page})", overview, StringComparison.Ordinal);
    }

    private static void Check(JsonElement e)
    {
        switch (e.GetProperty("measure").GetString())
        {
            case "box-iou":
                Equal(e, BoxOverlap.IntersectionOverUnion(BoxOf(e, "a"), BoxOf(e, "b")));
                break;
            case "polygon-iou":
                Equal(e, Ring(e, "a").IntersectionOverUnion(Ring(e, "b")));
                break;
            case "boundary-iou":
                Equal(e, BoundaryOverlap.Of(Square(e, "a"), Square(e, "b"), (int)Numbers(e, "picture")[0], (int)Numbers(e, "picture")[1]));
                break;
            case "boundary-f":
                Equal(e, BoundaryAccuracy.Of(Square(e, "a"), Square(e, "b"), (int)Numbers(e, "picture")[0], (int)Numbers(e, "picture")[1], e.GetProperty("tolerance").GetInt32()));
                break;
            case "line-likeness":
                Equal(e, LineDistance.Similarity(new([.. Points(e, "a")]), new([.. Points(e, "b")]), (int)Numbers(e, "picture")[0], (int)Numbers(e, "picture")[1]));
                break;
            case "oks":
                Equal(e, KeypointOverlap.OfPoint(new(0, 0), new(e.GetProperty("distance").GetDouble(), 0), e.GetProperty("area").GetDouble(), Core.Quality.Keypoints.ObjectKeypointSimilarity.CocoSigmas[0]));
                break;
            case "box-margins":
                var margins = BoxTightness.Of(BoxOf(e, "given"), BoxOf(e, "right")).Margins;
                Assert.Equal(Numbers(e, "expect") is [var l, var t, var r, var b] ? new BoxMargins(l, t, r, b) : default, margins);
                break;
            case "average-precision":
                Equal(e, AveragePrecision(e.GetProperty("truths").GetInt32(), e.GetProperty("perfect").GetInt32()));
                break;
            case "confusion":
                CheckConfusion(e);
                break;
            case "panoptic":
                CheckPanoptic(e);
                break;
            case "semantic":
                var semantic = new SemanticScores(2);
                semantic.Add(Whole(e, "truth"), Whole(e, "given"));
                Expect(e, "accuracy", semantic.PixelAccuracy());
                Expect(e, "meanIoU", semantic.MeanIntersectionOverUnion());
                Expect(e, "dice0", semantic.Dice(0));
                break;
            case "cohen-kappa":
                Equal(e, CohenKappa.Of(Table(e, "table", v => v.GetInt64())).Value!.Value);
                break;
            case "fleiss-kappa":
                Equal(e, FleissKappa.Of(Table(e, "table", v => v.GetInt32())).Value!.Value);
                break;
            case "krippendorff-alpha":
                Equal(e, KrippendorffAlpha.Of(Table(e, "ratings", v => v.GetDouble()), Enum.Parse<ScaleOfMeasurement>(e.GetProperty("scale").GetString()!, ignoreCase: true)).Value!.Value);
                break;
            case "object-alpha":
                var objects = e.GetProperty("objects").EnumerateArray().Select(o => o.EnumerateArray().Select(v => v.GetInt32()).ToArray()).ToArray();
                var alpha = new ObjectAlpha(objects[0].Length, e.GetProperty("classes").GetInt32());
                alpha.Add(new ImageRatings(objects));
                Equal(e, alpha.Of(rounds: 0).Value!.Value);
                break;
            case "icc":
                var ratings = Table(e, "ratings", v => v.GetDouble());
                Expect(e, "oneWay", IntraclassCorrelation.Of(ratings, IccForm.OneWay));
                Expect(e, "twoWayRandom", IntraclassCorrelation.Of(ratings, IccForm.TwoWayRandom));
                Expect(e, "twoWayMixed", IntraclassCorrelation.Of(ratings, IccForm.TwoWayMixed));
                break;
            case "pearson":
                Equal(e, PearsonCorrelation.Of(Numbers(e, "a"), Numbers(e, "b")).Value!.Value);
                break;
            case "dawid-skene":
                var belief = DawidSkene.Estimate(Table(e, "labels", v => v.GetInt32()), 2).Probabilities[e.GetProperty("item").GetInt32(), e.GetProperty("class").GetInt32()];
                Assert.InRange(belief, e.GetProperty("atLeast").GetDouble(), 1);
                break;
            case "mask-majority":
                Assert.Equal(Whole(e, "expect").Select(v => (byte)v), MaskConsensus.Majority([.. e.GetProperty("masks").EnumerateArray().Select(m => m.EnumerateArray().Select(v => v.GetByte()).ToArray())]));
                break;
            case "weighted-median":
                Equal(e, WeightedMedian.Of(Numbers(e, "values"), Numbers(e, "weights")));
                break;
            case "confident-learning":
                var second = Numbers(e, "second");
                var probabilities = new double[second.Length, 2];
                for (var i = 0; i < second.Length; i++) (probabilities[i, 0], probabilities[i, 1]) = (1 - second[i], second[i]);
                Assert.Equal(Whole(e, "expect"), ConfidentLearning.Find(Whole(e, "labels"), probabilities).Issues);
                break;
            case "label-likeness":
                Equal(e, ObjectLabelErrors.Likeness(new(new BoxShape(BoxOf(e, "a")), 100, 100), new(new BoxShape(BoxOf(e, "b")), 100, 100)));
                break;
            case "acceptance":
                Equal(e, new AcceptancePlan(e.GetProperty("batch").GetInt32(), e.GetProperty("sample").GetInt32(), e.GetProperty("allowed").GetInt32()).Acceptance(e.GetProperty("wrong").GetInt32()));
                break;
            case "wilson":
                var share = Proportion.Of(e.GetProperty("hits").GetInt64(), e.GetProperty("items").GetInt64());
                Assert.Equal(e.GetProperty("expect").GetProperty("low").GetDouble(), share.Interval!.Value.Low, Digits);
                Assert.Equal(e.GetProperty("expect").GetProperty("high").GetDouble(), share.Interval.Value.High, Digits);
                Assert.Equal(e.GetProperty("expect").GetProperty("sampleSize").GetInt32(), Proportion.SampleSize(.5, .05, int.MaxValue));
                break;
            case "taxonomy":
                Annotation Car(string side) => new() { Id = Guid.CreateVersion7(), ClassId = "car", Shape = new BoxShape(BoxOf(e, side)) };
                Assert.Equal(e.GetProperty("expect").EnumerateArray().Select(v => v.GetString()), ErrorTaxonomy.Compare([Car("gold")], [Car("given")], 640, 480).Differences.Select(d => d.Kind.ToString()));
                break;
            default:
                Assert.Fail($"No test computes the example {e}.");
                break;
        }
    }

    private static double AveragePrecision(int truths, int perfect)
    {
        var overlaps = new double[perfect * truths];
        for (var i = 0; i < perfect; i++) overlaps[(i * truths) + i] = 1;
        var evaluator = Evaluator();
        evaluator.Add(0, 0, overlaps, Enumerable.Repeat(new DetectionFacts(.9, 5000), perfect).ToArray(), Enumerable.Repeat(new TruthFacts(5000, false, false), truths).ToArray());
        return evaluator.Overall().Metrics["AP"].Value!.Value;
    }

    private static void CheckConfusion(JsonElement e)
    {
        var (truths, given) = (Whole(e, "truths").Select(c => new MatchedFacts(c, 100)).ToArray(), Whole(e, "given").Select(c => new MatchedFacts(c, 100)).ToArray());
        var overlaps = new double[truths.Length * given.Length];
        foreach (var pair in e.GetProperty("pairs").EnumerateArray()) overlaps[(pair[0].GetInt32() * given.Length) + pair[1].GetInt32()] = .9;
        var confusion = new ObjectConfusion(2);
        confusion.Add(ObjectMatcher.Match(overlaps, truths, given, new() { ClassBlind = true }), truths, given);
        var shares = confusion.Overall();
        Expect(e, "precision", shares.Precision);
        Expect(e, "recall", shares.Recall);
        Expect(e, "f1", shares.F1);
        Expect(e, "missed", shares.Missed);
        Expect(e, "false", shares.False);
    }

    private static void CheckPanoptic(JsonElement e)
    {
        // A segment of ten pixels found with so many of them and none besides, others missed, others false.
        var (truthIds, givenIds, truth, given) = (new List<int>(), new List<int>(), new List<Segment>(), new List<Segment>());
        void Paint(int t, int g, int count)
        {
            truthIds.AddRange(Enumerable.Repeat(t, count));
            givenIds.AddRange(Enumerable.Repeat(g, count));
        }

        var id = 1;
        foreach (var overlap in Numbers(e, "overlaps"))
        {
            truth.Add(new(id, 0, false));
            given.Add(new(id, 0, false));
            Paint(id, id, (int)Math.Round(10 * overlap));
            Paint(id, 1000, 10 - (int)Math.Round(10 * overlap));
            id++;
        }

        for (var i = 0; i < e.GetProperty("missed").GetInt32(); i++, id++)
        {
            truth.Add(new(id, 0, false));
            Paint(id, 1000, 5);
        }

        for (var i = 0; i < e.GetProperty("false").GetInt32(); i++, id++)
        {
            given.Add(new(id, 0, false));
            Paint(1000, id, 5);
        }

        truth.Add(new(1000, 1, false));
        given.Add(new(1000, 1, false));
        var quality = new PanopticQuality(2);
        quality.Add(truthIds.ToArray(), truth, givenIds.ToArray(), given);
        Expect(e, "pq", quality.OfClass(0).PQ);
        Expect(e, "sq", quality.OfClass(0).SQ);
        Expect(e, "rq", quality.OfClass(0).RQ);
    }

    private static void Equal(JsonElement e, double found) => Assert.Equal(e.GetProperty("expect").GetDouble(), found, Digits);

    private static void Expect(JsonElement e, string name, Core.Quality.Measure found) => Assert.Equal(e.GetProperty("expect").GetProperty(name).GetDouble(), found.Value!.Value, Digits);

    private static double[] Numbers(JsonElement e, string name) => [.. e.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static int[] Whole(JsonElement e, string name) => [.. e.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

    private static T[,] Table<T>(JsonElement e, string name, Func<JsonElement, T> value)
    {
        var rows = e.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(value).ToArray()).ToArray();
        var table = new T[rows.Length, rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows[i].Length; j++) table[i, j] = rows[i][j];
        }

        return table;
    }

    private static Point2[] Points(JsonElement e, string name) => [.. Numbers(e, name).Chunk(2).Select(p => new Point2(p[0], p[1]))];

    private static Box BoxOf(JsonElement e, string name) => Numbers(e, name) is [var x, var y, var w, var h] ? new(x, y, w, h) : throw new FormatException(name);

    private static Mask Square(JsonElement e, string name) => Whole(e, name) is [var x, var y, var w, var h] ? Mask.FromRectangle(x, y, w, h) : throw new FormatException(name);

    private static Polygon Ring(JsonElement e, string name) => Polygon.FromRing([.. Points(e, name)]);

    internal static DetectionEvaluator Evaluator() => new(DetectionProtocol.Coco, 1);

    [GeneratedRegex("```json\\n(.*?)\\n```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
