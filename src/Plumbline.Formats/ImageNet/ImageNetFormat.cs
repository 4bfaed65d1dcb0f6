using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.ImageNet;

/// <summary>ImageNet classification: a folder a class in a folder a split, or lists of pictures with class numbers; <c>synsets.txt</c> names the classes in both.</summary>
public sealed class ImageNetFormat : DatasetFormat
{
    /// <summary>How classes are told.</summary>
    public static FormatOption Layout { get; } = new("imagenet-layout", ["folders", "lists"], "a folder for each class, or a list for each split with the numbers of each picture's classes");

    /// <inheritdoc />
    public override string Name => "imagenet";

    /// <inheritdoc />
    public override string Title => "ImageNet";

    /// <inheritdoc />
    public override System.Collections.Immutable.ImmutableArray<FormatOption> Options { get; } = [Layout];

    /// <inheritdoc />
    public override FormatAbilities Abilities { get; } = new() { Shapes = [ShapeKind.Tag], Splits = true, ClassList = true };

    /// <inheritdoc />
    public override string? Recognise(IFileTree tree) => ImageNetFiles.Synsets(tree) is { } file ? $"{file} names ImageNet's classes" : null;

    /// <inheritdoc />
    public override ReadDetail DetailNeeded(string sourceFormat) => ReadDetail.Boxes;

    /// <inheritdoc />
    public override Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult<DatasetReader>(ImageNetReader.Open(source, request));

    /// <inheritdoc />
    public override Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default) =>
        new ImageNetWriter(this, dataset, request).WriteAsync(cancellationToken);
}
