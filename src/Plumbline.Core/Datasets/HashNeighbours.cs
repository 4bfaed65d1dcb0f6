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
        var (sorted, places) = (hashes.ToArray(), new int[hashes.Length]);
        for (var i = 0; i < places.Length; i++) places[i] = i;
        for (var word = 0; word < Words; word++) (sorted, places, _) = ByWord(sorted, places, word);
        // Equal ones stand side by side now, the earliest first.
        var distinct = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (distinct > 0 && sorted[distinct - 1] == sorted[i]) found(places[distinct - 1], places[i], 0);
            else (sorted[distinct], places[distinct++]) = (sorted[i], places[i]);
        }

        if (bits > 0) Search(sorted[..distinct], places[..distinct], bits, found);
    }

    // Goes through the words in order, so that the hashes looked at lie in memory one after another: far more of them than a processor's cache holds cost no more each.
    private static void Search(ulong[] hashes, int[] places, int bits, Action<int, int, int> found)
    {
        var flips = Flips(bits / Words);
        for (var word = 0; word < Words; word++)
        {
            (hashes, places, var starts) = ByWord(hashes, places, word);
            for (var own = 0; own < 1 << WordBits; own++)
            {
                if (starts[own] == starts[own + 1]) continue;
                foreach (var flip in flips)
                {
                    var other = own ^ flip;
                    if (other < own) continue; // looked at from there
                    for (var i = starts[own]; i < starts[own + 1]; i++)
                    {
                        var hash = hashes[i];
                        for (var j = flip == 0 ? i + 1 : starts[other]; j < starts[other + 1]; j++)
                        {
                            var difference = hash ^ hashes[j];
                            var distance = BitOperations.PopCount(difference);
                            if (distance <= bits && !SeenBefore(difference, word, bits / Words)) found(Math.Min(places[i], places[j]), Math.Max(places[i], places[j]), distance);
                        }
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

    // Sorted by one word, in their order where it is the same; Starts[w] is where those with the word w begin.
    private static (ulong[] Hashes, int[] Places, int[] Starts) ByWord(ulong[] hashes, int[] places, int word)
    {
        var shift = word * WordBits;
        var starts = new int[(1 << WordBits) + 1];
        foreach (var hash in hashes) starts[((int)(hash >> shift) & 0xFFFF) + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        var next = starts.AsSpan(0, 1 << WordBits).ToArray();
        var (sorted, moved) = (new ulong[hashes.Length], new int[hashes.Length]);
        for (var i = 0; i < hashes.Length; i++)
        {
            var at = next[(int)(hashes[i] >> shift) & 0xFFFF]++;
            (sorted[at], moved[at]) = (hashes[i], places[i]);
        }

        return (sorted, moved, starts);
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
