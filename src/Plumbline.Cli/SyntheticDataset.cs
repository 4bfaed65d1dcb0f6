using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Plumbline.Core.Annotations;
using Plumbline.Core.Synthetic;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;
using Plumbline.Imaging;

namespace Plumbline.Cli;

/// <summary>Scenes that were never photographed, with everything that is true about them; painted side by side, given in order, none held.</summary>
/// <param name="kind">What they show.</param>
/// <param name="images">How many.</param>
/// <param name="seed">The first one's seed; each has the next.</param>
/// <param name="truth">The shape of the truth.</param>
/// <param name="keypoints">Whether skeletons are told too.</param>
/// <param name="size">Columns and rows.</param>
internal sealed class SyntheticDataset(SceneKind kind, int images, int seed, TruthShape truth, bool keypoints, (int Width, int Height) size) : DatasetReader
{
    private readonly Dictionary<string, int> classes = SyntheticScene.OntologyOf(kind).Classes.Index().ToDictionary(c => c.Item.Id, c => c.Index, StringComparer.Ordinal);

    public override DatasetHeader Header { get; } = HeaderOf(kind);

    public override long? ItemCount => images;

    /// <summary>The shape that a format tells truth best in.</summary>
    public static TruthShape Best(DatasetFormat format) =>
        format.Abilities.Shapes.Contains(ShapeKind.Polygon) ? TruthShape.Polygon : format.Abilities.Shapes.Contains(ShapeKind.Mask) ? TruthShape.Mask : TruthShape.Box;

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var ahead = new Queue<Task<DatasetItem>>();
        for (var place = 0; place < images; place++)
        {
            var own = place;
            ahead.Enqueue(Task.Run(() => Paint(own), cancellationToken));
            if (ahead.Count <= Environment.ProcessorCount) continue;
            cancellationToken.ThrowIfCancellationRequested();
            yield return await ahead.Dequeue();
        }

        while (ahead.Count > 0) yield return await ahead.Dequeue();
    }

    private static DatasetHeader HeaderOf(SceneKind kind)
    {
        var ontology = SyntheticScene.OntologyOf(kind);
        return new()
        {
            Classes =
            [
                .. ontology.Classes.Select(c => new DatasetClass
                {
                    Name = c.Name,
                    Parent = ontology.Classes.FirstOrDefault(p => p.Id == c.ParentId)?.Name,
                    Color = c.Color,
                    Description = c.Description,
                    Attributes = c.Attributes,
                    Skeleton = ontology.Skeletons.FirstOrDefault(s => s.Id == c.SkeletonId),
                }),
            ],
            Splits = [null],
        };
    }

    private DatasetItem Paint(int place)
    {
        var scene = SyntheticScene.Create(kind, unchecked(seed + place), size.Width, size.Height);
        return new()
        {
            Path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{CamelCase.Of(kind)}-{place:D6}.jpg"),
            Size = new(size.Width, size.Height),
            Outcome = scene.Objects.IsEmpty ? Outcome.VerifiedEmpty : Outcome.Labelled,
            Picture = new EncodedPicture(scene.Image.ToJpeg()),
            Annotations = [.. scene.Annotations(truth).Where(a => keypoints || a.Shape is not KeypointsShape).Select(Of)],
        };
    }

    private DatasetAnnotation Of(Annotation annotation) => new()
    {
        ClassIndex = classes[annotation.ClassId],
        Shape = annotation.Shape,
        Attributes = Named(annotation),
        Z = annotation.Z,
        GroupId = annotation.GroupId,
        Provenance = annotation.Provenance,
    };

    // Projects call attributes by id, files by name.
    private ImmutableSortedDictionary<string, AttributeValue> Named(Annotation annotation) =>
        annotation.Attributes.ToImmutableSortedDictionary(a => Header.Classes[classes[annotation.ClassId]].Attributes.FirstOrDefault(d => d.Id == a.Key || d.Id == $"{annotation.ClassId}-{a.Key}")?.Name ?? a.Key, a => a.Value, StringComparer.Ordinal);
}
