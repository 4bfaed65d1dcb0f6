using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Datasets;

/// <summary>One image with its annotations. Items stream; each stands for itself and may be kept.</summary>
public sealed record DatasetItem
{
    /// <summary>Path of the image inside the dataset, sub-folders included, in the form of <see cref="Files.TreePath"/>; unique within its split where the source's are.</summary>
    public required string Path { get; init; }

    /// <summary>The split it belongs to (<c>train</c>); null when the dataset has none.</summary>
    public string? Split { get; init; }

    /// <summary>Columns and rows of the upright image; null when neither file nor picture say.</summary>
    public PictureSize? Size { get; init; }

    /// <summary>What came of it; null when the format does not say.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Annotations in the order of the file.</summary>
    public required IReadOnlyList<DatasetAnnotation> Annotations { get; init; }

    /// <summary>How annotations relate to each other.</summary>
    public ImmutableArray<DatasetRelation> Relations { get; init; } = [];

    /// <summary>Attributes of the image as a whole, by name. A class for the whole image is an annotation of shape <c>tag</c>.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = DatasetAnnotation.NoAttributes;

    /// <summary>Its place in the video that it was taken from, from 0; null for a picture of its own.</summary>
    public long? Frame { get; init; }

    /// <summary>The picture; null when it is not there.</summary>
    public DatasetPicture? Picture { get; init; }

    /// <summary>Its id in the file, as JSON; null when the file has none.</summary>
    public string? SourceId { get; init; }

    /// <summary>Fields of the image's record that no property of this type carries, as a JSON object in the dialect of <see cref="DatasetHeader.Format"/>; empty when there are none, and below <see cref="ReadDetail.Everything"/>.</summary>
    public ReadOnlyMemory<byte> Other { get; init; }

    /// <summary>The whole record as JSON in the dialect of <see cref="DatasetHeader.Format"/>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>How reports call the image: its path, after its split where it has one, since splits may have images of one path.</summary>
    public string Name => Split is null ? Path : $"{Split}/{Path}";

    /// <summary>How reports call an annotation: <see cref="Name"/> with <c>#id</c>, or <c>#@n</c> with its place from 1 when it has no id.</summary>
    public string NameOf(DatasetAnnotation annotation)
    {
        if (annotation.SourceId is { } id) return $"{Name}#{id.Trim('"')}";
        for (var i = 0; i < Annotations.Count; i++)
        {
            if (ReferenceEquals(Annotations[i], annotation)) return string.Create(CultureInfo.InvariantCulture, $"{Name}#@{i + 1}");
        }

        return Name;
    }
}
