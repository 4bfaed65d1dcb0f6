namespace Plumbline.Cli.Validation;

/// <summary>What a validation looked at and how much it found.</summary>
/// <param name="Source">The dataset path.</param>
/// <param name="Format">Its format.</param>
/// <param name="Images">Images that were checked.</param>
/// <param name="Annotations">Annotations that were checked.</param>
/// <param name="Pictures">Pictures that were decoded.</param>
/// <param name="Found">Findings by check id, and by <c>error</c> and <c>warning</c>.</param>
internal sealed record ValidationSummary(string Source, string Format, long Images, long Annotations, long Pictures, IReadOnlyDictionary<string, long> Found)
{
    public long Errors => Found.GetValueOrDefault("error");

    public long Warnings => Found.GetValueOrDefault("warning");

    /// <summary>Counts by check alone.</summary>
    public IEnumerable<KeyValuePair<string, long>> ByCheck => Found.Where(f => f.Key is not ("error" or "warning")).OrderBy(f => f.Key, StringComparer.Ordinal);
}
