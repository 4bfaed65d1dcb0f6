using System.Globalization;

namespace Plumbline.Cli;

/// <summary>Numbers of things, for people.</summary>
internal static class Quantity
{
    /// <summary><c>1 image</c>, <c>2,000 images</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called; several have an s behind it.</param>
    /// <param name="many">What several are called where an s is not enough; null otherwise.</param>
    public static string Of(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? $"{one}s")}");
}
