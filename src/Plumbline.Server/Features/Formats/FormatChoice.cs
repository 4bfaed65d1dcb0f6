using Plumbline.Formats;

namespace Plumbline.Server.Features.Formats;

/// <summary>Checks a format and its options as a request names them.</summary>
internal static class FormatChoice
{
    /// <summary>What is wrong; null when nothing is. A format that is null is still to be found out and has no options.</summary>
    public static ProblemError? FaultOf(string? name, IReadOnlyDictionary<string, string>? options)
    {
        var format = name is null ? null : DatasetFormats.Find(name);
        if (name is not null && format is null) return new ProblemError($"'{name}' is none of {string.Join(", ", DatasetFormats.All.Select(f => f.Name))}.", "/format");
        foreach (var (option, value) in options ?? new Dictionary<string, string>())
        {
            var known = format?.Options.FirstOrDefault(o => o.Name == option);
            if (known is null) return new ProblemError(format is null ? "Options belong to a format; name it." : $"{format.Title} has no option '{option}'.", $"/options/{option}");
            if (!known.Values.Contains(value)) return new ProblemError($"'{option}' takes {string.Join(" or ", known.Values)}.", $"/options/{option}");
        }

        return null;
    }
}
