using System.Collections.Immutable;

namespace Plumbline.Core.Ontologies;

/// <summary>Faults found so far, and the checks that every part of an ontology shares.</summary>
internal sealed class FaultList
{
    private readonly ImmutableArray<OntologyFault>.Builder _faults = ImmutableArray.CreateBuilder<OntologyFault>();

    public bool Any => _faults.Count > 0;

    public bool IsFull => _faults.Count >= OntologyValidation.MaximumFaults;

    public void Add(string pointer, string? item, string rule, string message)
    {
        if (!IsFull) _faults.Add(new OntologyFault(pointer, item, rule, message));
    }

    public ImmutableArray<OntologyFault> ToImmutable() => _faults.ToImmutable();

    /// <summary>Ids are 1–64 characters, unique, and do not start with @, which marks ids of ours (<c>@image</c>).</summary>
    public void CheckId(string? id, string at, HashSet<string> seen)
    {
        if (id is not { Length: > 0 and <= OntologyValidation.IdLength } || id[0] == '@' || !IsPlain(id)) Add($"{at}/id", id, "bad-id", $"An id has 1 to {OntologyValidation.IdLength} characters and does not start with @.");
        else if (!seen.Add(id)) Add($"{at}/id", id, "duplicate-id", $"The id “{id}” is used twice.");
    }

    /// <summary>Whether a name is 1–200 characters that can be shown.</summary>
    public bool CheckName(string? name, string? item, string at)
    {
        if (name is { Length: <= OntologyValidation.NameLength } && name.Trim().Length > 0 && IsPlain(name)) return true;
        Add(at, item, "bad-name", $"A name has 1 to {OntologyValidation.NameLength} characters and no control characters.");
        return false;
    }

    /// <summary>A list of distinct names: options or points.</summary>
    public void CheckWords(ImmutableArray<string> words, string item, string at, string what)
    {
        if (words.Length > OntologyValidation.MaximumParts)
        {
            Add(at, item, "too-many", $"There are at most {OntologyValidation.MaximumParts} of them.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length && !IsFull; i++)
        {
            if (CheckName(words[i], item, $"{at}/{i}") && !seen.Add(words[i])) Add($"{at}/{i}", item, $"duplicate-{what}", $"The {what} “{words[i]}” is listed twice.");
        }
    }

    /// <summary>Neither control characters nor broken surrogate pairs, which databases refuse.</summary>
    private static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) return false;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
