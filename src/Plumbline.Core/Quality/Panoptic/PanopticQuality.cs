namespace Plumbline.Core.Quality.Panoptic;

/// <summary>One segment of a panoptic picture.</summary>
/// <param name="Id">Its value in the id map; not 0, which is void.</param>
/// <param name="ClassIndex">Its class.</param>
/// <param name="Crowd">Many objects in one: never missed, and what lies mostly in it is never false.</param>
public readonly record struct Segment(int Id, int ClassIndex, bool Crowd);

/// <summary>PQ and its two factors, each with its 95 % interval from a bootstrap by image.</summary>
public sealed record PanopticScores(Measure PQ, Measure SQ, Measure RQ);

/// <summary>Panoptic quality over pictures that are added one after the other.</summary>
/// <remarks>Kirillov et al., "Panoptic segmentation", CVPR 2019; rules for void and crowd as in panopticapi at 7bb4655, <c>evaluation.py</c>.</remarks>
/// <param name="classes">Number of classes, at least 1.</param>
public sealed class PanopticQuality(int classes)
{
    private readonly ImageSums _sums = new(4 * classes); // per class: overlap of what was found, found, false, missed

    /// <summary>Adds one picture.</summary>
    /// <param name="truthIds">Segment id of each pixel, row-major; 0 is void.</param>
    /// <param name="truth">The true segments.</param>
    /// <param name="givenIds">Segment id of each pixel of the same picture.</param>
    /// <param name="given">The given segments.</param>
    /// <exception cref="ArgumentException">The maps differ in size, or a pixel carries the id of no segment.</exception>
    public void Add(ReadOnlySpan<int> truthIds, IReadOnlyList<Segment> truth, ReadOnlySpan<int> givenIds, IReadOnlyList<Segment> given)
    {
        if (truthIds.Length != givenIds.Length) throw new ArgumentException($"The truth has {truthIds.Length} pixels, the other picture {givenIds.Length}.", nameof(givenIds));
        var (truthById, givenById) = (truth.ToDictionary(s => s.Id), given.ToDictionary(s => s.Id));
        var (truthAreas, givenAreas, common) = Count(truthIds, givenIds);
        Require(truthAreas.Keys, truthById, nameof(truth));
        Require(givenAreas.Keys, givenById, nameof(given));

        var (matchedTruth, matchedGiven) = (new HashSet<int>(), new HashSet<int>());
        foreach (var ((t, g), pixels) in common)
        {
            if (t == 0 || g == 0 || truthById[t].Crowd || truthById[t].ClassIndex != givenById[g].ClassIndex) continue;
            var union = truthAreas[t] + givenAreas[g] - pixels - common.GetValueOrDefault((0, g));
            var overlap = (double)pixels / union;
            if (overlap <= .5) continue;
            Count(Part.Overlap, truthById[t].ClassIndex, overlap);
            Count(Part.Found, truthById[t].ClassIndex, 1);
            matchedTruth.Add(t);
            matchedGiven.Add(g);
        }

        foreach (var segment in truth)
        {
            if (!segment.Crowd && !matchedTruth.Contains(segment.Id) && truthAreas.ContainsKey(segment.Id)) Count(Part.Missed, segment.ClassIndex, 1);
        }

        foreach (var segment in given)
        {
            if (matchedGiven.Contains(segment.Id) || !givenAreas.TryGetValue(segment.Id, out var area)) continue;
            var excused = common.GetValueOrDefault((0, segment.Id))
                + truth.Where(s => s.Crowd && s.ClassIndex == segment.ClassIndex).Sum(s => common.GetValueOrDefault((s.Id, segment.Id)));
            if ((double)excused / area <= .5) Count(Part.False, segment.ClassIndex, 1);
        }

        _sums.EndImage();
    }

    private enum Part
    {
        Overlap,
        Found,
        False,
        Missed,
    }

    /// <summary>The scores of one class, with 95 % intervals; undefined when neither picture ever shows it.</summary>
    public PanopticScores OfClass(int classIndex, int rounds = 1_000, int seed = 1)
    {
        var figures = Figures(_sums.Totals, classIndex);
        var (objects, found) = ((long)Objects(_sums.Totals, classIndex), (long)_sums.Totals[At(Part.Found, classIndex)]);
        const string unseen = "Neither the truth nor the other picture has a segment of this class.";
        return Measures((sums, into) => Figures(sums, classIndex).CopyTo(into), figures, (objects, found, objects), (unseen, objects == 0 ? unseen : "No segment of this class was found."), rounds, seed);
    }

    /// <summary>The mean over the classes that have a score. As in the reference, a class of which nothing was found enters SQ with 0.</summary>
    public PanopticScores Over(IEnumerable<int> classIndices, int rounds = 1_000, int seed = 1)
    {
        var group = classIndices.ToArray();
        var objects = (long)group.Sum(c => Objects(_sums.Totals, c));
        const string none = "None of the classes has a segment.";
        return Measures((sums, into) => Mean(sums, group).CopyTo(into), Mean(_sums.Totals, group), (objects, objects, objects), (none, none), rounds, seed);
    }

    private PanopticScores Measures(FiguresOfSums figures, double[] values, (long PQ, long SQ, long RQ) items, (string PQ, string SQ) why, int rounds, int seed)
    {
        var intervals = _sums.Bootstrap(3, figures, rounds, seed);
        return new(One(0, items.PQ, why.PQ), One(1, items.SQ, why.SQ), One(2, items.RQ, why.PQ));

        Measure One(int i, long n, string whyNone) => double.IsNaN(values[i]) ? Measure.None(whyNone, n) : Measure.Of(values[i], n) with { Interval = intervals[i] };
    }

    /// <summary>PQ, SQ and RQ of one class; NaN where undefined.</summary>
    private static double[] Figures(ReadOnlySpan<double> sums, int classIndex)
    {
        var (overlap, found) = (sums[At(Part.Overlap, classIndex)], sums[At(Part.Found, classIndex)]);
        var weight = found + (.5 * sums[At(Part.False, classIndex)]) + (.5 * sums[At(Part.Missed, classIndex)]);
        return [overlap / weight, overlap / found, found / weight];
    }

    private static double[] Mean(ReadOnlySpan<double> sums, int[] group)
    {
        var (total, counted) = (new double[3], 0);
        foreach (var c in group)
        {
            if (Objects(sums, c) == 0) continue;
            counted++;
            foreach (var (i, figure) in Figures(sums, c).Index()) total[i] += double.IsNaN(figure) ? 0 : figure;
        }

        return [.. total.Select(sum => sum / counted)];
    }

    private static double Objects(ReadOnlySpan<double> sums, int classIndex) => sums[At(Part.Found, classIndex)] + sums[At(Part.False, classIndex)] + sums[At(Part.Missed, classIndex)];

    private static int At(Part part, int classIndex) => (4 * classIndex) + (int)part;

    private void Count(Part part, int classIndex, double value) => _sums.Add(At(part, classIndex), value);

    private static (Dictionary<int, long> Truth, Dictionary<int, long> Given, Dictionary<(int, int), long> Common) Count(ReadOnlySpan<int> truthIds, ReadOnlySpan<int> givenIds)
    {
        var (truth, given, common) = (new Dictionary<int, long>(), new Dictionary<int, long>(), new Dictionary<(int, int), long>());
        for (var start = 0; start < truthIds.Length;)
        {
            // Pictures are flat: count runs, not pixels.
            var (t, g) = (truthIds[start], givenIds[start]);
            var end = start + 1;
            while (end < truthIds.Length && truthIds[end] == t && givenIds[end] == g) end++;
            var length = end - start;
            common[(t, g)] = common.GetValueOrDefault((t, g)) + length;
            truth[t] = truth.GetValueOrDefault(t) + length;
            given[g] = given.GetValueOrDefault(g) + length;
            start = end;
        }

        return (truth, given, common);
    }

    private static void Require(IEnumerable<int> ids, Dictionary<int, Segment> segments, string name)
    {
        foreach (var id in ids)
        {
            if (id != 0 && !segments.ContainsKey(id)) throw new ArgumentException($"Pixels carry the id {id}, which no segment has.", name);
        }
    }
}
