using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>Where <see cref="ErrorTaxonomy"/> draws its lines.</summary>
public sealed record TaxonomyOptions
{
    /// <summary>Overlap from which two objects are the same thing.</summary>
    public double Same { get; init; } = .5;

    /// <summary>Overlap from which two objects of one class that nothing else claims are the same thing, badly drawn.</summary>
    public double Near { get; init; } = .1;

    /// <summary>How far a box's side may be off, as a share of the gold box in that direction …</summary>
    public double MarginShare { get; init; } = .05;

    /// <summary>… and never less than this many pixels.</summary>
    public double MarginPixels { get; init; } = 2;

    /// <summary>How far an outline may be off, as a share of the square root of the gold area …</summary>
    public double BoundaryShare { get; init; } = .05;

    /// <summary>… and never less than this many pixels.</summary>
    public int BoundaryPixels { get; init; } = 2;

    /// <summary>Boundary F below which an outline is bad.</summary>
    public double BoundaryLeast { get; init; } = .75;

    /// <summary>How far a line may be off on average, as a share of the picture's diagonal.</summary>
    public double LineShare { get; init; } = .01;

    /// <summary>Share of a part that must lie in the whole, and share of another part that it must not cover, for merged and split objects.</summary>
    public double PartCovered { get; init; } = .75;

    /// <summary>What each further part must add to the overlap of merged and split objects.</summary>
    public double PartRise { get; init; } = .05;

    /// <summary>exp(−d² / (2·area·(2σ)²)) below which a keypoint is in the wrong place.</summary>
    public double KeypointLeast { get; init; } = .5;

    /// <summary>Share of a given object's area that must lie in ignored gold regions for it not to be false.</summary>
    public double ExcusedShare { get; init; } = .5;

    /// <summary>Skeletons by class id: they say which keypoints mirror each other (<see cref="MirroredPoints"/>); in a class without one, left and right are never found to be swapped.</summary>
    public IReadOnlyDictionary<string, SkeletonDefinition> Skeletons { get; init; } = new Dictionary<string, SkeletonDefinition>();

    /// <summary>The usual options with the skeletons of an ontology.</summary>
    public static TaxonomyOptions For(Ontology ontology)
    {
        var skeletons = new Dictionary<string, SkeletonDefinition>(StringComparer.Ordinal);
        foreach (var one in ontology.Classes)
        {
            if (ontology.Skeletons.FirstOrDefault(s => s.Id == one.SkeletonId) is { } skeleton) skeletons[one.Id] = skeleton;
        }

        return new() { Skeletons = skeletons };
    }
}
