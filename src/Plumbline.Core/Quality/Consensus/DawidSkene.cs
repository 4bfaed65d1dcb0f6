using System.Runtime.InteropServices;

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
        var counts = new double[annotators * classes * classes]; // annotator × given × true: what one label adds lies side by side
        var all = new double[annotators * classes];
        Array.Fill(priors, smoothing);
        Array.Fill(counts, smoothing);
        Array.Fill(all, smoothing * classes);
        for (var item = 0; item < items; item++)
        {
            var row = Row(probabilities, item);
            AddTo(priors, row);
            for (var annotator = 0; annotator < annotators; annotator++)
            {
                if (labels[annotator, item] is not (>= 0 and var label)) continue;
                AddTo(counts.AsSpan(((annotator * classes) + label) * classes, classes), row);
                AddTo(all.AsSpan(annotator * classes, classes), row);
            }
        }

        var confusions = new double[annotators, classes, classes];
        for (var annotator = 0; annotator < annotators; annotator++)
        {
            for (var c = 0; c < classes; c++)
            {
                for (var given = 0; given < classes; given++) confusions[annotator, c, given] = counts[(((annotator * classes) + given) * classes) + c] / all[(annotator * classes) + c];
            }
        }

        for (var c = 0; c < classes; c++) priors[c] /= items + (smoothing * classes);
        return (priors, confusions);
    }

    /// <summary>Renews the probabilities and returns the log-likelihood of the labels.</summary>
    private static double Expect(int[,] labels, double[] priors, double[,,] confusions, double[,] probabilities)
    {
        double likelihood = 0;
        var classes = priors.Length;
        var prior = Array.ConvertAll(priors, Math.Log);
        var logs = new double[labels.GetLength(0) * classes * classes]; // annotator × given × true
        for (var annotator = 0; annotator < labels.GetLength(0); annotator++)
        {
            for (var c = 0; c < classes; c++)
            {
                for (var given = 0; given < classes; given++) logs[(((annotator * classes) + given) * classes) + c] = Math.Log(confusions[annotator, c, given]);
            }
        }

        for (var item = 0; item < probabilities.GetLength(0); item++)
        {
            var row = Row(probabilities, item);
            prior.CopyTo(row);
            for (var annotator = 0; annotator < labels.GetLength(0); annotator++)
            {
                if (labels[annotator, item] is >= 0 and var label) AddTo(row, logs.AsSpan(((annotator * classes) + label) * classes, classes));
            }

            var (largest, sum) = (double.NegativeInfinity, 0.0);
            foreach (var log in row) largest = Math.Max(largest, log);
            foreach (ref var value in row) sum += value = Math.Exp(value - largest);
            foreach (ref var value in row) value /= sum;
            likelihood += largest + Math.Log(sum);
        }

        return likelihood;
    }

    private static void AddTo(Span<double> sums, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < sums.Length; i++) sums[i] += values[i];
    }

    private static Span<double> Row(double[,] matrix, int row) => MemoryMarshal.CreateSpan(ref matrix[row, 0], matrix.GetLength(1));

    private static double Penalty(double[] priors, double[,,] confusions, double smoothing) =>
        smoothing * (priors.Sum(Math.Log) + confusions.Cast<double>().Sum(Math.Log));
}
