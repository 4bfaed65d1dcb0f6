using Plumbline.Core.Quality.Matching;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>Which gold and given objects of a picture stand for each other, found step by step; an object that a step settles takes no part in later ones.</summary>
internal sealed class Pairing(List<JudgedObject> gold, List<JudgedObject> given, TaxonomyOptions options)
{
    private readonly double[] _overlaps = Overlaps(gold, given);
    private readonly int[] _givenOf = Free(gold.Count);
    private readonly int[] _goldOf = Free(given.Count);
    private readonly bool[] _goldTaken = new bool[gold.Count];
    private readonly bool[] _givenTaken = new bool[given.Count];

    /// <summary>The pairs found so far, in the order of gold.</summary>
    public IEnumerable<(int Gold, int Given)> Pairs => Enumerable.Range(0, gold.Count).Where(g => _givenOf[g] >= 0).Select(g => (g, _givenOf[g]));

    public double Overlap(int g, int d) => _overlaps[(g * given.Count) + d];

    public IReadOnlyList<int> OpenGold() => Enumerable.Range(0, gold.Count).Where(g => _givenOf[g] < 0 && !_goldTaken[g]).ToList();

    public IReadOnlyList<int> OpenGiven() => Enumerable.Range(0, given.Count).Where(d => _goldOf[d] < 0 && !_givenTaken[d]).ToList();

    public void PairSameClass(double least) => Pair(least, (g, d) => gold[g].SameClass(given[d]));

    public void PairAnyClass(double least) => Pair(least, (_, _) => true);

    /// <summary>Given objects that fit several gold ones of their class together clearly better than any one of them.</summary>
    public List<Difference> TakeMerged()
    {
        var found = new List<Difference>();
        for (var d = 0; d < given.Count; d++)
        {
            if (_givenTaken[d]) continue;
            var candidates = Enumerable.Range(0, gold.Count).Where(g => !_goldTaken[g] && (_givenOf[g] < 0 || _givenOf[g] == d) && gold[g].SameClass(given[d])).ToList();
            if (Parts.Of(given[d], candidates, g => gold[g], options) is not var (members, overlap)) continue;
            Settle(members, [d]);
            found.Add(new() { Kind = DifferenceKind.MergedInstances, Gold = [.. members.Select(g => gold[g].Annotation)], Given = [given[d].Annotation], Overlap = overlap });
        }

        return found;
    }

    /// <summary>Gold objects that several given ones of their class cover together clearly better than any one of them.</summary>
    public List<Difference> TakeSplit()
    {
        var found = new List<Difference>();
        for (var g = 0; g < gold.Count; g++)
        {
            if (_goldTaken[g]) continue;
            var candidates = Enumerable.Range(0, given.Count).Where(d => !_givenTaken[d] && (_goldOf[d] < 0 || _goldOf[d] == g) && gold[g].SameClass(given[d])).ToList();
            if (Parts.Of(gold[g], candidates, d => given[d], options) is not var (members, overlap)) continue;
            Settle([g], members);
            found.Add(new() { Kind = DifferenceKind.SplitInstance, Gold = [gold[g].Annotation], Given = [.. members.Select(d => given[d].Annotation)], Overlap = overlap });
        }

        return found;
    }

    /// <summary>Open given objects that overlap a gold one of their class which has its pair already, and no open one better.</summary>
    public List<Difference> TakeDuplicates()
    {
        var found = new List<Difference>();
        foreach (var d in OpenGiven())
        {
            var best = -1;
            foreach (var (g, _) in Pairs)
            {
                if (gold[g].SameClass(given[d]) && gold[g].Annotation.Shape.Kind != Annotations.ShapeKind.Tag && Overlap(g, d) >= options.Same && (best < 0 || Overlap(g, d) > Overlap(best, d))) best = g;
            }

            if (best < 0 || OpenGold().Any(g => Overlap(g, d) >= Overlap(best, d))) continue;
            _givenTaken[d] = true;
            found.Add(new() { Kind = DifferenceKind.Duplicate, Gold = [gold[best].Annotation], Given = [given[_givenOf[best]].Annotation, given[d].Annotation], Overlap = Overlap(best, d) });
        }

        return found;
    }

    private void Pair(double least, Func<int, int, bool> may)
    {
        var (rows, columns) = (OpenGold(), OpenGiven());
        var matrix = new double[rows.Count * columns.Count];
        for (var r = 0; r < rows.Count; r++)
        {
            for (var c = 0; c < columns.Count; c++) matrix[(r * columns.Count) + c] = may(rows[r], columns[c]) ? Overlap(rows[r], columns[c]) : 0;
        }

        var assigned = OptimalAssignment.Solve(matrix, rows.Count, columns.Count, least);
        for (var r = 0; r < assigned.Length; r++)
        {
            if (assigned[r] >= 0) (_givenOf[rows[r]], _goldOf[columns[assigned[r]]]) = (columns[assigned[r]], rows[r]);
        }
    }

    private void Settle(IReadOnlyList<int> golds, IReadOnlyList<int> givens)
    {
        foreach (var g in golds)
        {
            if (_givenOf[g] >= 0) _goldOf[_givenOf[g]] = -1;
            (_givenOf[g], _goldTaken[g]) = (-1, true);
        }

        foreach (var d in givens)
        {
            if (_goldOf[d] >= 0) _givenOf[_goldOf[d]] = -1;
            (_goldOf[d], _givenTaken[d]) = (-1, true);
        }
    }

    private static double[] Overlaps(List<JudgedObject> gold, List<JudgedObject> given)
    {
        var overlaps = new double[gold.Count * given.Count];
        for (var g = 0; g < gold.Count; g++)
        {
            for (var d = 0; d < given.Count; d++) overlaps[(g * given.Count) + d] = gold[g].Overlap(given[d]);
        }

        return overlaps;
    }

    private static int[] Free(int count)
    {
        var free = new int[count];
        Array.Fill(free, -1);
        return free;
    }
}
