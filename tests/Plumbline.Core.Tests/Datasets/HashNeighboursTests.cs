using System.Numerics;
using Plumbline.Core.Datasets;

namespace Plumbline.Core.Tests.Datasets;

public class HashNeighboursTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(15)]
    public void Finds_exactly_the_pairs_that_comparing_all_with_all_finds(int bits)
    {
        var random = new Random(bits);
        var hashes = new ulong[300];
        for (var i = 0; i < hashes.Length; i++) hashes[i] = i % 3 == 0 ? (ulong)random.NextInt64() : Flipped(hashes[random.Next(i)], random.Next(20), random);
        var distinct = hashes.Distinct().ToArray();
        var found = new List<(int, int, int)>();
        HashNeighbours.Find(distinct, bits, (a, b, distance) => found.Add((a, b, distance)));
        var expected = new List<(int, int, int)>();
        for (var a = 0; a < distinct.Length; a++)
        {
            for (var b = a + 1; b < distinct.Length; b++)
            {
                if (BitOperations.PopCount(distinct[a] ^ distinct[b]) is var distance && distance <= bits) expected.Add((a, b, distance));
            }
        }

        Assert.Equal(expected, found.Order());
    }

    [Fact]
    public void Equal_hashes_are_joined_to_their_first_in_linear_number()
    {
        var found = new List<(int, int, int)>();
        HashNeighbours.Find([7, 7, 7, 7], 4, (a, b, distance) => found.Add((a, b, distance)));
        Assert.Equal([(0, 1, 0), (0, 2, 0), (0, 3, 0)], found);
    }

    [Fact]
    public void Groups_follow_chains_and_tell_equal_pictures_from_near_ones()
    {
        // 0 and 1 have equal pixels, 2 is 3 bits away, 3 is 4 bits from 2 and 7 from 0; 4 is alone.
        ulong[] hashes = [0, 0, 0b111, 0b1111111, ulong.MaxValue];
        var groups = DuplicateGroups.Find(hashes, [0, 0, 2, 3, 4], 4);
        Assert.Equal([(true, 0, "0 1"), (false, 4, "0 1 2 3")], groups.Select(g => (g.Exact, g.Distance, string.Join(' ', g.Members))));
        Assert.Equal([(true, 0, "0 1")], DuplicateGroups.Find(hashes, [0, 0, 2, 3, 4], 2).Select(g => (g.Exact, g.Distance, string.Join(' ', g.Members))));
    }

    [Fact]
    public void Equal_hashes_of_different_pixels_are_near_at_distance_0() =>
        Assert.Equal([(false, 0, "0 1")], DuplicateGroups.Find([5, 5], [0, 1], 0).Select(g => (g.Exact, g.Distance, string.Join(' ', g.Members))));

    private static ulong Flipped(ulong hash, int times, Random random)
    {
        for (var i = 0; i < times; i++) hash ^= 1UL << random.Next(64);
        return hash;
    }
}
