namespace Plumbline.Core.Quality.Matching;

/// <summary>An object as matching sees it.</summary>
/// <param name="ClassIndex">Its class, from 0.</param>
/// <param name="Area">Square pixels.</param>
/// <param name="Ignore">Of a truth: a region in which given objects are not false (crowd, void). Of a given object: left out.</param>
public readonly record struct MatchedFacts(int ClassIndex, double Area, bool Ignore = false);

/// <summary>When two objects count as the same thing.</summary>
public sealed record MatchingRules
{
    /// <summary>The least overlap where nothing else is said.</summary>
    public double Least { get; init; } = .5;

    /// <summary>The least overlap for truths of some classes.</summary>
    public IReadOnlyDictionary<int, double> LeastOfClass { get; init; } = new Dictionary<int, double>();

    /// <summary>The least overlap for small truths: the first entry whose area the truth does not exceed decides, before the class; ascending.</summary>
    public IReadOnlyList<(double MostArea, double Least)> LeastOfSize { get; init; } = [];

    /// <summary>Whether objects of different classes may be matched; the confusion matrix needs that.</summary>
    public bool ClassBlind { get; init; }

    /// <summary>Share of a given object that must lie in an ignored region for it not to be false.</summary>
    public double ExcusedShare { get; init; } = .5;

    /// <summary>The least overlap for one truth.</summary>
    public double LeastFor(MatchedFacts truth)
    {
        foreach (var (mostArea, least) in LeastOfSize)
        {
            if (truth.Area <= mostArea) return least;
        }

        return LeastOfClass.GetValueOrDefault(truth.ClassIndex, Least);
    }
}

/// <summary>What became of the objects of one image.</summary>
/// <param name="GivenOf">Per truth the given object that stands for it; −1 where there is none.</param>
/// <param name="TruthOf">Per given object the truth that it stands for; −1 where there is none.</param>
/// <param name="Excused">Per given object whether it is left out: it is ignored itself, or unmatched and mostly in an ignored region.</param>
public sealed record MatchedObjects(int[] GivenOf, int[] TruthOf, bool[] Excused);
