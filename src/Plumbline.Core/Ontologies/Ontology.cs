using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Ontologies;

/// <summary>What may be labelled in a project, and how. Immutable; the project keeps every version.</summary>
public sealed record Ontology
{
    /// <summary>Classes in display order; children follow their <see cref="LabelClass.ParentId"/>.</summary>
    public ImmutableArray<LabelClass> Classes { get; init; } = [];

    /// <summary>Attributes of the image as a whole.</summary>
    public ImmutableArray<AttributeDefinition> ImageAttributes { get; init; } = [];

    /// <summary>An image has at most one tag (single-label classification); otherwise any number.</summary>
    public bool OneTag { get; init; }

    /// <summary>Skeletons that classes refer to.</summary>
    public ImmutableArray<SkeletonDefinition> Skeletons { get; init; } = [];

    /// <summary>What objects can have to do with each other.</summary>
    public ImmutableArray<PredicateDefinition> Predicates { get; init; } = [];

    /// <summary>An ontology without classes.</summary>
    public static Ontology Empty { get; } = new();
}

/// <summary>One class of the ontology.</summary>
public sealed record LabelClass
{
    /// <summary>Stable id, 1–64 characters; never changes when the class is renamed.</summary>
    public required string Id { get; init; }

    /// <summary>Display name, unique among siblings, 1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The class above in the tree; null at the top.</summary>
    public string? ParentId { get; init; }

    /// <summary><c>#rrggbb</c>.</summary>
    public required string Color { get; init; }

    /// <summary>A single key (1–9, 0, a–z) that picks the class in the editor; null when none.</summary>
    public string? Key { get; init; }

    /// <summary>Shapes it may take; empty means all.</summary>
    public ImmutableArray<ShapeKind> Shapes { get; init; } = [];

    /// <summary>What the class means, for the annotator.</summary>
    public string Description { get; init; } = "";

    /// <summary>Pictures that show what it means, in the order of showing.</summary>
    public ImmutableArray<ClassExample> Examples { get; init; } = [];

    /// <summary>Attributes of its objects.</summary>
    public ImmutableArray<AttributeDefinition> Attributes { get; init; } = [];

    /// <summary>The skeleton of its keypoints; null when it has none.</summary>
    public string? SkeletonId { get; init; }

    /// <summary>Still valid on what is labelled, no longer offered for drawing.</summary>
    public bool Retired { get; init; }
}

/// <summary>The kinds of attribute.</summary>
public enum AttributeKind
{
    Boolean,
    Number,
    Text,
    Select,
    MultiSelect,
}

/// <summary>One attribute of a class or of the image.</summary>
public sealed record AttributeDefinition
{
    /// <summary>Stable id, unique in the ontology.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>What values it takes.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>Asked for before the image can be submitted.</summary>
    public bool Required { get; init; }

    /// <summary>Options of a select or multi-select.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Smallest number allowed; null for none.</summary>
    public double? Minimum { get; init; }

    /// <summary>Largest number allowed; null for none.</summary>
    public double? Maximum { get; init; }

    /// <summary>Asked only when this other attribute has this value; null for always.</summary>
    public AttributeCondition? Condition { get; init; }

    /// <summary>Does not change along a track.</summary>
    public bool Immutable { get; init; }
}

/// <summary>Another attribute of the same class and the value (as text) it must have.</summary>
public sealed record AttributeCondition(string AttributeId, string EqualTo);

/// <summary>Named points and the edges between them.</summary>
public sealed record SkeletonDefinition
{
    /// <summary>Stable id.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Point names in order.</summary>
    public ImmutableArray<string> Points { get; init; } = [];

    /// <summary>Pairs of point indices joined by a line.</summary>
    public ImmutableArray<SkeletonEdge> Edges { get; init; } = [];

    /// <summary>Pairs of point indices that trade places when left and right are swapped.</summary>
    public ImmutableArray<SkeletonEdge> Mirrored { get; init; } = [];
}

/// <summary>Two point indices, from 0.</summary>
public readonly record struct SkeletonEdge(int From, int To);
