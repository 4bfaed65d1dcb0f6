using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Datasets;

/// <summary>The one rule for scores of all readers: between 0 and 1, or none. A score that is neither would be refused where the dataset is read again.</summary>
internal static class ReadScore
{
    /// <summary>The score; null where there is none or it lies outside, which is a remark.</summary>
    /// <param name="score">As it stands in the file.</param>
    /// <param name="issues">Receives the remark.</param>
    /// <param name="file">The file.</param>
    /// <param name="item">The annotation's name, for people.</param>
    /// <param name="position">Where it stands.</param>
    public static double? Of(double? score, IssueLog issues, string file, string item, FilePosition position)
    {
        if (score is not { } given || given is >= 0 and <= 1) return score;
        issues.Warning("bad-score", file, item, "score", FormattableString.Invariant($"a score of {given} does not lie between 0 and 1; it is not used."), position);
        return null;
    }
}
