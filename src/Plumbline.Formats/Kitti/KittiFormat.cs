using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Kitti;

/// <summary>KITTI object detection: a text file an image with type, truncation, occlusion, angles, box and what is known in 3D.</summary>
public sealed class KittiFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "kitti";

    /// <inheritdoc />
    public override string Title => "KITTI";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [ShapeKind.Box],
        StoredAs = StoredShapes.As(ShapeKind.Box, ShapeKind.Polygon, ShapeKind.Mask, ShapeKind.RotatedBox, ShapeKind.Ellipse),
        Attributes = true,
        Ignore = true,
        Scores = true,
        Splits = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree)
    {
        foreach (var file in KittiFiles.Of(tree).Take(20))
        {
            using var stream = tree.OpenRead(file.Labels);
            using var reader = new StreamReader(stream);
            var block = new char[4096];
            var line = new string(block, 0, reader.ReadBlock(block)).Split('\n')[0];
            if (KittiRow.TryParse(line, out var row, out var fault) && row is not null && KittiRow.TypeOf(row.Type) == row.Type) return $"{file.Labels} has KITTI's rows";
            if (fault is not null) return null;
        }

        return null;
    }

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Boxes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(KittiReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new KittiWriter(this, dataset, request).WriteAsync(cancellationToken);
}
