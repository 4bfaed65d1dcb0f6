using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Matching;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Consensus;

/// <summary>How <see cref="ConsensusBuilder"/> decides.</summary>
public sealed record ConsensusOptions
{
    /// <summary>Overlap from which two objects are the same thing.</summary>
    public double Threshold { get; init; } = .5;

    /// <summary>Whether votes count by how reliable their annotator turns out to be (<see cref="DawidSkene"/>); else each counts the same.</summary>
    public bool Weighted { get; init; } = true;

    /// <summary>How masks are fused.</summary>
    public MaskFusion Masks { get; init; }

    /// <summary>Probability that a thing is there, or of its class, or weight of an attribute's value, below which a person should look.</summary>
    public double Sure { get; init; } = .75;

    /// <summary>Mean overlap with the fused shape below which a person should look.</summary>
    public double Together { get; init; } = .7;
}

/// <summary>What several annotators agree on, and how far each can be relied on.</summary>
/// <param name="Images">Per image, in the order in which they were added, what is there.</param>
/// <param name="Doubtful">Per image the things that are probably not there: fused as the others, but left out of the result.</param>
/// <param name="Reliabilities">Per annotator the probability of saying the right thing about an object (its class, or that nothing is there); null for one who said nothing.</param>
public sealed record ConsensusResult(IReadOnlyList<ImmutableArray<FusedObject>> Images, IReadOnlyList<ImmutableArray<FusedObject>> Doubtful, IReadOnlyList<double?> Reliabilities)
{
    /// <summary>The fused objects that a person should look at, with the position of their image.</summary>
    public IEnumerable<(int Image, FusedObject Object)> Arbitration() =>
        Images.Index().SelectMany(image => image.Item.Select(found => (image.Index, found))).Concat(Doubtful.Index().SelectMany(image => image.Item.Select(found => (image.Index, found))))
            .Where(entry => !entry.found.Arbitration.IsEmpty).OrderBy(entry => entry.Index);
}

/// <summary>Fuses what several annotators drew, over all images at once, since how far somebody can be relied on shows only over many objects.</summary>
public sealed class ConsensusBuilder
{
    private readonly int _annotators;
    private readonly ConsensusOptions _options;
    private readonly List<List<Thing>> _images = [];
    private readonly List<string> _classes = [];

    /// <param name="annotators">Number of annotators, at least 1.</param>
    /// <param name="options">Null for the usual ones.</param>
    public ConsensusBuilder(int annotators, ConsensusOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(annotators, 1);
        (_annotators, _options) = (annotators, options ?? new());
    }

    /// <summary>Adds one image.</summary>
    /// <param name="drawn">Per annotator what they drew; null when the image was not given to them. Objects marked to be ignored are left out.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <exception cref="ArgumentException">The number of annotators differs, or the picture has no sides.</exception>
    public void Add(IReadOnlyList<IReadOnlyList<Annotation>?> drawn, int width, int height)
    {
        if (drawn.Count != _annotators) throw new ArgumentException($"{drawn.Count} annotators instead of {_annotators}.", nameof(drawn));
        var objects = drawn.Select(all => (all ?? []).Where(a => !a.Ignore).Select(a => new Member(a, new ComparedShape(a.Shape, width, height))).ToArray()).ToArray();
        double Similarity(int a, int i, int b, int j)
        {
            var (one, other) = (objects[a][i], objects[b][j]);
            if (one.Annotation.Shape is TagShape && other.Annotation.Shape is TagShape) return one.Annotation.ClassId == other.Annotation.ClassId ? 1 : 0;
            return ShapeOverlap.Of(one.Shape, other.Shape) is var overlap && double.IsNaN(overlap) ? 0 : overlap;
        }

        var things = ObjectClusters.Find([.. objects.Select(o => o.Length)], Similarity, _options.Threshold)
            .Select(cluster => new Thing([.. cluster.Members.Select((i, a) => i < 0 ? null : objects[a][i])], [.. drawn.Select(all => all is not null)])).ToList();
        foreach (var id in things.SelectMany(thing => thing.Members).OfType<Member>().Select(member => member.Annotation.ClassId))
        {
            if (!_classes.Contains(id)) _classes.Add(id);
        }

        _images.Add(things);
    }

    /// <summary>Fuses everything that was added.</summary>
    public ConsensusResult Build()
    {
        var things = _images.SelectMany(image => image).ToList();
        if (things.Count == 0) return new([.. _images.Select(_ => ImmutableArray<FusedObject>.Empty)], [.. _images.Select(_ => ImmutableArray<FusedObject>.Empty)], new double?[_annotators]);
        var beliefs = ClassBeliefs.Of(_annotators, _classes, things.Select(thing => thing.Labels(_classes)).ToList(), _options.Weighted);
        var fusion = new ObjectFusion(_options, _classes, beliefs);
        var (images, doubtful, next) = (new List<ImmutableArray<FusedObject>>(), new List<ImmutableArray<FusedObject>>(), 0);
        foreach (var image in _images)
        {
            var fused = image.Select(thing => fusion.Fuse(thing, next++)).ToList();
            images.Add([.. fused.Where(one => one.Presence > .5)]);
            doubtful.Add([.. fused.Where(one => one.Presence <= .5)]);
        }

        return new(images, doubtful, beliefs.Reliabilities);
    }

    internal sealed record Member(Annotation Annotation, ComparedShape Shape);

    /// <summary>Per annotator what they drew of one thing, and whether they were given the image.</summary>
    internal sealed record Thing(Member?[] Members, bool[] Assigned)
    {
        /// <summary>Per annotator the position of the class, the number of classes for "nothing there", −1 for "not given".</summary>
        public int[] Labels(List<string> classes) => [.. Members.Select((member, a) => member is not null ? classes.IndexOf(member.Annotation.ClassId) : Assigned[a] ? classes.Count : -1)];
    }
}
