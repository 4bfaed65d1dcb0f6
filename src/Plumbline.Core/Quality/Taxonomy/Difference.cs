using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Taxonomy;

/// <summary>The ways in which given annotations differ from gold ones.</summary>
public enum DifferenceKind
{
    /// <summary>A gold object that nobody drew.</summary>
    Missed,

    /// <summary>A given object where gold has none.</summary>
    False,

    /// <summary>The right place under the wrong name.</summary>
    WrongClass,

    /// <summary>A box that reaches beyond its object.</summary>
    LooseBox,

    /// <summary>A box that leaves part of its object out.</summary>
    CutOffBox,

    /// <summary>A mask, polygon, ellipse or line that does not follow its object.</summary>
    BadBoundary,

    /// <summary>Several gold objects drawn as one.</summary>
    MergedInstances,

    /// <summary>One gold object drawn as several.</summary>
    SplitInstance,

    /// <summary>A gold object drawn again although it has been drawn.</summary>
    Duplicate,

    /// <summary>Attributes with other values than gold.</summary>
    WrongAttribute,

    /// <summary>Keypoints in the wrong place, left out or too many.</summary>
    WrongKeypoint,

    /// <summary>Keypoints that trade places with their mirror images.</summary>
    LeftRightSwapped,
}

/// <summary>One difference between gold and given annotations of a picture, with what shows it.</summary>
public sealed record Difference
{
    /// <summary>What is wrong.</summary>
    public required DifferenceKind Kind { get; init; }

    /// <summary>The gold objects it is about: none for a false one, several for merged ones.</summary>
    public ImmutableArray<Annotation> Gold { get; init; } = [];

    /// <summary>The given objects it is about: none for a missed one, several for a split one; of a duplicate the one that counts, then the one too many.</summary>
    public ImmutableArray<Annotation> Given { get; init; } = [];

    /// <summary>Overlap of the two sides in [0, 1] as the taxonomy compares them (merged and split ones joined); null where one side is empty.</summary>
    public double? Overlap { get; init; }

    /// <summary>Of boxes: how far each side is off, in pixels.</summary>
    public BoxMargins? Margins { get; init; }

    /// <summary>Of areas: boundary F at the tolerance of <see cref="TaxonomyOptions"/>.</summary>
    public double? BoundaryF { get; init; }

    /// <summary>Ids of the attributes that differ.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Positions in the skeleton of the points that differ, from 0.</summary>
    public ImmutableArray<int> Keypoints { get; init; } = [];
}

/// <summary>A gold object and the given one that stands for it.</summary>
/// <param name="Gold">The gold object.</param>
/// <param name="Given">The given object; its class may differ.</param>
/// <param name="Overlap">As the taxonomy compares them, in [0, 1].</param>
public sealed record TaxonomyPair(Annotation Gold, Annotation Given, double Overlap);

/// <summary>All that <see cref="ErrorTaxonomy"/> finds in one picture.</summary>
/// <param name="Differences">Every difference, in the order of gold, then of given objects.</param>
/// <param name="Pairs">Which objects stand for each other one to one.</param>
/// <param name="Uncompared">Points, cuboids and shapes without a place: nothing says which of them belong together, so they are left out and named here.</param>
/// <param name="Excused">Given objects without a gold one that lie mostly in gold regions marked to be ignored.</param>
public sealed record PictureDifferences(ImmutableArray<Difference> Differences, ImmutableArray<TaxonomyPair> Pairs, ImmutableArray<Annotation> Uncompared, ImmutableArray<Annotation> Excused);
