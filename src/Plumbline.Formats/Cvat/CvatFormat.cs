using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Cvat;

/// <summary>CVAT XML 1.1: every kind of shape, attributes with their definitions, drawing order, groups; videos as tracks on reading.</summary>
public sealed class CvatFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "cvat";

    /// <inheritdoc />
    public override string Title => "CVAT XML";

    /// <inheritdoc />
    public override string? FileExtension => ".xml";

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new()
    {
        Shapes = [.. Enum.GetValues<ShapeKind>()],
        Attributes = true,
        AttributeDefinitions = true,
        Skeletons = true,
        ClassColors = true,
        Groups = true,
        ZOrder = true,
        Splits = true,
        ClassList = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => CvatFiles.Of(tree) is [var file, ..] ? $"{file.Path} is a CVAT XML file" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(CvatReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new CvatWriter(this, dataset, request).WriteAsync(cancellationToken);
}
