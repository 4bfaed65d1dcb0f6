namespace Plumbline.Core.Quality.Panoptic;

/// <summary>One segment of a panoptic picture.</summary>
/// <param name="Id">Its value in the id map; not 0, which is void.</param>
/// <param name="ClassIndex">Its class.</param>
/// <param name="Crowd">Many objects in one: never missed, and what lies mostly in it is never false.</param>
public readonly record struct Segment(int Id, int ClassIndex, bool Crowd);

/// <summary>PQ and its two factors.</summary>
public sealed record PanopticScores(Measure PQ, Measure SQ, Measure RQ);

/// <summary>Panoptic quality over pictures that are added one after the other.</summary>
/// <remarks>Kirillov et al., "Panoptic segmentation", CVPR 2019; rules for void and crowd as in panopticapi at 7bb4655, <c>evaluation.py</c>.</remarks>
public sealed class PanopticQuality(int classes)
{
    private readonly double[] _overlap = new double[classes];
    private readonly long[] _found = new long[classes];
    private readonly long[] _false = new long[classes];
    private readonly long[] _missed = new long[classes];

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
            _overlap[truthById[t].ClassIndex] += overlap;
            _found[truthById[t].ClassIndex]++;
            matchedTruth.Add(t);
            matchedGiven.Add(g);
        }

        foreach (var segment in truth)
        {
            if (!segment.Crowd && !matchedTruth.Contains(segment.Id) && truthAreas.ContainsKey(segment.Id)) _missed[segment.ClassIndex]++;
        }

        foreach (var segment in given)
        {
            if (matchedGiven.Contains(segment.Id) || !givenAreas.TryGetValue(segment.Id, out var area)) continue;
            var excused = common.GetValueOrDefault((0, segment.Id))
                + truth.Where(s => s.Crowd && s.ClassIndex == segment.ClassIndex).Sum(s => common.GetValueOrDefault((s.Id, segment.Id)));
            if ((double)excused / area <= .5) _false[segment.ClassIndex]++;
        }
    }

    /// <summary>The scores of one class; undefined when neither picture ever shows it.</summary>
    public PanopticScores OfClass(int classIndex)
    {
        var (tp, fp, fn) = (_found[classIndex], _false[classIndex], _missed[classIndex]);
        var objects = tp + fp + fn;
        if (objects == 0)
        {
            var none = Measure.None("Neither the truth nor the other picture has a segment of this class.");
            return new(none, none, none);
        }

        var weight = tp + (.5 * fp) + (.5 * fn);
        return new(
            Measure.Of(_overlap[classIndex] / weight, objects),
            tp == 0 ? Measure.None("No segment of this class was found.", objects) : Measure.Of(_overlap[classIndex] / tp, tp),
            Measure.Of(tp / weight, objects));
    }

    /// <summary>The mean over the classes that have a score. As in the reference, a class of which nothing was found enters SQ with 0.</summary>
    public PanopticScores Over(IEnumerable<int> classIndices)
    {
        var scores = classIndices.Select(OfClass).Where(score => score.PQ.Value is not null).ToList();
        if (scores.Count == 0)
        {
            var none = Measure.None("None of the classes has a segment.");
            return new(none, none, none);
        }

        var objects = scores.Sum(score => score.PQ.Items);
        return new(
            Measure.Of(scores.Average(score => score.PQ.Value ?? 0), objects),
            Measure.Of(scores.Average(score => score.SQ.Value ?? 0), objects),
            Measure.Of(scores.Average(score => score.RQ.Value ?? 0), objects));
    }

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
