namespace Plumbline.Formats.Evaluation;

/// <summary>Which shapes a comparison needs besides boxes.</summary>
public enum TableShapes
{
    /// <summary>None: boxes.</summary>
    Boxes,

    /// <summary>What objects cover.</summary>
    Masks,

    /// <summary>Keypoints.</summary>
    Keypoints,
}
