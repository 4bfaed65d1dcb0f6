namespace Plumbline.Core.Quality.Detection;

/// <summary>Scores of one class, or the mean over classes.</summary>
/// <param name="Metrics">
/// By COCO's names and in COCO's order: AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl. A protocol with recall by threshold (keypoints) has AR, AR50 and AR75
/// instead of AR1, AR10 and AR100; sizes only as far as the protocol has them.
/// </param>
public sealed record DetectionScores(IReadOnlyDictionary<string, Measure> Metrics);

/// <summary>COCO's average precision and recall over images that are added one after the other.</summary>
public sealed class DetectionEvaluator
{
    private readonly DetectionProtocol protocol;
    private readonly double[] thresholds;
    private readonly DetectionLog[] logs;

    /// <param name="protocol">The parameters.</param>
    /// <param name="classes">Number of classes; a class is referred to by its position.</param>
    public DetectionEvaluator(DetectionProtocol protocol, int classes)
    {
        if (protocol.Thresholds.Count > 16) throw new ArgumentException("At most 16 thresholds.", nameof(protocol));
        if (protocol.MaximumDetections[^1] > ushort.MaxValue) throw new ArgumentException("At most 65,535 detections an image and class.", nameof(protocol));
        this.protocol = protocol;
        thresholds = [.. protocol.Thresholds];
        logs = [.. Enumerable.Range(0, classes).Select(_ => new DetectionLog(protocol.Areas.Count))];
    }

    /// <summary>Adds the objects of one class in one image.</summary>
    /// <param name="classIndex">Position of the class.</param>
    /// <param name="overlaps">Detections × truths, row by row; against a crowd the denominator is the detection's own area. No NaN.</param>
    /// <param name="detections">Best score first (ties in file order), no more than the protocol's largest number.</param>
    /// <param name="truths">In file order.</param>
    /// <param name="incomplete">Whether not every object of the class is labelled here (federated datasets): detections that match none are then ignored.</param>
    public void Add(int classIndex, ReadOnlySpan<double> overlaps, ReadOnlySpan<DetectionFacts> detections, ReadOnlySpan<TruthFacts> truths, bool incomplete = false)
    {
        var log = logs[classIndex];
        Span<MatchBits> matches = detections.Length <= 256 ? stackalloc MatchBits[detections.Length] : new MatchBits[detections.Length];
        for (var a = 0; a < protocol.Areas.Count; a++)
        {
            var counting = DetectionMatcher.Match(overlaps, detections, truths, thresholds, protocol.Areas[a], matches);
            if (incomplete) IgnoreUnmatched(matches);
            log.Add(a, matches, counting);
        }

        log.Add(detections);
    }

    /// <summary>Adds what another evaluator of the same protocol and classes was given: images that come after those of this one.</summary>
    public void Append(DetectionEvaluator next)
    {
        for (var c = 0; c < logs.Length; c++) logs[c].Append(next.logs[c]);
    }

    /// <summary>The means over all classes that have truths.</summary>
    public DetectionScores Overall() => Scores([.. Enumerable.Range(0, logs.Length)]);

    /// <summary>The means over those of the given classes that have truths.</summary>
    public DetectionScores OfClasses(IReadOnlyList<int> classes) => Scores(classes);

    /// <summary>The scores of one class.</summary>
    public DetectionScores OfClass(int classIndex) => Scores([classIndex]);

    /// <summary>How many truths of a class count.</summary>
    public long Truths(int classIndex) => logs[classIndex].Truths(0);

    private void IgnoreUnmatched(Span<MatchBits> matches)
    {
        var all = (1 << thresholds.Length) - 1;
        foreach (ref var match in matches) match = match with { Ignored = (ushort)(match.Ignored | (all & ~match.Matched)) };
    }

    private DetectionScores Scores(IReadOnlyList<int> classes)
    {
        var precisions = new Dictionary<string, Measure>();
        var recalls = new Dictionary<string, Measure>();
        var most = protocol.MaximumDetections[^1];
        for (var a = 0; a < protocol.Areas.Count; a++)
        {
            var found = Curves(classes, a, most);
            if (a > 0)
            {
                precisions["AP" + protocol.Areas[a].Name[..1]] = Mean(found, curve => curve.Precision.Average(), a);
                recalls["AR" + protocol.Areas[a].Name[..1]] = Mean(found, curve => curve.Recall.Average(), a);
                continue;
            }

            precisions["AP"] = Mean(found, curve => curve.Precision.Average(), a);
            precisions["AP50"] = Mean(found, curve => curve.Precision[Index(.5)], a);
            precisions["AP75"] = Mean(found, curve => curve.Precision[Index(.75)], a);
            if (protocol.RecallByThreshold)
            {
                recalls["AR"] = Mean(found, curve => curve.Recall.Average(), a);
                recalls["AR50"] = Mean(found, curve => curve.Recall[Index(.5)], a);
                recalls["AR75"] = Mean(found, curve => curve.Recall[Index(.75)], a);
                continue;
            }

            foreach (var maximum in protocol.MaximumDetections)
                recalls[$"AR{maximum}"] = Mean(maximum == most ? found : Curves(classes, a, maximum), curve => curve.Recall.Average(), a);
        }

        foreach (var (name, value) in recalls) precisions.Add(name, value);
        return new(precisions);
    }

    private List<PrecisionRecall> Curves(IReadOnlyList<int> classes, int area, int maximum) =>
        [.. classes.Select(c => logs[c].At(protocol, area, maximum)).OfType<PrecisionRecall>()];

    private Measure Mean(List<PrecisionRecall> curves, Func<PrecisionRecall, double> value, int area) =>
        curves.Count == 0
            ? Measure.None(area == 0 ? "no truth objects" : $"no {protocol.Areas[area].Name} truth objects")
            : Measure.Of(curves.Average(value), curves.Sum(curve => curve.Truths));

    private int Index(double threshold)
    {
        for (var t = 0; t < protocol.Thresholds.Count; t++)
        {
            if (Math.Abs(protocol.Thresholds[t] - threshold) < 1e-9) return t;
        }

        throw new InvalidOperationException($"The protocol has no threshold {threshold}.");
    }
}
