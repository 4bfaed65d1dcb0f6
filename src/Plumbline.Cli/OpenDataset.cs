using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>A dataset that a verb reads: the path opened, its format settled, the reader at the start.</summary>
internal sealed class OpenDataset : IAsyncDisposable
{
    private OpenDataset(DatasetSource source, DatasetFormat format, DatasetReader reader) => (Source, Format, Reader) = (source, format, reader);

    public DatasetSource Source { get; }

    public DatasetFormat Format { get; }

    public DatasetReader Reader { get; }

    /// <param name="path">The dataset path.</param>
    /// <param name="format">The format that was asked for; null to recognise it.</param>
    /// <param name="imageRoot">Where pictures lie; null to look beside the labels.</param>
    /// <param name="detail">How much of each annotation is needed.</param>
    /// <param name="issues">Receives faults of the data.</param>
    /// <param name="formatOption">The option that names the format, for messages.</param>
    public static async Task<OpenDataset> OpenAsync(
        string path, string? format, string? imageRoot, ReadDetail detail, IssueLog issues, CancellationToken cancellationToken, string formatOption = "--format")
    {
        var source = SourceOpening.Open(path, imageRoot);
        try
        {
            var known = SourceOpening.FormatOf(source.Tree, format, formatOption);
            foreach (var entry in source.Tree.Refused) issues.Error("unsafe-entry", source.Tree.Name, entry.Name, null, $"{entry.Why}; it is left out.");
            return new(source, known, await known.OpenAsync(source, new ReadRequest(detail, FormatOptions.Defaults, issues), cancellationToken));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        Source.Dispose();
    }
}
