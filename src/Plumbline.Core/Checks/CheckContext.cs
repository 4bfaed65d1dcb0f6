using System.Collections.Immutable;
using Plumbline.Core.Ontologies;

namespace Plumbline.Core.Checks;

/// <summary>What holds for all checks of a run.</summary>
/// <param name="Classes">Names of the dataset's classes; objects refer to them by place.</param>
public sealed record CheckContext(ImmutableArray<string> Classes)
{
    /// <summary>What may be labelled and how; null when nobody said.</summary>
    public Ontology? Ontology { get; init; }

    /// <summary>Whether the ontology says everything there is; a dataset's own definitions may leave attributes out.</summary>
    public bool OntologyIsComplete { get; init; }

    /// <summary>Where "too much" and "too little" begin.</summary>
    public CheckLimits Limits { get; init; } = new();

    /// <summary>The class of the ontology behind each class of the dataset; null where there is none. Empty without an ontology. Found by name unless it is given.</summary>
    public ImmutableArray<LabelClass?> Defined
    {
        get => !field.IsDefault ? field : Ontology is null ? [] : [.. Classes.Select(name => Ontology.Classes.FirstOrDefault(c => c.Name == name || c.Id == name))];
        init;
    }
}

/// <summary>Where "too much" and "too little" begin. The defaults suit photographs labelled for detection.</summary>
public sealed record CheckLimits
{
    /// <summary>How far, in pixels, a shape may stick out of its image unremarked: rounding in formats that store shares of a side.</summary>
    public double Overhang { get; init; } = .5;

    /// <summary>Shapes with a side below this, in pixels, are too small.</summary>
    public double LeastSide { get; init; } = 2;

    /// <summary>Two shapes of one class that overlap by this (intersection over union) are one object drawn twice.</summary>
    public double SameObject { get; init; } = .9;

    /// <summary>Two shapes of different classes that overlap by this are one object with two classes.</summary>
    public double SamePlace { get; init; } = .95;

    /// <summary>Classes and attribute values with fewer samples than this are too rare to learn.</summary>
    public int FewSamples { get; init; } = 5;

    /// <summary>The commonest class or value may be this many times as common as the rarest.</summary>
    public double ImbalanceRatio { get; init; } = 50;

    /// <summary>Outliers lie this many robust standard deviations (1.4826 × median absolute deviation) from the median.</summary>
    public double OutlierDeviations { get; init; } = 6;

    /// <summary>Fewer values than this tell nothing about outliers or distributions.</summary>
    public int LeastForDistribution { get; init; } = 30;

    /// <summary>A distribution is narrow when this share of its values lies in a tenth of the bins between its extremes.</summary>
    public double DominanceShare { get; init; } = .8;

    /// <summary>Pictures whose difference hashes differ in up to this many of 64 bits are near duplicates.</summary>
    public int NearDuplicateBits { get; init; } = 4;
}
