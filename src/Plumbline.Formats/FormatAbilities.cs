using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Formats;

/// <summary>What files of a format can say. Whatever a dataset has beyond it is listed in the loss report of a conversion.</summary>
public sealed record FormatAbilities
{
    /// <summary>Shapes that it stores as they are.</summary>
    public required ImmutableArray<ShapeKind> Shapes { get; init; }

    /// <summary>Shapes that it stores as another shape.</summary>
    public StoredShapes StoredAs { get; init; } = StoredShapes.Nothing;

    /// <summary>Polygons of several parts.</summary>
    public bool Parts { get; init; }

    /// <summary>Holes in polygons.</summary>
    public bool Holes { get; init; }

    /// <summary>Attributes of annotations.</summary>
    public bool Attributes { get; init; }

    /// <summary>The ignore flag: crowd, void, difficult.</summary>
    public bool Ignore { get; init; }

    /// <summary>Groups of annotations.</summary>
    public bool Groups { get; init; }

    /// <summary>Scores of predictions.</summary>
    public bool Scores { get; init; }

    /// <summary>Drawing order.</summary>
    public bool ZOrder { get; init; }

    /// <summary>Ids of images and annotations.</summary>
    public bool Ids { get; init; }

    /// <summary>Areas stated apart from the shape.</summary>
    public bool StatedAreas { get; init; }

    /// <summary>Boxes stated apart from the outline.</summary>
    public bool StatedBoxes { get; init; }

    /// <summary>Splits such as <c>train</c>.</summary>
    public bool Splits { get; init; }

    /// <summary>Classes that no annotation has, in their order.</summary>
    public bool ClassList { get; init; }

    /// <summary>Classes above classes.</summary>
    public bool ClassTree { get; init; }

    /// <summary>Colours of classes.</summary>
    public bool ClassColors { get; init; }

    /// <summary>Which shapes a class may take, and what it means.</summary>
    public bool ClassRules { get; init; }

    /// <summary>Definitions of attributes: their kinds and options, whether anything has them or not.</summary>
    public bool AttributeDefinitions { get; init; }

    /// <summary>Names and edges of keypoints.</summary>
    public bool Skeletons { get; init; }

    /// <summary>An area beside the keypoints of the same object.</summary>
    public bool Outlines { get; init; }

    /// <summary>Ids of objects over the images of a video.</summary>
    public bool Tracks { get; init; }

    /// <summary>Relations between annotations.</summary>
    public bool Relations { get; init; }

    /// <summary>Attributes of images.</summary>
    public bool ImageAttributes { get; init; }

    /// <summary>Numbers of video frames.</summary>
    public bool Frames { get; init; }

    /// <summary>Who made an annotation and when.</summary>
    public bool Provenance { get; init; }

    /// <summary>Fields of other formats' records, carried along.</summary>
    public bool OtherFields { get; init; }

    /// <summary>What came of an image: verified empty, unusable.</summary>
    public bool Outcomes { get; init; }

    /// <summary>Sizes of images; where false they are read from the pictures.</summary>
    public bool ImageSizes { get; init; }
}
