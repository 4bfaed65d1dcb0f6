using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Core.Annotations;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Evaluation;

namespace Plumbline.Cli.Evaluation;

/// <summary>A consensus as a dataset: each fused object carries how many drew it and how sure it is as attributes.</summary>
/// <param name="images">The images, in order, without their annotations' weight.</param>
/// <param name="classes">The classes.</param>
/// <param name="fused">Per image what is there.</param>
internal sealed class FusedDataset(IReadOnlyList<AlignedImage> images, IReadOnlyList<DatasetClass> classes, IReadOnlyList<ImmutableArray<FusedObject>> fused) : DatasetReader
{
    /// <summary>Attribute: how many annotators drew it.</summary>
    public const string Votes = "consensus_votes";

    /// <summary>Attribute: probability that it is there.</summary>
    public const string Presence = "consensus_presence";

    private readonly Dictionary<string, int> places = classes.Select((c, i) => (c.Name, i)).GroupBy(c => c.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);

    public override DatasetHeader Header { get; } = new()
    {
        Classes = [.. classes.Select(c => new DatasetClass { Name = c.Name, Parent = c.Parent, Color = c.Color })],
        Splits = [.. images.Select(i => i.Split).Distinct().DefaultIfEmpty(null)],
    };

    public override long? ItemCount => images.Count;

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // everything lies in memory
        for (var i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var image = images[i];
            yield return new DatasetItem
            {
                Path = image.Path,
                Split = image.Split,
                Size = image.Size,
                Picture = image.Items.FirstOrDefault(item => item?.Picture is not null)?.Picture,
                Annotations = [.. fused[i].Select(ToAnnotation)],
            };
        }
    }

    private DatasetAnnotation ToAnnotation(FusedObject one) => new()
    {
        ClassIndex = places[one.Fused.ClassId],
        Shape = one.Fused.Shape,
        Attributes = one.Fused.Attributes
            .SetItem(Votes, new AttributeValue.Number(one.Votes.Count(v => v.Drawn is not null)))
            .SetItem(Presence, new AttributeValue.Number(Math.Round(one.Presence, 6))),
        Z = one.Fused.Z,
    };
}
