using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Plumbline.Core.Ontologies;

/// <summary>Which points of a skeleton trade places when left and right are swapped.</summary>
public static partial class MirroredPoints
{
    /// <summary>What the skeleton says; where it says nothing, the points whose names differ only by left and right (<c>left_eye</c> and <c>right_eye</c>, <c>L_Ear</c> and <c>R_Ear</c>): files rarely say more.</summary>
    public static ImmutableArray<SkeletonEdge> Of(SkeletonDefinition skeleton)
    {
        if (!skeleton.Mirrored.IsEmpty) return skeleton.Mirrored;
        var pairs = ImmutableArray.CreateBuilder<SkeletonEdge>();
        var left = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, name) in skeleton.Points.Index())
        {
            if (Left().Replace(name, "|", 1) is var rest && rest != name) left.TryAdd(rest, i);
        }

        foreach (var (i, name) in skeleton.Points.Index())
        {
            if (Right().Replace(name, "|", 1) is var rest && rest != name && left.TryGetValue(rest, out var other)) pairs.Add(new(other, i));
        }

        return pairs.ToImmutable();
    }

    // The word as it stands in names of any style: left_eye, LeftEye, eye-left, L_Ear; a lone L or R only between separators.
    [GeneratedRegex("left|(?<![a-z])l(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Left();

    [GeneratedRegex("right|(?<![a-z])r(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Right();
}
