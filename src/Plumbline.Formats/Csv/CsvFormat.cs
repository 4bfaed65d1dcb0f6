using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Csv;

/// <summary>CSV: a row an annotation, boxes as corners in pixels; every other shape has its JSON in the column <c>geometry</c>. Reads what spreadsheets and many small tools write.</summary>
public sealed class CsvFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "csv";

    /// <inheritdoc />
    public override string Title => "CSV";

    /// <inheritdoc />
    public override string? FileExtension => ".csv";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [.. Enum.GetValues<ShapeKind>()],
        Parts = true,
        Holes = true,
        Attributes = true,
        Ignore = true,
        Groups = true,
        Scores = true,
        ZOrder = true,
        Splits = true,
        Tracks = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => CsvReader.Choose(tree) is [var first, ..] ? $"{first} has rows of an image, a class and a box" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(CsvReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CsvWriter(this, dataset, request).WriteAsync(cancellationToken);
}
