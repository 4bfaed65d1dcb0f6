using System.Collections.Immutable;

namespace Plumbline.Formats;

/// <summary>One choice that a format leaves to the user; <c>--name value</c> on the command line.</summary>
/// <param name="Name">Without dashes.</param>
/// <param name="Values">The values it takes, the default first.</param>
/// <param name="Description">What it decides.</param>
public sealed record FormatOption(string Name, ImmutableArray<string> Values, string Description);

/// <summary>The choices made.</summary>
public sealed class FormatOptions
{
    private readonly ImmutableDictionary<string, string> chosen;

    /// <param name="chosen">Values by option name.</param>
    public FormatOptions(IEnumerable<KeyValuePair<string, string>> chosen) => this.chosen = chosen.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Every default.</summary>
    public static FormatOptions Defaults { get; } = new([]);

    /// <summary>Names of the options that were given.</summary>
    public IEnumerable<string> Names => chosen.Keys.Order(StringComparer.Ordinal);

    /// <summary>The value chosen, or the default.</summary>
    /// <exception cref="ArgumentException">The option does not take this value.</exception>
    public string this[FormatOption option]
    {
        get
        {
            var value = chosen.GetValueOrDefault(option.Name, option.Values[0]);
            return option.Values.Contains(value) ? value : throw new ArgumentException($"--{option.Name} takes {string.Join(" or ", option.Values)}, not '{value}'.");
        }
    }
}
