namespace Plumbline.Formats.Collections;

/// <summary>Which ids were seen: one bit each for ids below 2²⁸, hashed beyond and for text.</summary>
internal sealed class IdSet
{
    private const long DenseLimit = 1L << 28;
    private readonly HashSet<long> sparse = [];
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private ulong[] bits = new ulong[1024];

    /// <summary>False when it was there already.</summary>
    public bool Add(string id) => texts.Add(id);

    /// <summary>False when it was there already.</summary>
    public bool Add(long id)
    {
        if (id is < 0 or >= DenseLimit) return sparse.Add(id);
        var word = (int)(id >> 6);
        if (word >= bits.Length) Array.Resize(ref bits, (int)Math.Min(DenseLimit >> 6, Math.Max(word + 1, bits.Length * 2L)));
        var bit = 1UL << (int)(id & 63);
        if ((bits[word] & bit) != 0) return false;
        bits[word] |= bit;
        return true;
    }
}
