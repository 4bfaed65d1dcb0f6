using System.Globalization;
using Plumbline.Core.Checks;

namespace Plumbline.Cli.Validation;

/// <summary>For people: the findings of each check together, the worst first, a few of each in full.</summary>
internal sealed class TextFindings : FindingWriter
{
    private const int Shown = 10;
    private readonly Dictionary<string, (string Severity, long Count, long Fixes, List<string> First)> checks = new(StringComparer.Ordinal);

    public override void Add(ReportedFinding finding)
    {
        var known = checks.GetValueOrDefault(finding.Finding.Check, (finding.Severity, 0, 0, []));
        if (known.Count < Shown) known.First.Add(finding.ToString());
        checks[finding.Finding.Check] = (finding.Severity == "error" ? "error" : known.Severity, known.Count + 1, known.Fixes + (finding.Fix is null ? 0 : 1), known.First);
    }

    public override void Finish(ValidationSummary summary)
    {
        foreach (var (id, (severity, count, fixes, first)) in checks.OrderBy(c => c.Value.Severity, StringComparer.Ordinal).ThenByDescending(c => c.Value.Count).ThenBy(c => c.Key, StringComparer.Ordinal))
        {
            Line($"{severity} {id}: {count:N0}{(fixes > 0 ? string.Create(CultureInfo.InvariantCulture, $" (--fix mends {fixes:N0})") : "")}");
            if (CheckSuite.Catalogue.FirstOrDefault(c => c.Id == id) is { } check) Line($"  {check.Explanation}");
            foreach (var line in first) Line($"    {line}");
            if (count > Shown) Line($"    … and {count - Shown:N0} more (--output json lists all)");
        }

        Line($"{summary.Source} ({summary.Format}): {Quantity.Of(summary.Images, "image")}, {Quantity.Of(summary.Annotations, "annotation")} and {Quantity.Of(summary.Pictures, "picture")} checked; {Quantity.Of(summary.Errors, "error")}, {Quantity.Of(summary.Warnings, "warning")}.");
    }

    public override void Dispose()
    {
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
