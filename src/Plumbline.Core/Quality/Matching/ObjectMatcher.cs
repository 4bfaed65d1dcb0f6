namespace Plumbline.Core.Quality.Matching;

/// <summary>Matches the objects of one image one to one, so that the sum of overlaps is as large as it can be.</summary>
public static class ObjectMatcher
{
    /// <summary>Matches by <see cref="OptimalAssignment"/>. Class-blind, objects of one class are matched first, so that a class is only called wrong where no right one is at hand.</summary>
    /// <param name="overlaps">Truths × given, row by row, in [0, 1]; NaN where undefined, which never matches. In the row of an ignored truth: the share of the given object in it.</param>
    /// <param name="truths">The true objects.</param>
    /// <param name="given">The objects to be judged.</param>
    /// <param name="rules">When two are the same thing.</param>
    /// <exception cref="ArgumentException">The overlaps are not truths × given, or one lies outside [0, 1].</exception>
    public static MatchedObjects Match(ReadOnlySpan<double> overlaps, ReadOnlySpan<MatchedFacts> truths, ReadOnlySpan<MatchedFacts> given, MatchingRules rules)
    {
        if (overlaps.Length != (long)truths.Length * given.Length) throw new ArgumentException($"{overlaps.Length} overlaps for {truths.Length} truths and {given.Length} given objects.", nameof(overlaps));
        var result = new MatchedObjects(new int[truths.Length], new int[given.Length], new bool[given.Length]);
        Array.Fill(result.GivenOf, -1);
        Array.Fill(result.TruthOf, -1);
        for (var d = 0; d < given.Length; d++) result.Excused[d] = given[d].Ignore;
        Pair(overlaps, truths, given, rules, sameClass: true, result);
        if (rules.ClassBlind) Pair(overlaps, truths, given, rules, sameClass: false, result);
        for (var d = 0; d < given.Length; d++)
        {
            if (result.TruthOf[d] >= 0) continue;
            double inside = 0;
            for (var t = 0; t < truths.Length; t++)
            {
                if (truths[t].Ignore && (rules.ClassBlind || truths[t].ClassIndex == given[d].ClassIndex) && overlaps[(t * given.Length) + d] is var share and > 0) inside += share;
            }

            result.Excused[d] |= inside >= rules.ExcusedShare;
        }

        return result;
    }

    private static void Pair(ReadOnlySpan<double> overlaps, ReadOnlySpan<MatchedFacts> truths, ReadOnlySpan<MatchedFacts> given, MatchingRules rules, bool sameClass, MatchedObjects result)
    {
        var matrix = new double[overlaps.Length];
        for (var t = 0; t < truths.Length; t++)
        {
            if (truths[t].Ignore || result.GivenOf[t] >= 0) continue;
            var least = rules.LeastFor(truths[t]);
            for (var d = 0; d < given.Length; d++)
            {
                var overlap = overlaps[(t * given.Length) + d];
                if (overlap is < 0 or > 1) throw new ArgumentException($"Truth {t} and given object {d} have the overlap {overlap}.", nameof(overlaps));
                if (given[d].Ignore || result.TruthOf[d] >= 0 || (sameClass && truths[t].ClassIndex != given[d].ClassIndex)) continue;
                if (overlap >= least) matrix[(t * given.Length) + d] = overlap;
            }
        }

        var assigned = OptimalAssignment.Solve(matrix, truths.Length, given.Length, double.Epsilon);
        for (var t = 0; t < assigned.Length; t++)
        {
            if (assigned[t] >= 0) (result.GivenOf[t], result.TruthOf[assigned[t]]) = (assigned[t], t);
        }
    }
}
