using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Plumb;

/// <summary>Plumbline's own format: a ZIP or folder with <c>manifest.json</c>, <c>items.jsonl</c> and, where they are wanted, the pictures. Loses nothing that any other format says.</summary>
public sealed class PlumbFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "plumb";

    /// <inheritdoc />
    public override string Title => "Plumbline";

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
        Ids = true,
        StatedAreas = true,
        StatedBoxes = true,
        Splits = true,
        ClassList = true,
        ClassTree = true,
        ClassColors = true,
        ClassRules = true,
        AttributeDefinitions = true,
        Skeletons = true,
        Outlines = true,
        Tracks = true,
        Relations = true,
        ImageAttributes = true,
        Frames = true,
        Provenance = true,
        Outcomes = true,
        ImageSizes = true,
        OtherFields = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => PlumbManifest.IsIn(tree) ? $"{PlumbManifest.File} says so" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Everything;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(PlumbReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new PlumbWriter(this, dataset, request).WriteAsync(cancellationToken);
}
