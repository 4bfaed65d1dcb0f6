using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;

namespace Plumbline.Formats.Datasets;

/// <summary>One class of a dataset; annotations refer to it by its place in <see cref="DatasetHeader.Classes"/>.</summary>
public sealed record DatasetClass
{
    /// <summary>Its name as the file has it.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the class above it; null when the file has none.</summary>
    public string? Parent { get; init; }

    /// <summary>Its id in the file, as JSON (<c>18</c>, <c>"cat"</c>); null when the file has none.</summary>
    public string? SourceId { get; init; }

    /// <summary><c>#rrggbb</c>; null when the file has none.</summary>
    public string? Color { get; init; }

    /// <summary>What it means; empty when the file does not say.</summary>
    public string Description { get; init; } = "";

    /// <summary>Shapes that its objects may take; empty when the file does not say.</summary>
    public ImmutableArray<ShapeKind> Shapes { get; init; } = [];

    /// <summary>Attributes that its objects may have, as the file defines them; objects may have others.</summary>
    public ImmutableArray<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>Names and edges of its keypoints; null when the file defines none. Classes with the same id share one.</summary>
    public SkeletonDefinition? Skeleton { get; init; }

    /// <summary>The whole record as JSON in the dialect of <see cref="DatasetHeader.Format"/>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }
}

/// <summary>A field that is carried along as it stood in the file.</summary>
public sealed record RawField(string Name, ReadOnlyMemory<byte> Json);

/// <summary>What holds for the whole dataset.</summary>
public sealed record DatasetHeader
{
    /// <summary>Name of the format it was read from; decides who understands the <c>Raw</c> of items, annotations and classes. Empty when made otherwise.</summary>
    public string Format { get; init; } = "";

    /// <summary>Classes in the order of the file.</summary>
    public required ImmutableArray<DatasetClass> Classes { get; init; }

    /// <summary>Attributes that images may have, as the file defines them.</summary>
    public ImmutableArray<AttributeDefinition> ImageAttributes { get; init; } = [];

    /// <summary>Splits in the order of the items; a single null when there are none. Empty when not known beforehand.</summary>
    public ImmutableArray<string?> Splits { get; init; } = [];

    /// <summary>Whether every image and annotation has an id that is unique within its split.</summary>
    public bool HasUniqueIds { get; init; }

    /// <summary>Other fields of the file as a whole, such as COCO's <c>info</c>.</summary>
    public ImmutableArray<RawField> Fields { get; init; } = [];
}
