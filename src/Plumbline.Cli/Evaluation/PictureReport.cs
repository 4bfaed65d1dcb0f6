using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Overlap;
using Plumbline.Core.Quality.Panoptic;
using Plumbline.Core.Quality.Semantic;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Evaluation;

/// <summary>Scores of pictures in which every pixel belongs to one segment (<c>panoptic</c>) or class (<c>semantic</c>), from the objects of two datasets painted in their drawing order.</summary>
/// <param name="sets">The truth, then the predictions.</param>
/// <param name="issues">Receives images that the truth lacks.</param>
internal sealed class PictureReport(AnnotatorSets sets, IssueLog issues)
{
    // Formats in which a pixel without a segment is void; in others it is background.
    private static readonly string[] WithVoid = ["coco-panoptic", "cityscapes"];
    private const string Background = "background";

    private readonly IReadOnlyList<DatasetClass> classes = sets.Images.Classes;
    private readonly long[] images = new long[sets.Images.Classes.Count + 1];
    private readonly long[] truths = new long[sets.Images.Classes.Count + 1];

    /// <summary>PQ, SQ and RQ, over things and stuff where the truth tells them apart, and per class.</summary>
    public async Task<EvaluationReport> PanopticAsync(CancellationToken cancellationToken)
    {
        var quality = new PanopticQuality(classes.Count);
        await ForEachAsync(
            (truth, given, size) =>
            {
                var (truthIds, truthSegments) = Segments(truth, size);
                var (givenIds, givenSegments) = Segments([.. given.Where(o => !o.Annotation.Ignore)], size);
                quality.Add(truthIds, truthSegments, givenIds, givenSegments);
            },
            cancellationToken);
        var metrics = new Dictionary<string, Measure>();
        Add(metrics, "", quality.Over(Enumerable.Range(0, classes.Count)));
        var things = classes.Select(IsThing).ToArray();
        if (things.Any(thing => thing is not null))
        {
            Add(metrics, "th", quality.Over(Enumerable.Range(0, classes.Count).Where(c => things[c] == true)));
            Add(metrics, "st", quality.Over(Enumerable.Range(0, classes.Count).Where(c => things[c] == false)));
        }

        return new("panoptic", metrics, [.. classes.Select((c, i) =>
        {
            var one = new Dictionary<string, Measure>();
            Add(one, "", quality.OfClass(i));
            return new ClassReport(c.Name, one, images[i], truths[i]);
        })], []);
    }

    /// <summary>Mean IoU and pixel accuracy, IoU and Dice per class.</summary>
    public async Task<EvaluationReport> SemanticAsync(CancellationToken cancellationToken)
    {
        var known = classes.Select((c, i) => (c.Name, i)).Where(c => c.Name == Background).Select(c => c.i).DefaultIfEmpty(classes.Count).First();
        var background = WithVoid.Contains(sets.Formats[0]) ? -1 : known;
        var scores = new SemanticScores(Math.Max(1, Math.Max(classes.Count, background + 1)));
        await ForEachAsync((truth, given, size) => scores.Add(ClassMap(truth, size, background), ClassMap(given, size, background)), cancellationToken);
        var names = classes.Select(c => c.Name).Concat(background == classes.Count ? [Background] : []).ToList();
        return new(
            "semantic",
            new Dictionary<string, Measure> { ["mIoU"] = scores.MeanIntersectionOverUnion(), ["pixelAccuracy"] = scores.PixelAccuracy() },
            [.. names.Select((name, i) => new ClassReport(name, new Dictionary<string, Measure> { ["IoU"] = scores.IntersectionOverUnion(i), ["Dice"] = scores.Dice(i) }, images[i], truths[i]))],
            []);
    }

    private delegate void Picture(IReadOnlyList<Painted> truth, IReadOnlyList<Painted> given, (int Width, int Height) size);

    private sealed record Painted(DatasetAnnotation Annotation, int Class, Mask Pixels);

    private async Task ForEachAsync(Picture add, CancellationToken cancellationToken)
    {
        await foreach (var image in sets.Images.ReadAsync(cancellationToken))
        {
            if (image.Items[0] is null)
            {
                if (image.Items[1]!.Annotations.Count > 0) issues.Error("unknown-image", sets.Names[1], image.Path, null, $"{sets.Names[0]} lacks this image."); // one of two has it
                continue;
            }

            if (image.Items.All(item => item is null or { Annotations.Count: 0 }) && image.Size is null) continue;
            var size = ImageShapes.SizeOf(image);
            var truth = Paint(image, 0, size);
            foreach (var group in truth.Where(o => !o.Annotation.Ignore).GroupBy(o => o.Class))
            {
                images[group.Key]++;
                truths[group.Key] += group.Count();
            }

            add(truth, Paint(image, 1, size), size);
        }
    }

    // In drawing order: what comes later covers what came before.
    private List<Painted> Paint(AlignedImage image, int dataset, (int Width, int Height) size)
    {
        var painted = new List<Painted>();
        foreach (var annotation in (image.Items[dataset]?.Annotations ?? []).OrderBy(a => a.Z))
        {
            if (annotation.Shape.Kind is ShapeKind.Box or ShapeKind.RotatedBox or ShapeKind.Ellipse or ShapeKind.Polygon or ShapeKind.Mask)
                painted.Add(new(annotation, image.Classes[dataset][annotation.ClassIndex], new ComparedShape(annotation.Shape, size.Width, size.Height).Pixels));
            else
                issues.Warning("not-comparable", sets.Names[dataset], image.Items[dataset]!.NameOf(annotation), null, $"a {CamelCase.Of(annotation.Shape.Kind)} covers no pixels; it is left out.");
        }

        return painted;
    }

    private static (int[] Ids, List<Segment> Segments) Segments(IReadOnlyList<Painted> objects, (int Width, int Height) size)
    {
        var ids = new int[size.Width * size.Height];
        var segments = new List<Segment>();
        foreach (var (i, one) in objects.Index())
        {
            segments.Add(new(i + 1, one.Class, one.Annotation.Ignore));
            Fill(ids, one.Pixels, size.Width, i + 1);
        }

        return (ids, segments);
    }

    private static int[] ClassMap(IReadOnlyList<Painted> objects, (int Width, int Height) size, int background)
    {
        var map = new int[size.Width * size.Height];
        Array.Fill(map, background);
        foreach (var one in objects) Fill(map, one.Pixels, size.Width, one.Annotation.Ignore ? -1 : one.Class);
        return map;
    }

    private static void Fill(int[] map, Mask mask, int width, int value)
    {
        long position = 0;
        var inside = false;
        foreach (var run in mask.Runs)
        {
            for (var (at, end) = (position, position + run); inside && at < end;)
            {
                var (row, column) = ((int)(at / mask.Width), (int)(at % mask.Width));
                var length = (int)Math.Min(end - at, mask.Width - column);
                map.AsSpan(((mask.Y + row) * width) + mask.X + column, length).Fill(value);
                at += length;
            }

            position += run;
            inside = !inside;
        }
    }

    private static void Add(Dictionary<string, Measure> metrics, string suffix, PanopticScores scores)
    {
        metrics["PQ" + suffix] = scores.PQ;
        metrics["SQ" + suffix] = scores.SQ;
        metrics["RQ" + suffix] = scores.RQ;
    }

    private static bool? IsThing(DatasetClass c)
    {
        if (c.Raw.IsEmpty || c.Raw.Span[0] != (byte)'{') return null;
        using var json = JsonDocument.Parse(c.Raw);
        return json.RootElement.TryGetProperty("isthing", out var thing) && thing.ValueKind == JsonValueKind.Number ? thing.GetDouble() != 0 : null;
    }
}
