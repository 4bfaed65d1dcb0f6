using Plumbline.Core.Checks;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Validation;

/// <summary>A finding of a check or of a reader, with its place in the file where a reader knows it.</summary>
internal sealed record ReportedFinding(Finding Finding, FilePosition Position = default)
{
    /// <summary>What <c>--fix</c> does about it: <c>remove</c>, <c>clip</c>, <c>renumber</c>; null for nothing.</summary>
    public string? Fix => Finding.Repair is { } repair ? repair.Shape is null ? "remove" : "clip" : StructuralFaults.FixOf(Finding.Check);

    public string Severity => Finding.Severity == CheckSeverity.Error ? "error" : "warning";

    /// <summary>A fault that a reader reported.</summary>
    public static ReportedFinding Of(DatasetIssue issue) =>
        new(new(issue.Code, issue.Severity == IssueSeverity.Error ? CheckSeverity.Error : CheckSeverity.Warning, issue.File, issue.Item, issue.Message), issue.Position);

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var place = Position.ToString();
        var where = Finding.Item is { } item && Finding.File is { } file ? item.StartsWith(file + "#", StringComparison.Ordinal) ? item : $"{file}{(place.Length > 0 ? $" ({place})" : "")}, {item}" : Finding.Item ?? Finding.File;
        return where is null ? Finding.Message : $"{where}: {Finding.Message}";
    }
}

/// <summary>Which faults of a file's structure are mended by writing the file again, because the reader has already settled them without a choice.</summary>
internal static class StructuralFaults
{
    /// <summary>What writing again does about a fault; null when it takes a person.</summary>
    public static string? FixOf(string code) => code switch
    {
        "dangling-image" or "dangling-category" or "no-category" or "broken-annotation" => "remove",
        "duplicate-id" => "renumber",
        _ => null,
    };
}
