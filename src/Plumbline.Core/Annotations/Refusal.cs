namespace Plumbline.Core.Annotations;

/// <summary>Why an annotation cannot be stored.</summary>
/// <param name="Rule">Stable name of the rule, one of <see cref="RefusalRule"/>.</param>
/// <param name="Message">For a person: what is wrong and what to do.</param>
public sealed record Refusal(string Rule, string Message);

/// <summary>The stable names of the rules that can refuse an annotation.</summary>
public static class RefusalRule
{
    /// <summary>The class is not in the ontology.</summary>
    public const string UnknownClass = "unknown-class";

    /// <summary>The class is retired and takes no new objects.</summary>
    public const string RetiredClass = "retired-class";

    /// <summary>The class does not allow this kind of shape.</summary>
    public const string ShapeNotAllowed = "shape-not-allowed";

    /// <summary>An attribute is unknown, or its value does not fit its definition.</summary>
    public const string BadAttribute = "bad-attribute";

    /// <summary>A relation has an unknown predicate, or one that does not go between these classes, or joins nothing.</summary>
    public const string BadRelation = "bad-relation";

    /// <summary>The shape is not one: too few points, a number that is not finite, runs that do not fill their box.</summary>
    public const string BadShape = "bad-shape";

    /// <summary>The shape has more vertices than are allowed.</summary>
    public const string TooManyVertices = "too-many-vertices";

    /// <summary>The tile of a label map is not one: runs that do not fill it, segments that repeat or have no pixel, pixels beyond the image.</summary>
    public const string BadTile = "bad-tile";

    /// <summary>A tile names a segment that is no mask of the set.</summary>
    public const string UnknownSegment = "unknown-segment";

    /// <summary>The image was removed from the project.</summary>
    public const string ImageRemoved = "image-removed";
}
