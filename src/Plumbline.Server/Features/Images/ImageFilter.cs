using System.Text;

namespace Plumbline.Server.Features.Images;

/// <summary>What a term of a filter looks at.</summary>
public enum FilterKey
{
    /// <summary>Part of the path, in any case; also what a bare word means.</summary>
    Name,

    /// <summary>New, in progress or done.</summary>
    State,

    /// <summary>The outcome of the working annotation set.</summary>
    Outcome,

    /// <summary>Has an annotation of the class, by its name or id.</summary>
    Class,

    /// <summary>Has an annotation that was verified with this answer.</summary>
    Verdict,
}

/// <summary>One condition.</summary>
/// <param name="Key">What it looks at.</param>
/// <param name="Value">What it looks for.</param>
/// <param name="Negated">Whether it must not hold.</param>
public sealed record FilterTerm(FilterKey Key, string Value, bool Negated);

/// <summary>The filter cannot be read.</summary>
public sealed class FilterException(int offset, string message) : Exception(message)
{
    /// <summary>Where: characters from the start of the filter.</summary>
    public int Offset => offset;
}

/// <summary>
/// The filter language of image lists: terms separated by blanks, all of which must hold. <c>state:new</c>, <c>outcome:unusable</c>, <c>class:"stop sign"</c>, <c>verdict:unsure</c>, <c>name:text</c>; a
/// bare word is a part of the path; <c>-</c> in front negates; in quotation marks, <c>\"</c> and <c>\\</c> stand for themselves. <c>web/app/src/features/gallery/filter.ts</c> reads the same language.
/// </summary>
public static class ImageFilter
{
    private static readonly string[] States = ["new", "inProgress", "done"];
    private static readonly string[] Outcomes = ["unlabelled", "labelled", "verifiedEmpty", "unusable"];
    private static readonly string[] Verdicts = ["accepted", "unsure"];

    /// <summary>Reads a filter; no text means no condition.</summary>
    /// <exception cref="FilterException">It is not of the language.</exception>
    public static IReadOnlyList<FilterTerm> Parse(string? text)
    {
        var terms = new List<FilterTerm>();
        if (text?.IndexOf('\0', StringComparison.Ordinal) is { } nul and >= 0) throw new FilterException(nul, "There is a NUL character here.");
        for (var at = 0; text is not null && at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else terms.Add(ReadTerm(text, ref at));
        }

        return terms;
    }

    private static FilterTerm ReadTerm(string text, ref int at)
    {
        var start = at;
        var negated = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        if (negated) at++;
        var key = ReadKey(text, ref at);
        var valueAt = at;
        var value = ReadValue(text, ref at);
        if (value.Length == 0) throw new FilterException(start, "A value is missing here.");
        return new FilterTerm(key, Canonical(key, value, valueAt), negated);
    }

    private static FilterKey ReadKey(string text, ref int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        if (end == at || end == text.Length || text[end] != ':') return FilterKey.Name;
        var key = text[at..end] switch
        {
            "state" => FilterKey.State,
            "outcome" => FilterKey.Outcome,
            "class" => FilterKey.Class,
            "verdict" => FilterKey.Verdict,
            "name" => FilterKey.Name,
            var other => throw new FilterException(at, $"“{other}” is not one of state, outcome, class, verdict, name."),
        };
        at = end + 1;
        return key;
    }

    private static string ReadValue(string text, ref int at)
    {
        var start = at;
        if (at == text.Length || text[at] != '"')
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at])) at++;
            return text[start..at];
        }

        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return value.ToString();
            }

            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }

        throw new FilterException(start, "The quotation mark is not closed.");
    }

    private static string Canonical(FilterKey key, string value, int at)
    {
        var known = key switch { FilterKey.State => States, FilterKey.Outcome => Outcomes, FilterKey.Verdict => Verdicts, _ => null };
        if (known is null) return value;
        return known.FirstOrDefault(option => option.Equals(value, StringComparison.OrdinalIgnoreCase))
            ?? throw new FilterException(at, $"{key.ToString().ToLowerInvariant()} is one of {string.Join(", ", known)}.");
    }
}
