using System.Collections.Immutable;

namespace Plumbline.Core.Datasets;

/// <summary>One split and the share of images it shall get.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">Its part of all images, in (0, 1]; the shares of all splits add up to 1.</param>
public readonly record struct SplitShare(string Name, double Share);

/// <summary>Images that must stay together, with what they hold.</summary>
/// <param name="Size">How many images.</param>
/// <param name="Labels">How often each label (a class, say) occurs in them, by label.</param>
public sealed record SplitUnit(int Size, ImmutableArray<(int Label, int Count)> Labels);

/// <summary>Shares images out to splits so that each has its part of every label, whole units at a time.</summary>
/// <remarks>
/// Iterative stratification for several labels a unit (Sechidis, Tsoumakas, Vlahavas, "On the stratification of multi-label data", ECML PKDD 2011): the label with the fewest units left goes first, and
/// each of its units goes to the split that lacks that label most, then to the one that lacks images most, then by lot. Deliberately different: units weigh as many images as they have, the largest of a
/// label go first, and a split that is full takes no more while another has room.
/// </remarks>
public static class SplitPlan
{
    /// <summary>For each unit the place of its split.</summary>
    /// <param name="units">The units.</param>
    /// <param name="shares">The splits.</param>
    /// <param name="labels">How many labels there are.</param>
    /// <param name="seed">Decides what is decided by lot: same units, same seed, same answer.</param>
    /// <exception cref="ArgumentException">There is no split, a share is not positive, or they do not add up to 1.</exception>
    public static int[] Assign(IReadOnlyList<SplitUnit> units, IReadOnlyList<SplitShare> shares, int labels, int seed)
    {
        if (shares.Count == 0 || shares.Any(s => !(s.Share > 0)) || Math.Abs(shares.Sum(s => s.Share) - 1) > 1e-9) throw new ArgumentException("Shares are positive and add up to 1.", nameof(shares));
        return new Assignment(units, shares, labels, new Random(seed)).Run();
    }

    private sealed class Assignment
    {
        private readonly IReadOnlyList<SplitUnit> units;
        private readonly double[] imagesWanted;
        private readonly double[][] labelsWanted;
        private readonly int[] lot;
        private readonly int[] splits;
        private readonly List<int>[] byLabel;
        private readonly int[] unitsLeft;

        public Assignment(IReadOnlyList<SplitUnit> units, IReadOnlyList<SplitShare> shares, int labels, Random random)
        {
            this.units = units;
            lot = [.. Enumerable.Range(0, units.Count)];
            random.Shuffle(lot);
            splits = new int[units.Count];
            Array.Fill(splits, -1);
            byLabel = [.. Enumerable.Range(0, labels).Select(_ => new List<int>())];
            var totals = new double[labels];
            foreach (var unit in lot)
            {
                foreach (var (label, count) in units[unit].Labels)
                {
                    byLabel[label].Add(unit);
                    totals[label] += count;
                }
            }

            foreach (var list in byLabel) list.Sort((a, b) => units[b].Size.CompareTo(units[a].Size) is var c and not 0 ? c : lot[a].CompareTo(lot[b]));
            unitsLeft = [.. byLabel.Select(l => l.Count)];
            double images = units.Sum(u => (long)u.Size);
            imagesWanted = [.. shares.Select(s => s.Share * images)];
            labelsWanted = [.. shares.Select(s => totals.Select(t => s.Share * t).ToArray())];
        }

        public int[] Run()
        {
            var queue = new PriorityQueue<int, (int, int)>();
            for (var label = 0; label < unitsLeft.Length; label++) queue.Enqueue(label, (unitsLeft[label], label));
            while (queue.TryDequeue(out var label, out var priority))
            {
                // Counts only fall: a label whose count has fallen since goes back with the present one.
                if (priority.Item1 != unitsLeft[label]) queue.Enqueue(label, (unitsLeft[label], label));
                else if (priority.Item1 > 0) Share(label);
            }

            // What has no label evens out the numbers of images, the largest first.
            foreach (var unit in lot.Where(u => splits[u] < 0).OrderByDescending(u => units[u].Size)) Put(unit, Best(unit, -1));
            return splits;
        }

        private void Share(int label)
        {
            foreach (var unit in byLabel[label])
            {
                if (splits[unit] < 0) Put(unit, Best(unit, label));
            }
        }

        private int Best(int unit, int label)
        {
            var best = -1;
            for (var s = 0; s < imagesWanted.Length; s++)
            {
                if (best < 0 || Compare(s, best, unit, label) > 0) best = s;
            }

            return best;
        }

        private int Compare(int a, int b, int unit, int label)
        {
            // A split whose room is more than half used up by this unit counts as full.
            var (roomA, roomB) = (imagesWanted[a] >= units[unit].Size / 2.0, imagesWanted[b] >= units[unit].Size / 2.0);
            if (roomA != roomB) return roomA ? 1 : -1;
            if (label >= 0 && labelsWanted[a][label].CompareTo(labelsWanted[b][label]) is var byLabelWanted and not 0) return byLabelWanted;
            return imagesWanted[a].CompareTo(imagesWanted[b]);
        }

        private void Put(int unit, int split)
        {
            splits[unit] = split;
            imagesWanted[split] -= units[unit].Size;
            foreach (var (label, count) in units[unit].Labels)
            {
                labelsWanted[split][label] -= count;
                unitsLeft[label]--;
            }
        }
    }
}
