namespace Plumbline.Core.Quality.Detection;

/// <summary>Scores of one class, or the mean over classes.</summary>
/// <param name="Metrics">By COCO's names: AP, AP50, AP75, APs, APm, APl, AR1, AR10, AR100, ARs, ARm, ARl.</param>
public sealed record DetectionScores(IReadOnlyDictionary<string, Measure> Metrics);

/// <summary>COCO's average precision and recall over images that are added one after the other.</summary>
public sealed class DetectionEvaluator
{
    private readonly DetectionProtocol _protocol;
    private readonly string[] _classes;
    private readonly PrecisionCurve[,] _curves;

    /// <param name="protocol">The parameters.</param>
    /// <param name="classes">Names of the classes; a class is referred to by its position.</param>
    public DetectionEvaluator(DetectionProtocol protocol, IReadOnlyList<string> classes)
    {
        if (protocol.Thresholds.Count > 16) throw new ArgumentException("At most 16 thresholds.", nameof(protocol));
        if (protocol.MaximumDetections[^1] > byte.MaxValue) throw new ArgumentException("At most 255 detections an image and class.", nameof(protocol));
        (_protocol, _classes) = (protocol, [.. classes]);
        _curves = new PrecisionCurve[_classes.Length, protocol.Areas.Count];
        for (var c = 0; c < _classes.Length; c++)
        {
            for (var a = 0; a < protocol.Areas.Count; a++) _curves[c, a] = new();
        }
    }

    /// <summary>Adds the objects of one class in one image.</summary>
    /// <param name="classIndex">Position of the class.</param>
    /// <param name="overlaps">Detections × truths, row by row; against a crowd the denominator is the detection's own area.</param>
    /// <param name="detections">Best score first (ties in file order), no more than the protocol's largest number.</param>
    /// <param name="truths">In file order.</param>
    public void Add(int classIndex, ReadOnlySpan<double> overlaps, ReadOnlySpan<DetectionFacts> detections, ReadOnlySpan<TruthFacts> truths)
    {
        Span<MatchBits> matches = stackalloc MatchBits[byte.MaxValue];
        matches = matches[..detections.Length];
        for (var a = 0; a < _protocol.Areas.Count; a++)
        {
            var counting = DetectionMatcher.Match(overlaps, detections, truths, _protocol.Thresholds, _protocol.Areas[a], matches);
            _curves[classIndex, a].Add(detections, matches, counting);
        }
    }

    /// <summary>The means over all classes that have truths.</summary>
    public DetectionScores Overall() => Scores(Enumerable.Range(0, _classes.Length).ToArray());

    /// <summary>The scores of one class.</summary>
    public DetectionScores OfClass(int classIndex) => Scores([classIndex]);

    /// <summary>How many truths of a class count.</summary>
    public long Truths(int classIndex) => _curves[classIndex, 0].Truths;

    private DetectionScores Scores(int[] classes)
    {
        var metrics = new Dictionary<string, Measure>();
        var most = _protocol.MaximumDetections[^1];
        for (var a = 0; a < _protocol.Areas.Count; a++)
        {
            var suffix = a == 0 ? "" : _protocol.Areas[a].Name[..1];
            var found = Curves(classes, a, most);
            metrics["AP" + suffix] = Mean(found, curve => curve.Precision.Average(), a);
            if (a == 0)
            {
                metrics["AP50"] = Mean(found, curve => curve.Precision[Index(.5)], a);
                metrics["AP75"] = Mean(found, curve => curve.Precision[Index(.75)], a);
                foreach (var maximum in _protocol.MaximumDetections)
                {
                    var counted = maximum == most ? found : Curves(classes, a, maximum);
                    metrics[$"AR{maximum}"] = Mean(counted, curve => curve.Recall.Average(), a);
                }
            }
            else
            {
                metrics["AR" + suffix] = Mean(found, curve => curve.Recall.Average(), a);
            }
        }

        return new(metrics);
    }

    private List<(double[] Precision, double[] Recall, long Truths)> Curves(int[] classes, int area, int maximum) =>
        classes.Select(c => (Curve: _curves[c, area].At(_protocol, maximum), _curves[c, area].Truths))
            .Where(found => found.Curve is not null)
            .Select(found => (found.Curve!.Value.Precision, found.Curve.Value.Recall, found.Truths))
            .ToList();

    private Measure Mean(List<(double[] Precision, double[] Recall, long Truths)> curves, Func<(double[] Precision, double[] Recall, long Truths), double> value, int area) =>
        curves.Count == 0
            ? Measure.None(area == 0 ? "no truth objects" : $"no {_protocol.Areas[area].Name} truth objects")
            : Measure.Of(curves.Average(value), curves.Sum(curve => curve.Truths));

    private int Index(double threshold)
    {
        for (var t = 0; t < _protocol.Thresholds.Count; t++)
        {
            if (Math.Abs(_protocol.Thresholds[t] - threshold) < 1e-9) return t;
        }

        throw new InvalidOperationException($"The protocol has no threshold {threshold}.");
    }
}
