using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.LabelErrors;

/// <summary>How a labelled picture is probably wrong.</summary>
public enum LabelErrorKind
{
    /// <summary>A model is sure of an object that nobody labelled.</summary>
    Overlooked,

    /// <summary>No prediction of the label's class lies where the label does.</summary>
    BadlyLocated,

    /// <summary>A model is sure that the object is of another class.</summary>
    Swapped,
}

/// <summary>One probable label error.</summary>
/// <param name="Kind">What is probably wrong.</param>
/// <param name="Label">Position of the label; −1 for an overlooked object.</param>
/// <param name="Prediction">Position of the prediction that speaks against it; −1 where none is near.</param>
/// <param name="Score">In [0, 1]: the lower, the surer the error.</param>
public sealed record LabelError(LabelErrorKind Kind, int Label, int Prediction, double Score);

/// <summary>An object of a picture, labelled or predicted.</summary>
/// <param name="ClassIndex">Its class, from 0.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Confidence">Of a prediction, in [0, 1].</param>
public readonly record struct LocatedObject(int ClassIndex, ComparedShape Shape, double Confidence = 1);

/// <summary>Where <see cref="ObjectLabelErrors"/> draws its lines.</summary>
public sealed record LabelErrorOptions
{
    /// <summary>Share of the overlap in the likeness of two objects; the rest is how near their centres are.</summary>
    public double OverlapShare { get; init; } = .9;

    /// <summary>Confidence from which a prediction counts at all.</summary>
    public double Low { get; init; } = .5;

    /// <summary>Confidence from which a prediction speaks for an overlooked or swapped object.</summary>
    public double High { get; init; } = .95;

    /// <summary>Score below which an object is called overlooked.</summary>
    public double Overlooked { get; init; } = .3;

    /// <summary>Score below which a label is called badly located.</summary>
    public double BadlyLocated { get; init; } = .5;

    /// <summary>Score below which a label is called swapped.</summary>
    public double Swapped { get; init; } = .3;
}

/// <summary>Probable label errors of object labels, from the predictions of a model that was not trained on them.</summary>
/// <remarks>
/// After Tkachenko, Thyagarajan and Mueller, "ObjectLab: automated diagnosis of mislabeled images in object detection data", ICML workshop 2023, with its scores and confidences. Deliberately
/// different: the distance of centres is measured in sizes of the larger object rather than of the picture, so that small objects are judged like large ones; a label with no prediction of its
/// class near it is only called badly located where some prediction of that class reaches it at all; a label whose place is confirmed by a sure prediction of its own class is not swapped.
/// </remarks>
public static class ObjectLabelErrors
{
    /// <summary>Likely errors of one picture, the surest first.</summary>
    /// <param name="labels">What was labelled.</param>
    /// <param name="predictions">What the model found.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="ArgumentException">A confidence is not in [0, 1].</exception>
    public static IReadOnlyList<LabelError> Find(IReadOnlyList<LocatedObject> labels, IReadOnlyList<LocatedObject> predictions, LabelErrorOptions? options = null)
    {
        options ??= new();
        for (var p = 0; p < predictions.Count; p++)
        {
            if (!(predictions[p].Confidence is >= 0 and <= 1)) throw new ArgumentException($"Prediction {p} has the confidence {predictions[p].Confidence}.", nameof(predictions));
        }

        var likeness = new double[labels.Count, predictions.Count];
        for (var l = 0; l < labels.Count; l++)
        {
            for (var p = 0; p < predictions.Count; p++) likeness[l, p] = Likeness(labels[l].Shape, predictions[p].Shape, options.OverlapShare);
        }

        var errors = new List<LabelError>();
        for (var l = 0; l < labels.Count; l++)
        {
            if (Swapped(l, labels, predictions, likeness, options) is { } swapped) errors.Add(swapped);
            else if (BadlyLocated(l, labels, predictions, likeness, options) is { } badly) errors.Add(badly);
        }

        var explained = errors.Select(error => error.Prediction).ToHashSet();
        errors.AddRange(Overlooked(labels, predictions, likeness, options).Where(error => !explained.Contains(error.Prediction)).ToList());
        return errors.OrderBy(error => error.Score).ThenBy(error => error.Kind).ThenBy(error => error.Label).ThenBy(error => error.Prediction).ToList();
    }

    /// <summary>share · overlap + (1 − share) · (1 − distance of centres / larger diagonal), in [0, 1]; 0 where shapes do not compare or have no place.</summary>
    public static double Likeness(ComparedShape a, ComparedShape b, double overlapShare = .9)
    {
        var overlap = ShapeOverlap.Of(a, b);
        if (double.IsNaN(overlap) || a.Bounds is not { } one || b.Bounds is not { } other) return 0;
        var size = Math.Max(double.Hypot(one.Width, one.Height), double.Hypot(other.Width, other.Height));
        var distance = one.Center == other.Center ? 0 : size == 0 ? 1 : Math.Min(1, one.Center.DistanceTo(other.Center) / size);
        return (overlapShare * overlap) + ((1 - overlapShare) * (1 - distance));
    }

    private static IEnumerable<LabelError> Overlooked(IReadOnlyList<LocatedObject> labels, IReadOnlyList<LocatedObject> predictions, double[,] likeness, LabelErrorOptions options)
    {
        for (var p = 0; p < predictions.Count; p++)
        {
            if (predictions[p].Confidence < options.High) continue;
            var nearest = Enumerable.Range(0, labels.Count).Where(l => labels[l].ClassIndex == predictions[p].ClassIndex).Select(l => likeness[l, p]).DefaultIfEmpty(0).Max();
            if (nearest < options.Overlooked) yield return new(LabelErrorKind.Overlooked, -1, p, nearest);
        }
    }

    private static LabelError? Swapped(int l, IReadOnlyList<LocatedObject> labels, IReadOnlyList<LocatedObject> predictions, double[,] likeness, LabelErrorOptions options)
    {
        var best = Nearest(l, predictions, likeness, p => predictions[p].ClassIndex != labels[l].ClassIndex && predictions[p].Confidence >= options.High);
        if (best < 0 || 1 - likeness[l, best] >= options.Swapped) return null;
        var own = Nearest(l, predictions, likeness, p => predictions[p].ClassIndex == labels[l].ClassIndex && predictions[p].Confidence >= options.High);
        var claimed = Enumerable.Range(0, labels.Count).Any(other => other != l && labels[other].ClassIndex == predictions[best].ClassIndex && likeness[other, best] >= likeness[l, best]);
        return claimed || (own >= 0 && likeness[l, own] >= likeness[l, best]) ? null : new(LabelErrorKind.Swapped, l, best, 1 - likeness[l, best]);
    }

    private static LabelError? BadlyLocated(int l, IReadOnlyList<LocatedObject> labels, IReadOnlyList<LocatedObject> predictions, double[,] likeness, LabelErrorOptions options)
    {
        var own = Nearest(l, predictions, likeness, p => predictions[p].ClassIndex == labels[l].ClassIndex && predictions[p].Confidence >= options.Low);
        if (own < 0 || likeness[l, own] >= options.BadlyLocated) return null;
        var claimed = Enumerable.Range(0, labels.Count).Any(other => other != l && labels[other].ClassIndex == labels[l].ClassIndex && likeness[other, own] > likeness[l, own]);
        return claimed || ShapeOverlap.Of(labels[l].Shape, predictions[own].Shape) == 0 ? null : new(LabelErrorKind.BadlyLocated, l, own, likeness[l, own]);
    }

    private static int Nearest(int l, IReadOnlyList<LocatedObject> predictions, double[,] likeness, Func<int, bool> counts)
    {
        var best = -1;
        for (var p = 0; p < predictions.Count; p++)
        {
            if (counts(p) && (best < 0 || likeness[l, p] > likeness[l, best])) best = p;
        }

        return best;
    }
}
