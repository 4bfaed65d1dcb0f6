namespace Plumbline.Core.Quality.Consensus;

/// <summary>What <see cref="DawidSkene"/> finds.</summary>
/// <param name="Probabilities">Items × classes: how probable each class is.</param>
/// <param name="Confusions">Annotators × true class × given class: how each annotator labels each class.</param>
/// <param name="Priors">How frequent each class is.</param>
/// <param name="LogLikelihoods">After each round; never falls.</param>
public sealed record DawidSkeneResult(double[,] Probabilities, double[,,] Confusions, double[] Priors, IReadOnlyList<double> LogLikelihoods);

/// <summary>Estimates the true classes and each annotator's habits together, from labels alone.</summary>
/// <remarks>Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", 1979; in logarithms, with additive smoothing as a Dirichlet prior.</remarks>
public static class DawidSkene
{
    /// <summary>Runs expectation–maximisation until the penalised log-likelihood gains less than 1e-9 an item, at most <paramref name="rounds"/> rounds.</summary>
    /// <param name="labels">Annotators × items; −1 where an annotator did not label an item.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="smoothing">Added to every count; above 0.</param>
    /// <param name="rounds">Limit of rounds.</param>
    /// <exception cref="ArgumentException">A label is no class, or an item has no label.</exception>
    public static DawidSkeneResult Estimate(int[,] labels, int classes, double smoothing = .01, int rounds = 500)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smoothing);
        var probabilities = Votes(labels, classes);
        var history = new List<double>();
        while (true)
        {
            var (priors, confusions) = Maximise(labels, probabilities, classes, smoothing);
            history.Add(Expect(labels, priors, confusions, probabilities) + Penalty(priors, confusions, smoothing));
            if (history.Count >= rounds || (history.Count > 1 && history[^1] - history[^2] < 1e-9 * labels.GetLength(1))) return new(probabilities, confusions, priors, history);
        }
    }

    private static double[,] Votes(int[,] labels, int classes)
    {
        var votes = new double[labels.GetLength(1), classes];
        for (var item = 0; item < votes.GetLength(0); item++)
        {
            var given = 0;
            for (var annotator = 0; annotator < labels.GetLength(0); annotator++)
            {
                var label = labels[annotator, item];
                if (label < -1 || label >= classes) throw new ArgumentException($"Annotator {annotator} gave item {item} the label {label}; there are {classes} classes.", nameof(labels));
                if (label < 0) continue;
                votes[item, label]++;
                given++;
            }

            if (given == 0) throw new ArgumentException($"Item {item} has no label.", nameof(labels));
            for (var c = 0; c < classes; c++) votes[item, c] /= given;
        }

        return votes;
    }

    private static (double[] Priors, double[,,] Confusions) Maximise(int[,] labels, double[,] probabilities, int classes, double smoothing)
    {
        var (annotators, items) = (labels.GetLength(0), labels.GetLength(1));
        var priors = new double[classes];
        var confusions = new double[annotators, classes, classes];
        for (var c = 0; c < classes; c++)
        {
            priors[c] = smoothing;
            for (var item = 0; item < items; item++) priors[c] += probabilities[item, c];
            priors[c] /= items + (smoothing * classes);
            for (var annotator = 0; annotator < annotators; annotator++)
            {
                var all = smoothing * classes;
                for (var given = 0; given < classes; given++) confusions[annotator, c, given] = smoothing;
                for (var item = 0; item < items; item++)
                {
                    if (labels[annotator, item] < 0) continue;
                    confusions[annotator, c, labels[annotator, item]] += probabilities[item, c];
                    all += probabilities[item, c];
                }

                for (var given = 0; given < classes; given++) confusions[annotator, c, given] /= all;
            }
        }

        return (priors, confusions);
    }

    /// <summary>Renews the probabilities and returns the log-likelihood of the labels.</summary>
    private static double Expect(int[,] labels, double[] priors, double[,,] confusions, double[,] probabilities)
    {
        double likelihood = 0;
        var logs = new double[priors.Length];
        for (var item = 0; item < probabilities.GetLength(0); item++)
        {
            for (var c = 0; c < logs.Length; c++)
            {
                logs[c] = Math.Log(priors[c]);
                for (var annotator = 0; annotator < labels.GetLength(0); annotator++)
                {
                    if (labels[annotator, item] is var label and >= 0) logs[c] += Math.Log(confusions[annotator, c, label]);
                }
            }

            var largest = logs.Max();
            var sum = logs.Sum(log => Math.Exp(log - largest));
            likelihood += largest + Math.Log(sum);
            for (var c = 0; c < logs.Length; c++) probabilities[item, c] = Math.Exp(logs[c] - largest) / sum;
        }

        return likelihood;
    }

    private static double Penalty(double[] priors, double[,,] confusions, double smoothing) =>
        smoothing * (priors.Sum(Math.Log) + confusions.Cast<double>().Sum(Math.Log));
}
