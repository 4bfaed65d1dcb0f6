using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Features.Exports;

/// <summary>A project as a dataset: one snapshot, in (path, id) order, a page of images at a time.</summary>
/// <param name="session">The snapshot; stays open while items are read.</param>
/// <param name="blobs">Where pictures lie.</param>
/// <param name="projectId">The project.</param>
/// <param name="plan">What was asked for.</param>
/// <param name="ontology">The ontology of the snapshot.</param>
/// <param name="losses">Receives what no dataset format can say.</param>
internal sealed class ExportReader(DbSession session, BlobStore blobs, string projectId, ExportPlan plan, Ontology ontology, LossReport losses) : DatasetReader
{
    private const int PageSize = 200;
    private static readonly LossKind UnknownClass = new("class-unknown", "annotation", "Its class is no longer in the ontology; it is left out.");
    private static readonly LossKind NewName = new("path", "path", "The upright picture has another format than the original; its name says so.");
    private static readonly LossKind ClassKeys = new("class-keys", "class", "Keys of classes, and that a class is retired, stay in the project.", Bookkeeping: true);
    private static readonly LossKind PredicateEnds = new("predicate-classes", "relations", "Between which classes a relation may go stays in the project.", Bookkeeping: true);
    private static readonly LossKind Verdicts = new("verdicts", "annotation", "That somebody verified it, or was unsure, stays in the project.", Bookkeeping: true);
    private readonly Dictionary<string, int> places = ontology.Classes.Select((c, i) => (c.Id, i)).ToDictionary(c => c.Id, c => c.i, StringComparer.Ordinal);
    private readonly Dictionary<string, string> predicateNames = ontology.Predicates.ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, string> attributeNames = ontology.Classes.SelectMany(c => c.Attributes).Concat(ontology.ImageAttributes).DistinctBy(a => a.Id).ToDictionary(a => a.Id, a => a.Name, StringComparer.Ordinal);

    /// <inheritdoc />
    public override DatasetHeader Header { get; } = HeaderOf(ontology);

    /// <inheritdoc />
    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        losses.AddForAll(PredicateEnds, ontology.Predicates.Count(p => !p.From.IsEmpty || !p.To.IsEmpty));
        losses.AddForAll(ClassKeys, ontology.Classes.Count(c => c.Key is not null || c.Retired));
        string path = "", id = "";
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var images = await ExportSql.ListImagesAsync(session, projectId, plan.Scope, path, id, PageSize);
            if (images.Count == 0) yield break;
            List<string> sets = [.. images.Select(i => i.SetId)];
            var documents = await ExportSql.ListAnnotationsAsync(session, sets);
            var tiles = await LabelTileSql.ListAsync(session, sets, cancellationToken);
            foreach (var image in images)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return ToItem(image, documents[image.SetId], LabelMap.MasksOf(tiles[image.SetId]));
            }

            (path, id) = (images[^1].Path, images[^1].Id);
        }
    }

    private DatasetItem ToItem(ExportImageRow image, IEnumerable<string> documents, Dictionary<Guid, Mask> segments)
    {
        var annotations = documents.Select(d => LabelTileSql.WithSegment(AnnotationJson.Parse(Encoding.UTF8.GetBytes(d)), segments)).ToList();
        var kept = annotations.Where(a => places.ContainsKey(a.ClassId)).ToList();
        var path = plan.Images == ExportImages.None ? image.Path : NameFor(image);
        var item = new DatasetItem
        {
            Path = path,
            Size = new PictureSize((int)image.Width, (int)image.Height),
            Outcome = Enum.Parse<Outcome>(image.Outcome, ignoreCase: true),
            Picture = plan.Images == ExportImages.None ? null : new BlobPicture(blobs, image.PixelsSha256),
            Annotations = [.. kept.Select(ToAnnotation)],
            Relations = [.. RelationsOf(kept)],
            Attributes = ByName(annotations.Where(a => a.ClassId == OntologyRules.ImageClassId).SelectMany(a => a.Attributes)),
        };
        foreach (var _ in kept.Where(a => a.Verdict is not null)) losses.Add(Verdicts, item);
        if (path != image.Path) losses.Add(NewName, item);
        foreach (var _ in annotations.Where(a => a.ClassId != OntologyRules.ImageClassId && !places.ContainsKey(a.ClassId))) losses.Add(UnknownClass, item);
        return item;
    }

    // What an object was related to may have been deleted since; then there is no relation.
    private IEnumerable<DatasetRelation> RelationsOf(List<Annotation> annotations)
    {
        if (annotations.TrueForAll(a => a.Relations.IsEmpty)) return [];
        var place = annotations.Select((a, i) => (a.Id, i)).ToDictionary(a => a.Id, a => a.i);
        return annotations.SelectMany((a, from) => a.Relations.Where(r => place.ContainsKey(r.Object)).Select(r => new DatasetRelation(from, place[r.Object], predicateNames.GetValueOrDefault(r.Predicate, r.Predicate))));
    }

    private DatasetAnnotation ToAnnotation(Annotation annotation) => new()
    {
        ClassIndex = places[annotation.ClassId],
        Shape = annotation.Shape,
        Attributes = ByName(annotation.Attributes),
        Z = annotation.Z,
        GroupId = annotation.GroupId,
        Ignore = annotation.Ignore,
        Score = annotation.Score,
        Provenance = annotation.Provenance,
    };

    private ImmutableSortedDictionary<string, AttributeValue> ByName(IEnumerable<KeyValuePair<string, AttributeValue>> attributes) =>
        attributes.Select(a => KeyValuePair.Create(attributeNames.GetValueOrDefault(a.Key, a.Key), a.Value)).DistinctBy(a => a.Key).ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static DatasetHeader HeaderOf(Ontology ontology)
    {
        var byId = ontology.Classes.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var skeletons = ontology.Skeletons.ToDictionary(s => s.Id, StringComparer.Ordinal);
        return new DatasetHeader
        {
            Classes =
            [
                .. ontology.Classes.Select(c => new DatasetClass
                {
                    Name = c.Name,
                    Color = c.Color,
                    Parent = c.ParentId is null ? null : byId[c.ParentId].Name,
                    Description = c.Description,
                    Shapes = c.Shapes,
                    Attributes = c.Attributes,
                    Skeleton = c.SkeletonId is null ? null : skeletons[c.SkeletonId],
                }),
            ],
            ImageAttributes = ontology.ImageAttributes,
            Splits = [null],
        };
    }

    // photo.tif shown upright as PNG leaves as photo.tif.png: a loader goes by the extension.
    private static string NameFor(ExportImageRow image)
    {
        string[] fitting = image.PixelsType switch
        {
            "image/jpeg" => [".jpg", ".jpeg"],
            "image/png" => [".png"],
            "image/webp" => [".webp"],
            "image/gif" => [".gif"],
            "image/bmp" => [".bmp"],
            "image/tiff" => [".tif", ".tiff"],
            _ => [TreePath.Extension(image.Path)],
        };
        return fitting.Contains(TreePath.Extension(image.Path)) ? image.Path : image.Path + fitting[0];
    }

    private sealed class BlobPicture(BlobStore blobs, string sha256) : DatasetPicture
    {
        public override string? LocalPath => blobs.PathOf(sha256);

        public override Stream OpenRead() => blobs.OpenRead(sha256);
    }
}
