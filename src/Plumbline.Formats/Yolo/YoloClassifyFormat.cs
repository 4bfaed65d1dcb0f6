using Plumbline.Core.Annotations;
using Plumbline.Formats.Cityscapes;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Yolo;

/// <summary>YOLO classification: a folder a class, in a folder a split. The pictures are the dataset; there are no label files.</summary>
public sealed class YoloClassifyFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "yolo-cls";

    /// <inheritdoc />
    public override string Title => "YOLO classification";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new() { Shapes = [ShapeKind.Tag], Splits = true };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        if (YoloNames.Find(tree) is not null || CityscapesFiles.Of(tree).Count > 0) return null;
        string? first = null;
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in tree.Files)
        {
            if (TreePath.Extension(file) is ".json" or ".xml" or ".csv" or ".jsonl" or ".txt" or ".manifest") return null;
            if (!PictureFolders.TryPart(file, out var split, out var name, out _)) continue;
            if (split is null) return null;
            first ??= file;
            folders.Add(name);
        }

        return first is not null && !folders.IsSubsetOf(["images", "labels", "annotations", "masks"]) ? $"{first} lies in a folder of a split and of a class" : null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Boxes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(YoloClassifyReader.Open(Name, source));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new YoloClassifyWriter(this, dataset, request).WriteAsync(cancellationToken);
}
