using System.Runtime.InteropServices;
using Plumbline.Core.Quality.Matching;

namespace Plumbline.Core.Quality.Detection;

/// <summary>How well the objects of one class, or of all, were found.</summary>
/// <param name="Precision">Share of the given objects that are right.</param>
/// <param name="Recall">Share of the true objects that were found under the right name.</param>
/// <param name="F1">2·right / (true + given): the harmonic mean of both.</param>
/// <param name="Missed">Share of the true objects that have no given one at all, under whatever name.</param>
/// <param name="False">Share of the given objects where there is no true one at all.</param>
public sealed record FoundShares(Measure Precision, Measure Recall, Measure F1, Measure Missed, Measure False);

/// <summary>The confusion matrix of objects over images that are added one after the other, with a row for false and a column for missed objects.</summary>
public sealed class ObjectConfusion
{
    private readonly int _classes;
    private readonly Dictionary<(int True, int Given), long> _counts = [];
    private readonly ImageSums _sums;

    /// <param name="classes">Number of classes, at least 1.</param>
    public ObjectConfusion(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        _classes = classes;
        _sums = new ImageSums(5 * (classes + 1));
    }

    private enum Column
    {
        Right,
        True,
        Given,
        Missed,
        False,
    }

    /// <summary>The class of no object: as the given class it stands for missed objects, as the true class for false ones.</summary>
    public int Nothing => _classes;

    /// <summary>Objects by true class and given class, those pairs that occur.</summary>
    public IReadOnlyDictionary<(int True, int Given), long> Counts => _counts;

    /// <summary>Adds one image.</summary>
    /// <param name="matches">How its objects were matched; class-blind, else wrong classes count as one missed and one false object.</param>
    /// <param name="truths">The true objects, as they were matched.</param>
    /// <param name="given">The given objects, as they were matched.</param>
    /// <exception cref="ArgumentException">A class is unknown, or the objects are not those of the matches.</exception>
    public void Add(MatchedObjects matches, ReadOnlySpan<MatchedFacts> truths, ReadOnlySpan<MatchedFacts> given)
    {
        if (matches.GivenOf.Length != truths.Length || matches.TruthOf.Length != given.Length) throw new ArgumentException("The matches are those of other objects.", nameof(matches));
        for (var t = 0; t < truths.Length; t++)
        {
            if (truths[t].Ignore) continue;
            var real = Known(truths[t].ClassIndex, "truth", t);
            var found = matches.GivenOf[t] < 0 ? _classes : Known(given[matches.GivenOf[t]].ClassIndex, "given object", matches.GivenOf[t]);
            Note(real, found);
            Count(Column.True, real);
            if (found == _classes) Count(Column.Missed, real);
            else Count(Column.Given, found);
            if (found == real) Count(Column.Right, real);
        }

        for (var d = 0; d < given.Length; d++)
        {
            if (matches.TruthOf[d] >= 0 || matches.Excused[d]) continue;
            var name = Known(given[d].ClassIndex, "given object", d);
            Note(_classes, name);
            Count(Column.Given, name);
            Count(Column.False, name);
        }

        _sums.EndImage();
    }

    /// <summary>The shares over all classes together, with 95 % intervals from a bootstrap by image.</summary>
    public FoundShares Overall(int rounds = 1_000, int seed = 1) => Shares(_classes, "", rounds, seed);

    /// <summary>The shares of one class.</summary>
    public FoundShares OfClass(int classIndex, int rounds = 1_000, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)classIndex, (uint)_classes, nameof(classIndex));
        return Shares(classIndex, " of this class", rounds, seed);
    }

    private FoundShares Shares(int which, string ofClass, int rounds, int seed)
    {
        int At(Column column) => ((int)column * (_classes + 1)) + which;
        var (right, real, given, missed, wrong) = (At(Column.Right), At(Column.True), At(Column.Given), At(Column.Missed), At(Column.False));
        FiguresOfSums figures = (sums, answers) =>
        {
            answers[0] = sums[right] / sums[given];
            answers[1] = sums[right] / sums[real];
            answers[2] = 2 * sums[right] / (sums[real] + sums[given]);
            answers[3] = sums[missed] / sums[real];
            answers[4] = sums[wrong] / sums[given];
        };
        var values = new double[5];
        figures(_sums.Totals, values);
        var intervals = _sums.Bootstrap(5, figures, rounds, seed);
        var (truths, objects) = ((long)_sums.Totals[real], (long)_sums.Totals[given]);
        Measure Of(int figure, long items, string why) => items == 0 ? Measure.None(why) : Measure.Of(values[figure], items) with { Interval = intervals[figure] };
        var (noTruth, noGiven) = ($"There is no true object{ofClass}.", $"There is no given object{ofClass}.");
        return new(Of(0, objects, noGiven), Of(1, truths, noTruth), Of(2, truths + objects, $"There is no object{ofClass}, true or given."), Of(3, truths, noTruth), Of(4, objects, noGiven));
    }

    private void Note(int real, int given) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, (real, given), out _)++;

    private void Count(Column column, int classIndex)
    {
        _sums.Add(((int)column * (_classes + 1)) + classIndex, 1);
        _sums.Add(((int)column * (_classes + 1)) + _classes, 1);
    }

    private int Known(int classIndex, string what, int position) =>
        (uint)classIndex < (uint)_classes ? classIndex : throw new ArgumentException($"The class {classIndex} of {what} {position} is unknown; there are {_classes}.");
}
