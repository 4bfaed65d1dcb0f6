using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Masks;

namespace Plumbline.Server.Features.Annotations;

/// <summary>A set's row, and whether its image is still in the project.</summary>
public sealed class SetRow
{
    public required string Id { get; init; }
    public required string ImageId { get; init; }
    public required string ProjectId { get; init; }
    public required string Source { get; init; }
    public long Revision { get; init; }
    public required string Outcome { get; init; }
    public string? OutcomeReason { get; init; }
    public long OutcomeRevision { get; init; }
    public long AnnotationCount { get; init; }
    public long? ImageRemovedAt { get; init; }
    public long ImageWidth { get; init; }
    public long ImageHeight { get; init; }

    /// <summary>The outcome's name as a value.</summary>
    public Outcome OutcomeValue => Enum.Parse<Outcome>(Outcome, ignoreCase: true);
}

/// <summary>An annotation's row.</summary>
public sealed class AnnotationRow
{
    public required string Id { get; init; }
    public long Revision { get; init; }
    public long Deleted { get; init; }
    public required string Doc { get; init; }

    /// <summary>The document as a value.</summary>
    public StoredAnnotation ToStored() => new(AnnotationJson.Parse(Encoding.UTF8.GetBytes(Doc)), Revision, Deleted == 1);
}

/// <summary>A tile's row.</summary>
public sealed class TileRow
{
    public required string SetId { get; init; }
    public long Revision { get; init; }
    public required byte[] Doc { get; init; }

    /// <summary>The document as a value.</summary>
    public PlacedTile ToPlaced() => LabelTileJson.Parse(LogChain.Unpack(Doc));
}

/// <summary>One entry of the log.</summary>
public sealed class LogRow
{
    public required string SetId { get; init; }
    public long Revision { get; init; }
    public long Ordinal { get; init; }
    public string? AnnotationId { get; init; }
    public required string Op { get; init; }
    public required string ChangeSetId { get; init; }
    public required string UserId { get; init; }
    public string? UserName { get; init; }
    public long At { get; init; }
    public byte[]? Doc { get; init; }
    public required string DocHash { get; init; }
    public string Hash { get; set; } = "";
}

/// <summary>The outcome as it stands in the log.</summary>
public sealed record LoggedOutcome(Outcome Outcome, string? Reason);
