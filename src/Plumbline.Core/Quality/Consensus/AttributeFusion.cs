using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Quality.Consensus;

/// <summary>Attributes of several annotators as one set: numbers by weighted median, everything else by weight of votes, "no value" included.</summary>
internal static class AttributeFusion
{
    public static (ImmutableSortedDictionary<string, AttributeValue> Values, ImmutableArray<string> Disputed) Fuse(IReadOnlyList<Annotation> annotations, double[] weights, double sure)
    {
        var fused = ImmutableSortedDictionary.CreateBuilder<string, AttributeValue>(StringComparer.Ordinal);
        var disputed = ImmutableArray.CreateBuilder<string>();
        var all = weights.Sum();
        foreach (var id in annotations.SelectMany(a => a.Attributes.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var votes = annotations.Select((a, i) => (Value: a.Attributes.GetValueOrDefault(id), Weight: weights[i])).ToList();
            var numbers = votes.Where(vote => vote.Value is AttributeValue.Number).ToList();
            if (2 * numbers.Sum(vote => vote.Weight) > all)
            {
                fused[id] = new AttributeValue.Number(WeightedMedian.Of(numbers.Select(vote => ((AttributeValue.Number)vote.Value!).Value).ToArray(), numbers.Select(vote => vote.Weight).ToArray()));
                continue;
            }

            var best = votes.GroupBy(vote => vote.Value).Select(group => (Value: group.Key, Weight: group.Sum(vote => vote.Weight))).MaxBy(group => group.Weight);
            if (best.Weight < sure * all) disputed.Add(id);
            if (best.Value is not null) fused[id] = best.Value;
        }

        return (fused.ToImmutable(), disputed.ToImmutable());
    }
}
