using System.Numerics;

namespace Plumbline.Core.Datasets;

/// <summary>Finds all pairs of 64-bit hashes that differ in few bits, without comparing all with all.</summary>
/// <remarks>
/// Multi-index hashing (Norouzi, Punjani, Fleet, "Fast search in Hamming space with multi-index hashing", CVPR 2012): the hash is cut into four words of 16 bits. Two hashes that differ in at most
/// r bits differ in at most ⌊r/4⌋ bits in one of the words, so it is enough to look, for each word, at the hashes whose word is that near: 4 × 17 table look-ups for r up to 7. Time grows with the
/// number of hashes and of pairs found, as long as hashes are spread; equal hashes are compared once.
/// </remarks>
public static class HashNeighbours
{
    /// <summary>The largest distance that is searched for; beyond it pictures have nothing to do with each other.</summary>
    public const int MostBits = 15;

    private const int Words = 4;
    private const int WordBits = 16;

    /// <summary>Calls <paramref name="found"/> once for each pair of places whose hashes differ in at most <paramref name="bits"/> bits, equal hashes included; for n equal hashes with n − 1 pairs, each with the first.</summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="bits">0 to <see cref="MostBits"/>.</param>
    /// <param name="found">Called with the places of first occurrences, lower first, and the distance.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of range.</exception>
    public static void Find(ReadOnlySpan<ulong> hashes, int bits, Action<int, int, int> found)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MostBits);
        var firsts = new Dictionary<ulong, int>(hashes.Length);
        var distinct = new List<(ulong Hash, int Place)>(hashes.Length);
        for (var i = 0; i < hashes.Length; i++)
        {
            if (firsts.TryAdd(hashes[i], i)) distinct.Add((hashes[i], i));
            else found(firsts[hashes[i]], i, 0);
        }

        if (bits > 0) Search([.. distinct.Select(d => d.Hash)], [.. distinct.Select(d => d.Place)], bits, found);
    }

    private static void Search(ulong[] hashes, int[] places, int bits, Action<int, int, int> found)
    {
        var flips = Flips(bits / Words);
        for (var word = 0; word < Words; word++)
        {
            var shift = word * WordBits;
            var (starts, order) = Buckets(hashes, shift);
            for (var i = 0; i < hashes.Length; i++)
            {
                var hash = hashes[i];
                var own = (int)(hash >> shift) & 0xFFFF;
                foreach (var flip in flips)
                {
                    var key = own ^ flip;
                    for (var at = starts[key]; at < starts[key + 1]; at++)
                    {
                        var j = order[at];
                        if (j <= i) continue;
                        var difference = hash ^ hashes[j];
                        var distance = BitOperations.PopCount(difference);
                        if (distance <= bits && !SeenBefore(difference, word, bits / Words)) found(places[i], places[j], distance);
                    }
                }
            }
        }
    }

    // A pair shows up in each word that is near enough; only the first of them counts.
    private static bool SeenBefore(ulong difference, int word, int radius)
    {
        for (var earlier = 0; earlier < word; earlier++)
        {
            if (BitOperations.PopCount((uint)(difference >> (earlier * WordBits)) & 0xFFFF) <= radius) return true;
        }

        return false;
    }

    private static (int[] Starts, int[] Order) Buckets(ulong[] hashes, int shift)
    {
        var starts = new int[(1 << WordBits) + 1];
        foreach (var hash in hashes) starts[((int)(hash >> shift) & 0xFFFF) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var next = starts.AsSpan(0, 1 << WordBits).ToArray();
        var order = new int[hashes.Length];
        for (var i = 0; i < hashes.Length; i++) order[next[(int)(hashes[i] >> shift) & 0xFFFF]++] = i;
        return (starts, order);
    }

    // All words with at most this many bits set.
    private static int[] Flips(int radius)
    {
        var flips = new List<int>();
        for (var word = 0; word < 1 << WordBits; word++)
        {
            if (BitOperations.PopCount((uint)word) <= radius) flips.Add(word);
        }

        return [.. flips];
    }
}
