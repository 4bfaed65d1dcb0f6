using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Jsonl;

/// <summary>JSON Lines: an image a line, with the annotations that <see cref="Records.ItemJson"/> writes, classes by name. Easy to read from a script.</summary>
public sealed class JsonlFormat : DatasetFormat
{
    /// <inheritdoc />
    public override string Name => "jsonl";

    /// <inheritdoc />
    public override string Title => "JSON Lines";

    /// <inheritdoc />
    public override string? FileExtension => ".jsonl";

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
        Outlines = true,
        Tracks = true,
        Relations = true,
        ImageAttributes = true,
        Frames = true,
        Provenance = true,
        Outcomes = true,
        ImageSizes = true,
    };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => JsonlReader.Choose(tree) is [var first, ..] ? $"{first} has images with annotations, one a line" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Shapes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(JsonlReader.Open(source, request, cancellationToken));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new JsonlWriter(this, dataset, request).WriteAsync(cancellationToken);
}
