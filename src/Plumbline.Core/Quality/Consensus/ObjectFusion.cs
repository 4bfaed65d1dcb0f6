using System.Collections.Immutable;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Core.Quality.Consensus;

/// <summary>Makes one object of what annotators drew of one thing.</summary>
internal sealed class ObjectFusion(ConsensusOptions options, IReadOnlyList<string> classes, ClassBeliefs beliefs)
{
    public FusedObject Fuse(ConsensusBuilder.Thing thing, int position)
    {
        var drawn = Enumerable.Range(0, thing.Members.Length).Where(a => thing.Members[a] is not null).ToArray();
        var members = drawn.Select(a => thing.Members[a]!).ToArray();
        var weights = drawn.Select(Weight).ToArray();
        var absent = beliefs.Probabilities[position, classes.Count];
        var best = Enumerable.Range(0, classes.Count).MaxBy(c => beliefs.Probabilities[position, c]);
        var (presence, certainty) = (1 - absent, absent >= 1 ? 0 : Math.Min(1, beliefs.Probabilities[position, best] / (1 - absent)));
        var heaviest = members[Array.IndexOf(weights, weights.Max())];
        var shape = ShapeFusion.Fuse(members.Select(member => member.Shape).ToArray(), weights, options.Masks);
        var fusedShape = shape is null ? heaviest.Shape : new ComparedShape(shape, heaviest.Shape.Width, heaviest.Shape.Height);
        var (attributes, disputed) = AttributeFusion.Fuse([.. members.Select(member => member.Annotation)], weights, options.Sure);
        var votes = Votes(thing, fusedShape);
        var overlaps = votes.Where(vote => vote.Overlap is not null).Select(vote => vote.Overlap!.Value).ToList();

        var reasons = ImmutableArray.CreateBuilder<ArbitrationReason>();
        if (Math.Max(presence, absent) < options.Sure) reasons.Add(ArbitrationReason.Existence);
        if (certainty < options.Sure) reasons.Add(ArbitrationReason.Class);
        if (overlaps.Count > 1 && overlaps.Average() < options.Together) reasons.Add(ArbitrationReason.Place);
        if (shape is null || members.Select(member => member.Annotation.Shape.Kind).Distinct().Count() > 1) reasons.Add(ArbitrationReason.Kind);
        if (!disputed.IsEmpty) reasons.Add(ArbitrationReason.Attribute);
        var fused = heaviest.Annotation with
        {
            Id = Guid.CreateVersion7(),
            ClassId = classes[best],
            Shape = fusedShape.Shape,
            Attributes = attributes,
            GroupId = null,
            Score = null,
            Revision = 0,
            Provenance = new Provenance(Origin.Assisted, "consensus"),
        };
        return new(fused, votes, presence, certainty, reasons.ToImmutable(), disputed);
    }

    private ImmutableArray<ObjectVote> Votes(ConsensusBuilder.Thing thing, ComparedShape fused)
    {
        var votes = ImmutableArray.CreateBuilder<ObjectVote>();
        for (var a = 0; a < thing.Members.Length; a++)
        {
            if (!thing.Assigned[a]) continue;
            var member = thing.Members[a];
            double? overlap = member is null ? null : ShapeOverlap.Of(member.Shape, fused) is var found && double.IsNaN(found) ? null : found;
            votes.Add(new(a, Weight(a), member?.Annotation, overlap));
        }

        return votes.ToImmutable();
    }

    private double Weight(int annotator) => options.Weighted ? Math.Max(.01, beliefs.Reliabilities[annotator] ?? .01) : 1;
}
