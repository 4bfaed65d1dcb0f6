using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Formats.Datasets;

/// <summary>
/// One annotation of a file: what files can say, without the ids and history of a project. What a text in the picture says is the attribute <see cref="Transcription"/>;
/// <c>occluded</c> and <c>truncated</c> are attributes too.
/// </summary>
public sealed record DatasetAnnotation
{
    /// <summary>Name of the attribute that holds the text which the annotation covers.</summary>
    public const string Transcription = "transcription";

    /// <summary>No attribute at all; compares names by ordinal.</summary>
    public static ImmutableSortedDictionary<string, AttributeValue> NoAttributes { get; } = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Its class: a place in <see cref="DatasetHeader.Classes"/>.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>
    /// What it covers, in pixels of the upright image. Below <see cref="ReadDetail.Shapes"/> an outline is given as its box, and <see cref="SourceKind"/> says what it was.
    /// </summary>
    public required Shape Shape { get; init; }

    /// <summary>The kind of shape that the file has; null when <see cref="Shape"/> is it.</summary>
    public ShapeKind? SourceKind { get; init; }

    /// <summary>The area of the same object (a box, polygon or mask) where the file states one beside the keypoints; null otherwise.</summary>
    public Shape? Outline { get; init; }

    /// <summary>The box that the file states beside the outline; null when it states none.</summary>
    public Box? StatedBox { get; init; }

    /// <summary>The area in square pixels that the file states; null when it states none. Never recomputed.</summary>
    public double? StatedArea { get; init; }

    /// <summary>Values by attribute name.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } = NoAttributes;

    /// <summary>Drawing order; 0 when the file has none.</summary>
    public int Z { get; init; }

    /// <summary>Annotations of one group belong together; null when in none.</summary>
    public string? GroupId { get; init; }

    /// <summary>The same object in the images of a video; null when the file does not say.</summary>
    public string? TrackId { get; init; }

    /// <summary>Crowd, void or difficult: left out of measures.</summary>
    public bool Ignore { get; init; }

    /// <summary>Confidence of a prediction; null for truth.</summary>
    public double? Score { get; init; }

    /// <summary>Who or what made it, and when; null when the file does not say.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Its id in the file, as JSON; null when the file has none.</summary>
    public string? SourceId { get; init; }

    /// <summary>Whether the record has fields that no property of this type carries.</summary>
    public bool HasOtherFields { get; init; }

    /// <summary>Those fields as a JSON object in the dialect of <see cref="DatasetHeader.Format"/>; empty when there are none, and below <see cref="ReadDetail.Everything"/>.</summary>
    public ReadOnlyMemory<byte> Other { get; init; }

    /// <summary>The whole record as JSON in the dialect of <see cref="DatasetHeader.Format"/>; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>A copy that belongs to another class.</summary>
    public DatasetAnnotation WithClass(int classIndex) => this with { ClassIndex = classIndex };
}
