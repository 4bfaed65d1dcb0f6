using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Synthetic;

/// <summary>What is true about one object of a synthetic scene.</summary>
public sealed record SyntheticObject
{
    /// <summary>A class of the scene's ontology.</summary>
    public required string ClassId { get; init; }

    /// <summary>The pixels that show it, tight; what others cover is left out.</summary>
    public required Mask Mask { get; init; }

    /// <summary>The outline of the visible pixels, simplified to within 1.2 pixels; specks and pinholes under 12 square pixels are left out.</summary>
    public required Polygon Outline { get; init; }

    /// <summary>The smallest box around the visible pixels.</summary>
    public Box Box => Mask.Bounds;

    /// <summary>The visible share of what it would show uncovered inside the picture, in (0, 1].</summary>
    public required double VisibleShare { get; init; }

    /// <summary>Its skeleton's points; null for classes without one. Visible where the picture shows this object there, occluded where another, absent outside the picture.</summary>
    public Keypoints? Keypoints { get; init; }

    /// <summary>Values by attribute id of the ontology.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Painting order: higher is nearer.</summary>
    public int Z { get; init; }

    /// <summary>Shared by objects that belong together, such as a cell and its nucleus; null for the rest.</summary>
    public string? GroupId { get; init; }
}
