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
    private readonly Dictionary<CurveOf, PrecisionRecall?> known = [];

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
    /// <param name="image">Position of the image, from 0.</param>
    /// <param name="classIndex">Position of the class.</param>
    /// <param name="overlaps">Detections × truths, row by row; against a crowd the denominator is the detection's own area. No NaN.</param>
    /// <param name="detections">Best score first (ties in file order), no more than the protocol's largest number.</param>
    /// <param name="truths">In file order.</param>
    /// <param name="incomplete">Whether not every object of the class is labelled here (federated datasets): detections that match none are then ignored.</param>
    public void Add(int image, int classIndex, ReadOnlySpan<double> overlaps, ReadOnlySpan<DetectionFacts> detections, ReadOnlySpan<TruthFacts> truths, bool incomplete = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(image);
        var log = logs[classIndex];
        Span<MatchBits> matches = detections.Length <= 256 ? stackalloc MatchBits[detections.Length] : new MatchBits[detections.Length];
        for (var a = 0; a < protocol.Areas.Count; a++)
        {
            var counting = DetectionMatcher.Match(overlaps, detections, truths, thresholds, protocol.Areas[a], matches);
            if (incomplete) IgnoreUnmatched(matches);
            log.Add(a, image, matches, counting);
        }

        log.Add(image, detections);
        known.Clear();
    }

    /// <summary>Adds what another evaluator of the same protocol and classes was given: images that come after those of this one.</summary>
    public void Append(DetectionEvaluator next)
    {
        for (var c = 0; c < logs.Length; c++) logs[c].Append(next.logs[c]);
        known.Clear();
    }

    /// <summary>The means over all classes that have truths.</summary>
    public DetectionScores Overall() => OfClasses(Everything);

    /// <summary>The means over those of the given classes that have truths.</summary>
    public DetectionScores OfClasses(IReadOnlyList<int> classes) => Scores(classes, Whole);

    /// <summary>The scores of one class.</summary>
    public DetectionScores OfClass(int classIndex) => OfClasses([classIndex]);

    /// <summary>How many truths of a class count.</summary>
    public long Truths(int classIndex) => logs[classIndex].Truths(0);

    /// <summary>All classes, as a group for <see cref="WithIntervals"/>.</summary>
    public IReadOnlyList<int> Everything => [.. Enumerable.Range(0, logs.Length)];

    /// <summary>
    /// The means over groups of classes, with 95 % intervals from a bootstrap by image: a round draws as many images as there are, with replacement, ranks the detections of those and reads the scores again.
    /// </summary>
    /// <param name="groups">Positions of the classes of each group.</param>
    /// <param name="images">The images to draw from: all that were looked at, those without objects too.</param>
    /// <param name="rounds">Number of rounds; 1,000 give ends that are steady to about a twentieth of the width.</param>
    /// <param name="seed">The same seed gives the same intervals.</param>
    /// <param name="cancellationToken">Ends the rounds.</param>
    public IReadOnlyList<DetectionScores> WithIntervals(IReadOnlyList<IReadOnlyList<int>> groups, IReadOnlyList<int> images, int rounds = 1_000, int seed = 1, CancellationToken cancellationToken = default)
    {
        var whole = groups.Select(OfClasses).ToList();
        if (images.Count < 2 || rounds == 0) return whole;
        var draws = new ImageDraws(images, seed);
        var found = whole.Select(scores => scores.Metrics.ToDictionary(metric => metric.Key, _ => new List<double>(rounds))).ToList();
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => (Times: draws.Room(), Ranked: new Dictionary<CurveOf, RankedDetections>())).ToArray();
        for (var done = 0; done < rounds; done += workers.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rescored = new List<DetectionScores>[Math.Min(workers.Length, rounds - done)];
            for (var worker = 0; worker < rescored.Length; worker++) draws.Next(workers[worker].Times);
            Parallel.For(0, rescored.Length, worker =>
            {
                var (times, known) = workers[worker];
                var curves = new Dictionary<CurveOf, PrecisionRecall?>();
                PrecisionRecall? Again(CurveOf which)
                {
                    if (curves.TryGetValue(which, out var curve)) return curve;
                    if (!known.TryGetValue(which, out var ranked)) known[which] = ranked = Ranked(which);
                    return curves[which] = ranked.Over(protocol.Recalls, times);
                }

                rescored[worker] = [.. groups.Select(group => Scores(group, Again))];
            });
            foreach (var round in rescored)
            {
                foreach (var (g, scores) in round.Index())
                {
                    foreach (var (name, measure) in scores.Metrics)
                    {
                        if (measure.Value is { } value) found[g][name].Add(value);
                    }
                }
            }
        }

        return [.. whole.Select((scores, g) => new DetectionScores(scores.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value with { Interval = metric.Value.Value is null ? null : Percentiles.OfRounds(found[g][metric.Key], rounds) })))];
    }

    private void IgnoreUnmatched(Span<MatchBits> matches)
    {
        var all = (1 << thresholds.Length) - 1;
        foreach (ref var match in matches) match = match with { Ignored = (ushort)(match.Ignored | (all & ~match.Matched)) };
    }

    private RankedDetections Ranked(CurveOf which) => logs[which.Class].Ranked(which.Area, which.Maximum, thresholds.Length);

    private PrecisionRecall? Whole(CurveOf which) => known.TryGetValue(which, out var curve) ? curve : known[which] = Ranked(which).Over(protocol.Recalls, []);

    private DetectionScores Scores(IReadOnlyList<int> classes, Func<CurveOf, PrecisionRecall?> read)
    {
        var precisions = new Dictionary<string, Measure>();
        var recalls = new Dictionary<string, Measure>();
        var most = protocol.MaximumDetections[^1];
        for (var a = 0; a < protocol.Areas.Count; a++)
        {
            var found = Curves(a, most);
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
                recalls[$"AR{maximum}"] = Mean(maximum == most ? found : Curves(a, maximum), curve => curve.Recall.Average(), a);
        }

        foreach (var (name, value) in recalls) precisions.Add(name, value);
        return new(precisions);

        List<PrecisionRecall> Curves(int area, int maximum) => [.. classes.Select(c => read(new(c, area, maximum))).OfType<PrecisionRecall>()];
    }

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

    /// <summary>Which detections a curve is read from: of a class, in an area range, so many an image.</summary>
    private readonly record struct CurveOf(int Class, int Area, int Maximum);
}
