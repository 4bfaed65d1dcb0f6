using System.Collections.Immutable;
using Plumbline.Core.Annotations;

namespace Plumbline.Core.Quality.Consensus;

/// <summary>Why a person should look at a fused object.</summary>
public enum ArbitrationReason
{
    /// <summary>It is not clear that anything is there.</summary>
    Existence,

    /// <summary>It is not clear what it is.</summary>
    Class,

    /// <summary>Those who drew it drew it in different places.</summary>
    Place,

    /// <summary>It was drawn as shapes that do not compare.</summary>
    Kind,

    /// <summary>Its attributes or keypoints were given differently, with no clear majority.</summary>
    Attribute,
}

/// <summary>What one annotator says about a fused object.</summary>
/// <param name="Annotator">Position of the annotator.</param>
/// <param name="Weight">How much the vote counts, in (0, 1].</param>
/// <param name="Drawn">What they drew; null when they were given the image and drew nothing.</param>
/// <param name="Overlap">Of what they drew with the fused shape, in [0, 1]; null where nothing was drawn or the shapes do not compare.</param>
public sealed record ObjectVote(int Annotator, double Weight, Annotation? Drawn, double? Overlap);

/// <summary>One thing on which annotators were brought together.</summary>
/// <param name="Fused">The object: its shape is none of the annotators' own unless they drew the same.</param>
/// <param name="Votes">One vote of each annotator who was given the image.</param>
/// <param name="Presence">Probability that it is there at all.</param>
/// <param name="ClassProbability">Probability of its class, given that it is there.</param>
/// <param name="Arbitration">Why a person should look; empty when the annotators agree well enough.</param>
/// <param name="Disputed">Ids of the attributes without a clear majority.</param>
public sealed record FusedObject(Annotation Fused, ImmutableArray<ObjectVote> Votes, double Presence, double ClassProbability, ImmutableArray<ArbitrationReason> Arbitration, ImmutableArray<string> Disputed);
