using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Agreement;

/// <summary>An object of one annotator.</summary>
/// <param name="ClassIndex">Its class, from 0.</param>
/// <param name="Shape">Its shape.</param>
public readonly record struct RatedObject(int ClassIndex, ComparedShape Shape);

/// <summary>Agreement of several annotators over images that are added one after the other: nothing of an image is kept but a few sums.</summary>
/// <remarks>Figures after Tschirschwitz and Rodehorst, "KαLOS", arXiv 2603.27197; κ over the objects that were matched.</remarks>
public sealed class AgreementStudy
{
    private readonly int _annotators;
    private readonly int _classes;
    private readonly double _threshold;
    private readonly bool _classBlind;
    private readonly double[] _sweep;
    private readonly ObjectAlpha[] _swept;
    private readonly ObjectAlpha _all;
    private readonly ObjectAlpha[] _without;
    private readonly ObjectAlpha[,] _pairs;
    private readonly long[,][,] _confusions;
    private readonly ImageSums _overlaps;
    private readonly List<int[]> _complete = [];

    /// <param name="annotators">Number of annotators, at least 2.</param>
    /// <param name="classes">Number of classes, at least 1.</param>
    /// <param name="threshold">Overlap in (0, 1] from which two objects are the same thing.</param>
    /// <param name="classBlind">Whether objects are matched whatever their class; else only within a class, and another name is another thing.</param>
    /// <param name="sweep">Further thresholds at which α is computed; null for .1, .2 … .9.</param>
    public AgreementStudy(int annotators, int classes, double threshold = .5, bool classBlind = true, IReadOnlyList<double>? sweep = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(annotators, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (!(threshold is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Above 0 and at most 1.");
        (_annotators, _classes, _threshold, _classBlind) = (annotators, classes, threshold, classBlind);
        _sweep = [.. sweep ?? [.1, .2, .3, .4, .5, .6, .7, .8, .9]];
        _swept = [.. _sweep.Select(_ => new ObjectAlpha(annotators, classes))];
        _all = new ObjectAlpha(annotators, classes);
        _without = [.. Enumerable.Range(0, annotators).Select(_ => new ObjectAlpha(annotators - 1, classes))];
        (_pairs, _confusions) = (new ObjectAlpha[annotators, annotators], new long[annotators, annotators][,]);
        for (var a = 0; a < annotators; a++)
        {
            for (var b = a + 1; b < annotators; b++) (_pairs[a, b], _confusions[a, b]) = (new ObjectAlpha(2, classes), new long[classes, classes]);
        }

        _overlaps = new ImageSums(2 + (annotators * annotators * 2));
    }

    /// <summary>Images added.</summary>
    public int Images { get; private set; }

    /// <summary>Objects that were told apart, whoever drew them.</summary>
    public long Objects { get; private set; }

    /// <summary>Adds one image.</summary>
    /// <param name="drawn">Per annotator what they drew; null when the image was not given to them. All shapes belong to one picture.</param>
    /// <returns>Which objects are the same thing.</returns>
    /// <exception cref="ArgumentException">The number of annotators differs, or a class is unknown.</exception>
    public IReadOnlyList<ObjectCluster> Add(IReadOnlyList<IReadOnlyList<RatedObject>?> drawn)
    {
        if (drawn.Count != _annotators) throw new ArgumentException($"{drawn.Count} annotators instead of {_annotators}.", nameof(drawn));
        var counts = drawn.Select(objects => objects?.Count ?? 0).ToArray();
        var assigned = drawn.Select(objects => objects is not null).ToArray();
        Check(drawn);
        var overlaps = Overlaps(drawn, counts);
        double Similarity(int a, int i, int b, int j) => overlaps[(a * _annotators) + b]![(i * counts[b]) + j];
        int ClassOf(int a, int i) => drawn[a]![i].ClassIndex;
        IReadOnlyList<ObjectCluster> main = [];
        foreach (var (at, threshold) in _sweep.Append(_threshold).Index())
        {
            var clusters = ObjectClusters.Find(counts, Similarity, threshold);
            var ratings = ImageRatings.From(clusters, assigned, ClassOf);
            if (at < _sweep.Length) _swept[at].Add(ratings);
            else main = AddMain(clusters, ratings, Similarity);
        }

        Images++;
        Objects += main.Count;
        return main;
    }

    /// <summary>Object-level α of all annotators.</summary>
    public Measure Alpha(int rounds = 1_000, int seed = 1) => _all.Of(rounds, seed);

    /// <summary>α of one class against everything else; 1 − α is the class's difficulty.</summary>
    public Measure AlphaOfClass(int classIndex, int rounds = 0, int seed = 1) => _all.OfClass(classIndex, rounds, seed);

    /// <summary>α of two annotators, in either order.</summary>
    public Measure AlphaOfPair(int a, int b, int rounds = 0, int seed = 1) => _pairs[Math.Min(a, b), Math.Max(a, b)].Of(rounds, seed);

    /// <summary>How much an annotator adds to the agreement: α of all − α without them. Below 0: the others agree better without them.</summary>
    public Measure Vitality(int annotator)
    {
        if (_annotators < 3) return Measure.None("Without one of two annotators there is no agreement to compare with.", Objects);
        var (all, without) = (_all.Of(rounds: 0), _without[annotator].Of(rounds: 0));
        return all.Value is { } with && without.Value is { } rest ? Measure.Of(with - rest, all.Items) : Measure.None(all.Undefined ?? without.Undefined ?? "", all.Items);
    }

    /// <summary>α by overlap threshold: where it falls steeply, annotators agree on what is there but not on where it ends.</summary>
    public IReadOnlyList<(double Threshold, Measure Alpha)> Sweep() => _sweep.Zip(_swept, (threshold, alpha) => (threshold, alpha.Of(rounds: 0))).ToList();

    /// <summary>Mean overlap of the objects that two annotators both drew, over all pairs of annotators.</summary>
    public Measure MeanOverlap(int rounds = 1_000, int seed = 1) => _overlaps.Ratio(1, 0, "No two annotators drew the same thing.", rounds, seed);

    /// <summary>Mean overlap of the objects that these two annotators both drew.</summary>
    public Measure MeanOverlapOfPair(int a, int b, int rounds = 0, int seed = 1) =>
        _overlaps.Ratio(PairColumn(Math.Min(a, b), Math.Max(a, b)) + 1, PairColumn(Math.Min(a, b), Math.Max(a, b)), "The two annotators drew nothing in common.", rounds, seed);

    /// <summary>Cohen's κ on the classes of what two annotators both drew; needs class-blind matching to say anything.</summary>
    public Measure CohenKappaOf(int a, int b) => _classBlind
        ? CohenKappa.Of(a < b ? _confusions[a, b] : Transposed(_confusions[b, a]))
        : Measure.None("Objects were matched within their class only, so their classes agree by construction.");

    /// <summary>Fleiss' κ on the classes of what all annotators drew; needs class-blind matching to say anything.</summary>
    public Measure FleissKappaOfAll()
    {
        if (!_classBlind) return Measure.None("Objects were matched within their class only, so their classes agree by construction.");
        if (_complete.Count == 0) return Measure.None("No object was drawn by all annotators.");
        var table = new int[_complete.Count, _classes];
        foreach (var (item, ratings) in _complete.Index())
        {
            foreach (var value in ratings) table[item, value]++;
        }

        return FleissKappa.Of(table);
    }

    /// <summary>Classes of the first annotator × classes of the second, of what both drew.</summary>
    public long[,] Confusion(int a, int b) => a < b ? (long[,])_confusions[a, b].Clone() : Transposed(_confusions[b, a]);

    private IReadOnlyList<ObjectCluster> AddMain(IReadOnlyList<ObjectCluster> clusters, ImageRatings ratings, Func<int, int, int, int, double> similarity)
    {
        _all.Add(ratings);
        for (var a = 0; a < _annotators; a++)
        {
            _without[a].Add(ratings.Of([.. Enumerable.Range(0, _annotators).Where(other => other != a)]));
            for (var b = a + 1; b < _annotators; b++) _pairs[a, b].Add(ratings.Of([a, b]));
        }

        for (var c = 0; c < clusters.Count; c++)
        {
            var (members, classes) = (clusters[c].Members, ratings.Clusters[c]);
            if (classes.All(value => value >= 0)) _complete.Add(classes);
            for (var a = 0; a < _annotators; a++)
            {
                for (var b = a + 1; b < _annotators; b++)
                {
                    if (members[a] < 0 || members[b] < 0) continue;
                    var overlap = similarity(a, members[a], b, members[b]);
                    _confusions[a, b][classes[a], classes[b]]++;
                    foreach (var column in (ReadOnlySpan<int>)[0, PairColumn(a, b)])
                    {
                        _overlaps.Add(column, 1);
                        _overlaps.Add(column + 1, overlap);
                    }
                }
            }
        }

        _overlaps.EndImage();
        return clusters;
    }

    private double[]?[] Overlaps(IReadOnlyList<IReadOnlyList<RatedObject>?> drawn, int[] counts)
    {
        var overlaps = new double[]?[_annotators * _annotators];
        for (var a = 0; a < _annotators; a++)
        {
            for (var b = a + 1; b < _annotators; b++)
            {
                var matrix = overlaps[(a * _annotators) + b] = new double[counts[a] * counts[b]];
                for (var i = 0; i < counts[a]; i++)
                {
                    for (var j = 0; j < counts[b]; j++)
                    {
                        var (one, other) = (drawn[a]![i], drawn[b]![j]);
                        if (_classBlind || one.ClassIndex == other.ClassIndex) matrix[(i * counts[b]) + j] = ShapeOverlap.Of(one.Shape, other.Shape) is var overlap && double.IsNaN(overlap) ? 0 : overlap;
                    }
                }
            }
        }

        return overlaps;
    }

    private void Check(IReadOnlyList<IReadOnlyList<RatedObject>?> drawn)
    {
        foreach (var (a, objects) in drawn.Index())
        {
            foreach (var (i, item) in (objects ?? []).Index())
            {
                if ((uint)item.ClassIndex >= (uint)_classes) throw new ArgumentException($"Object {i} of annotator {a} has the class {item.ClassIndex}; there are {_classes}.", nameof(drawn));
            }
        }
    }

    private int PairColumn(int a, int b) => 2 + (2 * ((a * _annotators) + b));

    private static long[,] Transposed(long[,] matrix)
    {
        var result = new long[matrix.GetLength(1), matrix.GetLength(0)];
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < matrix.GetLength(1); j++) result[j, i] = matrix[i, j];
        }

        return result;
    }
}
