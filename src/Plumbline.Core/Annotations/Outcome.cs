namespace Plumbline.Core.Annotations;

/// <summary>What came of an image in one annotation set.</summary>
public enum Outcome
{
    /// <summary>Nobody has said that the work is complete.</summary>
    Unlabelled,

    /// <summary>All that should be labelled is.</summary>
    Labelled,

    /// <summary>Looked at, and there is nothing to label.</summary>
    VerifiedEmpty,

    /// <summary>Cannot be used; a reason is given.</summary>
    Unusable,
}
