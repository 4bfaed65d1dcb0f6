using System.Collections.Immutable;

namespace Plumbline.Core.Datasets;

/// <summary>Pictures that are the same or nearly so.</summary>
/// <param name="Exact">Whether all of them have equal pixels.</param>
/// <param name="Distance">The largest distance, in bits of the difference hash, over which a picture was joined to the group; 0 for exact ones.</param>
/// <param name="Members">Places of the pictures, ascending.</param>
public sealed record DuplicateGroup(bool Exact, int Distance, ImmutableArray<int> Members);

/// <summary>Groups pictures by what they look like.</summary>
public static class DuplicateGroups
{
    /// <summary>
    /// Exact groups, then near ones, each in order of its first member. A near group holds every picture that is within the distance of another one of the group (single linkage), exact copies
    /// among them, and has at least two pictures that differ.
    /// </summary>
    /// <param name="hashes">Difference hashes.</param>
    /// <param name="sameAs">For each picture the place of the first one with equal pixels, itself where it is the first.</param>
    /// <param name="bits">The largest distance of near duplicates: 0 to <see cref="HashNeighbours.MostBits"/>.</param>
    public static ImmutableArray<DuplicateGroup> Find(ReadOnlySpan<ulong> hashes, IReadOnlyList<int> sameAs, int bits)
    {
        var exact = new DisjointSets(hashes.Length);
        for (var i = 0; i < hashes.Length; i++) exact.Join(sameAs[i], i);
        var near = new DisjointSets(hashes.Length);
        for (var i = 0; i < hashes.Length; i++) near.Join(sameAs[i], i);
        var links = new List<(int Distance, int A, int B)>();
        HashNeighbours.Find(hashes, bits, (a, b, distance) => links.Add((distance, a, b)));
        links.Sort();
        var joinedAt = new List<(int Member, int Distance)>();
        foreach (var (distance, a, b) in links)
        {
            if (near.Join(a, b)) joinedAt.Add((a, distance));
        }

        var largest = new Dictionary<int, int>();
        foreach (var (member, distance) in joinedAt) largest[near.Find(member)] = Math.Max(distance, largest.GetValueOrDefault(near.Find(member)));
        return
        [
            .. exact.Groups().Select(g => new DuplicateGroup(true, 0, [.. g])),
            .. near.Groups().Where(g => largest.ContainsKey(near.Find(g[0]))).Select(g => new DuplicateGroup(false, largest[near.Find(g[0])], [.. g])),
        ];
    }
}
