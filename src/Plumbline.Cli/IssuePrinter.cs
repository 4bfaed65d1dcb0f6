using System.Globalization;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>Shows the first issues on standard error as they come, and at the end how many more there were.</summary>
internal sealed class IssuePrinter
{
    private const int Shown = 20;
    private long count;

    /// <summary>Prints one issue, or keeps count.</summary>
    public void Print(DatasetIssue issue)
    {
        if (count++ < Shown) Console.Error.WriteLine(Printable.Of($"{(issue.Severity == IssueSeverity.Error ? "error" : "warning")}: {issue}"));
    }

    /// <summary>Says how many were not shown.</summary>
    /// <param name="where">Where all of them are listed; null when nowhere.</param>
    public void Finish(string? where = null)
    {
        if (count > Shown) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {count - Shown:N0} more{(where is null ? "" : $" ({where})")}."));
    }
}
