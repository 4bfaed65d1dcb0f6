using System.Collections.Immutable;

namespace Plumbline.Formats;

/// <summary>One choice that a format leaves to the user; <c>--name value</c> on the command line.</summary>
/// <param name="Name">Without dashes.</param>
/// <param name="Values">The values it takes, the default first; none for a file.</param>
/// <param name="Description">What it decides.</param>
/// <param name="IsFile">Whether it names a file of the machine: only for those who may read its files anyway, so never over the API.</param>
public sealed record FormatOption(string Name, ImmutableArray<string> Values, string Description, bool IsFile = false)
{
    /// <summary>An option that names a file.</summary>
    public static FormatOption File(string name, string description) => new(name, [], description, IsFile: true);
}

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
            if (option.IsFile) throw new ArgumentException($"--{option.Name} names a file.");
            var value = chosen.GetValueOrDefault(option.Name, option.Values[0]);
            return option.Values.Contains(value) ? value : throw new ArgumentException($"--{option.Name} takes {string.Join(" or ", option.Values)}, not '{value}'.");
        }
    }

    /// <summary>The file that an option names; null when it was not given.</summary>
    public string? PathOf(FormatOption option) => option.IsFile ? chosen.GetValueOrDefault(option.Name) : throw new ArgumentException($"--{option.Name} names no file.");
}
