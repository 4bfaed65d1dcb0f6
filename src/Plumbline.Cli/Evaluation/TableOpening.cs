using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Evaluation;

/// <summary>Opens one side of a comparison: a single COCO file by the fast way, anything else through its format.</summary>
internal static class TableOpening
{
    /// <param name="path">The dataset path.</param>
    /// <param name="format">The format that was asked for; null to recognise it.</param>
    /// <param name="option">The option that names the format, for messages.</param>
    /// <param name="imageRoot">Where pictures lie; null to look beside the labels.</param>
    /// <param name="needed">Which shapes matter.</param>
    /// <param name="metadata">Whether to keep what image records say.</param>
    /// <param name="predictions">Whether every object must carry a score.</param>
    /// <param name="issues">Receives faults of the data.</param>
    public static async Task<ObjectTable> OpenAsync(
        string path, string? format, string option, string? imageRoot, TableShapes needed, bool metadata, bool predictions, IssueLog issues, CancellationToken cancellationToken)
    {
        using (var source = SourceOpening.Open(path, imageRoot))
        {
            if (CocoTable.FileIn(source.Tree, predictions) is { } file && IsCoco(source, format, option))
                return CocoTable.Read(source.Tree, file, needed, predictions, metadata, issues, cancellationToken);
        }

        await using var dataset = await OpenDataset.OpenAsync(path, format, imageRoot, metadata ? ReadDetail.Verbatim : ReadDetail.Shapes, issues, cancellationToken, option);
        return await DatasetTable.ReadAsync(dataset.Reader, path, needed, metadata, predictions, issues, cancellationToken);
    }

    // A single file that looks like COCO is COCO; a folder may hold several formats, and the user settles which.
    private static bool IsCoco(DatasetSource source, string? format, string option) =>
        format is { } asked ? asked is "coco" or "coco-keypoints" or "coco-results" : source.Tree.Files.Count == 1 || SourceOpening.FormatOf(source.Tree, null, option).Name.StartsWith("coco", StringComparison.Ordinal);
}
