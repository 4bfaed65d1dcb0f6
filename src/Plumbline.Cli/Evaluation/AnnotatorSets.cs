using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Evaluation;

/// <summary>The datasets of several annotators, open side by side.</summary>
internal sealed class AnnotatorSets : IAsyncDisposable
{
    private readonly List<OpenDataset> open;

    private AnnotatorSets(List<OpenDataset> open, IReadOnlyList<string> names) =>
        (this.open, Names, Images) = (open, names, new AlignedDatasets([.. open.Select((dataset, i) => (names[i], dataset.Reader))]));

    /// <summary>What people call each annotator: the shortest end of its path that tells it from the others.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The images.</summary>
    public AlignedDatasets Images { get; }

    /// <summary>Formats in the order of the paths.</summary>
    public IReadOnlyList<string> Formats => [.. open.Select(dataset => dataset.Format.Name)];

    /// <summary>Opens every path.</summary>
    /// <param name="paths">The dataset paths.</param>
    /// <param name="formats">The formats that were asked for, one a path or one for all; null to recognise them.</param>
    /// <param name="imageRoot">Where pictures lie; null to look beside the labels.</param>
    /// <param name="issues">Receives faults of the data.</param>
    public static async Task<AnnotatorSets> OpenAsync(IReadOnlyList<string> paths, IReadOnlyList<string?> formats, string? imageRoot, IssueLog issues, CancellationToken cancellationToken)
    {
        var open = new List<OpenDataset>();
        try
        {
            foreach (var (i, path) in paths.Index()) open.Add(await OpenDataset.OpenAsync(path, formats[Math.Min(i, formats.Count - 1)], imageRoot, ReadDetail.Shapes, issues, cancellationToken));
            return new(open, ShortNames(paths));
        }
        catch
        {
            foreach (var dataset in open) await dataset.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var dataset in open) await dataset.DisposeAsync();
    }

    private static string[] ShortNames(IReadOnlyList<string> paths)
    {
        var parts = paths.Select(path => path.TrimEnd('/').Split('/')).ToArray();
        for (var length = 1; length <= parts.Max(p => p.Length); length++)
        {
            var names = parts.Select(p => string.Join('/', p.TakeLast(length))).ToArray();
            if (names.Distinct().Count() == names.Length) return names;
        }

        return [.. paths.Select((path, i) => $"{path} ({i + 1})")];
    }
}
