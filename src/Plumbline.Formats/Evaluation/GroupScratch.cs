using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Detection;

namespace Plumbline.Formats.Evaluation;

/// <summary>Memory that is used again for the objects of each class and image.</summary>
internal sealed class GroupScratch
{
    private int[] order = new int[64];
    private double[] keys = new double[64];
    private DetectionFacts[] facts = new DetectionFacts[64];
    private TruthFacts[] truths = new TruthFacts[64];
    private double[] overlaps = new double[256];

    /// <summary>Places [from, to) by falling score, equal ones in their order, no more than <paramref name="most"/>.</summary>
    public ReadOnlySpan<int> BestFirst(ObjectChunk found, int from, int to, int most)
    {
        var count = to - from;
        if (order.Length < count) (order, keys) = (new int[2 * count], new double[2 * count]);
        for (var i = 0; i < count; i++)
        {
            // Insertion keeps equal scores in their order; large groups are sorted by the library with the place as the second key.
            var key = -found[from + i].Score;
            var at = i;
            if (count <= 32)
            {
                for (; at > 0 && keys[at - 1] > key; at--) (keys[at], order[at]) = (keys[at - 1], order[at - 1]);
            }

            (keys[at], order[at]) = (key, from + i);
        }

        if (count > 32) StableSort.Ascending(keys.AsSpan(0, count), order.AsSpan(0, count));
        return order.AsSpan(0, Math.Min(count, most));
    }

    /// <summary>Room for a group of these sizes.</summary>
    public void Room(int detections, int count, out Span<DetectionFacts> facts, out Span<TruthFacts> truths, out Span<double> overlaps)
    {
        if (this.facts.Length < detections) this.facts = new DetectionFacts[2 * detections];
        if (this.truths.Length < count) this.truths = new TruthFacts[2 * count];
        if (this.overlaps.Length < detections * count) this.overlaps = new double[2 * detections * count];
        facts = this.facts.AsSpan(0, detections);
        truths = this.truths.AsSpan(0, count);
        overlaps = this.overlaps.AsSpan(0, detections * count);
    }
}
