using System.Runtime.InteropServices;

namespace Plumbline.Core.Quality.Detection;

/// <summary>What became of the detections of one class, in the order in which their images were added.</summary>
internal sealed class DetectionLog
{
    private readonly List<double> scores = [];
    private readonly List<ushort> ranks = [];
    private readonly List<int> images = [];
    private readonly List<MatchBits>[] matches;
    private readonly List<(int Image, int Truths)>[] counting;
    private int[]? order;

    /// <param name="areas">Number of area ranges.</param>
    internal DetectionLog(int areas) => (matches, counting) = ([.. Enumerable.Range(0, areas).Select(_ => new List<MatchBits>())], [.. Enumerable.Range(0, areas).Select(_ => new List<(int, int)>())]);

    /// <summary>Truths that count in an area range.</summary>
    internal long Truths(int area) => counting[area].Sum(one => (long)one.Truths);

    /// <summary>Adds the detections of one image, best score first. What became of them is added for each area range.</summary>
    internal void Add(int image, ReadOnlySpan<DetectionFacts> detections)
    {
        for (var rank = 0; rank < detections.Length; rank++)
        {
            scores.Add(detections[rank].Score);
            ranks.Add((ushort)rank);
            images.Add(image);
        }

        order = null;
    }

    /// <summary>Adds what became of the detections of one image in an area range, and how many truths count there.</summary>
    internal void Add(int area, int image, ReadOnlySpan<MatchBits> found, int truths)
    {
        matches[area].AddRange(found);
        if (truths > 0) counting[area].Add((image, truths));
    }

    /// <summary>Adds what was logged for images that come after those of this log.</summary>
    internal void Append(DetectionLog next)
    {
        scores.AddRange(next.scores);
        ranks.AddRange(next.ranks);
        images.AddRange(next.images);
        for (var area = 0; area < matches.Length; area++)
        {
            matches[area].AddRange(next.matches[area]);
            counting[area].AddRange(next.counting[area]);
        }

        order = null;
    }

    /// <summary>What counts in an area range when an image's best <paramref name="maximum"/> detections do; those that are to be ignored are left out.</summary>
    internal RankedDetections Ranked(int area, int maximum, int thresholds)
    {
        order ??= BestFirst(CollectionsMarshal.AsSpan(scores));
        var bits = CollectionsMarshal.AsSpan(matches[area]);
        var found = new int[thresholds][];
        var room = new int[order.Length];
        for (var t = 0; t < thresholds; t++)
        {
            var (bit, count) = (1 << t, 0);
            foreach (var i in order)
            {
                if (ranks[i] >= maximum || (bits[i].Ignored & bit) != 0) continue;
                room[count++] = (bits[i].Matched & bit) != 0 ? images[i] : ~images[i];
            }

            found[t] = room[..count];
        }

        return new(found, [.. counting[area]]);
    }

    /// <summary>Positions by falling score; equal scores in the order in which they were added, as numpy's merge sort leaves them.</summary>
    private static int[] BestFirst(ReadOnlySpan<double> scores)
    {
        var keys = new double[scores.Length];
        var positions = new int[scores.Length];
        for (var i = 0; i < keys.Length; i++) (keys[i], positions[i]) = (-scores[i], i);
        StableSort.Ascending(keys, positions);
        return positions;
    }
}
