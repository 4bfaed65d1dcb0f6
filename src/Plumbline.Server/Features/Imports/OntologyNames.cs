using System.Collections.Immutable;
using System.Text;
using Plumbline.Core.Ontologies;

namespace Plumbline.Server.Features.Imports;

/// <summary>Names from files as an ontology can take them.</summary>
internal static class OntologyNames
{
    /// <summary>Without control characters, broken Unicode and blanks around it, cut where it is too long; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Clean(string name, string otherwise = "unnamed")
    {
        var text = new StringBuilder(Math.Min(name.Length, OntologyValidation.NameLength));
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune)) continue;
            if (text.Length + rune.Utf16SequenceLength > OntologyValidation.NameLength) break;
            text.Append(rune.ToString());
        }

        var clean = text.ToString().Trim();
        return clean.Length == 0 ? otherwise : clean;
    }

    /// <summary>The name of a predicate for a relation that a file calls so, or does not name.</summary>
    public static string OfRelation(string name) => Clean(name, "related to");

    /// <summary>Whether a list can be the options of an attribute or the points of a skeleton as it stands.</summary>
    public static bool AreUsable(ImmutableArray<string> words) =>
        words.Length is > 0 and <= OntologyValidation.MaximumParts && words.All(word => word.Length > 0 && Clean(word, "") == word) && words.Distinct(StringComparer.Ordinal).Count() == words.Length;
}
