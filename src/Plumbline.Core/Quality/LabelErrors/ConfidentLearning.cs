namespace Plumbline.Core.Quality.LabelErrors;

/// <summary>What <see cref="ConfidentLearning"/> finds.</summary>
/// <param name="Thresholds">Per class the mean confidence in it among the items labelled so; NaN for a class that no item has.</param>
/// <param name="Counts">Given class × confidently predicted class.</param>
/// <param name="Issues">Items whose confident prediction is another class than their label, in order.</param>
public sealed record ConfidentJoint(double[] Thresholds, long[,] Counts, IReadOnlyList<int> Issues);

/// <summary>Finds items that are probably labelled wrongly, from a model's out-of-sample probabilities.</summary>
/// <remarks>Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021, equations 1 and 2.</remarks>
public static class ConfidentLearning
{
    /// <summary>Counts the confident joint.</summary>
    /// <param name="labels">The given class of each item.</param>
    /// <param name="probabilities">Items × classes, each row adding up to 1.</param>
    /// <exception cref="ArgumentException">A label is no class, or a probability is not in [0, 1].</exception>
    public static ConfidentJoint Find(ReadOnlySpan<int> labels, double[,] probabilities)
    {
        var (items, classes) = (probabilities.GetLength(0), probabilities.GetLength(1));
        if (labels.Length != items) throw new ArgumentException($"{labels.Length} labels and {items} rows of probabilities.", nameof(labels));
        var sums = new double[classes];
        var sizes = new long[classes];
        for (var item = 0; item < items; item++)
        {
            if ((uint)labels[item] >= (uint)classes) throw new ArgumentException($"Item {item} has the label {labels[item]}; there are {classes} classes.", nameof(labels));
            for (var c = 0; c < classes; c++)
            {
                if (!(probabilities[item, c] is >= 0 and <= 1)) throw new ArgumentException($"Item {item} has the probability {probabilities[item, c]} for class {c}.", nameof(probabilities));
            }

            sums[labels[item]] += probabilities[item, labels[item]];
            sizes[labels[item]]++;
        }

        var thresholds = sums.Zip(sizes, (sum, size) => sum / size).ToArray();
        var counts = new long[classes, classes];
        var issues = new List<int>();
        for (var item = 0; item < items; item++)
        {
            var confident = -1;
            for (var c = 0; c < classes; c++)
            {
                if (probabilities[item, c] >= thresholds[c] && (confident < 0 || probabilities[item, c] > probabilities[item, confident])) confident = c;
            }

            if (confident < 0) continue;
            counts[labels[item], confident]++;
            if (confident != labels[item]) issues.Add(item);
        }

        return new(thresholds, counts, issues);
    }
}
