namespace Plumbline.Formats.Reports;

/// <summary>Counts issues and hands each on as it comes; holds none.</summary>
/// <param name="onIssue">Receives each issue; null to count only.</param>
public sealed class IssueLog(Action<DatasetIssue>? onIssue = null)
{
    /// <summary>Items refused.</summary>
    public long Errors { get; private set; }

    /// <summary>Items read with a remark.</summary>
    public long Warnings { get; private set; }

    /// <summary>Takes note of an issue.</summary>
    public void Add(DatasetIssue issue)
    {
        if (issue.Severity == IssueSeverity.Error) Errors++;
        else Warnings++;
        onIssue?.Invoke(issue);
    }

    /// <summary>An item was refused.</summary>
    public void Error(string code, string file, string? item, string? field, string message, FilePosition position = default) =>
        Add(new(IssueSeverity.Error, code, file, item, field, message, position));

    /// <summary>An item was read with a remark.</summary>
    public void Warning(string code, string file, string? item, string? field, string message, FilePosition position = default) =>
        Add(new(IssueSeverity.Warning, code, file, item, field, message, position));
}
