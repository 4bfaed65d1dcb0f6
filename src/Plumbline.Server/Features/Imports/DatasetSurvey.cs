using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Server.Features.Imports;

/// <summary>Looks through a dataset once and keeps what a preview tells of it: counts, the first faults, the first pictures. Its size does not follow from the dataset's.</summary>
internal sealed class DatasetSurvey
{
    private const int IssuesKept = 200;
    private const int PicturesKept = 12;
    private readonly List<DatasetIssue> found = [];
    private readonly LossReport losses = new();
    private long brought, inProject, unknown;

    public DatasetSurvey() => Issues = new IssueLog(issue =>
    {
        if (found.Count < IssuesKept) found.Add(issue);
    });

    /// <summary>Receives the reader's issues.</summary>
    public IssueLog Issues { get; }

    /// <summary>The first items with annotations.</summary>
    public List<DatasetItem> Pictures { get; } = [];

    /// <summary>Reads to the end.</summary>
    public async Task<ImportPreview> RunAsync(
        OpenDataset dataset, DatasetFormat format, Ontology ontology, ImportPreview empty, Func<long, long?, Task> report, CancellationToken cancellation)
    {
        await using var reader = await dataset.ReadAsync(format, Issues, cancellation);
        var header = reader.Header;
        if (header.Classes.Length > OntologyValidation.MaximumClasses)
            throw new Jobs.JobFailedException($"The dataset has {header.Classes.Length:N0} classes; a project takes at most {OntologyValidation.MaximumClasses:N0}.");
        var use = new DatasetUse(header, Issues);
        var common = new CommonLosses(new LossTarget("A project", "", ProjectModel.Abilities), header, losses);
        await foreach (var item in reader.ReadItemsAsync(cancellation))
        {
            use.See(item);
            common.Count(item);
            foreach (var annotation in item.Annotations) common.Count(item, annotation);
            Place(dataset.Images, item);
            if (item.Annotations.Count > 0 && Pictures.Count < PicturesKept) Pictures.Add(item);
            await report(use.Images, reader.ItemCount);
        }

        common.Finish();
        return empty with
        {
            Format = format.Name,
            Classes = Classes(header, use, ontology),
            ImageAttributes = Attributes(header.ImageAttributes, use.ImageAttributes),
            Images = new PreviewImages(use.Images, brought, inProject, unknown),
            Annotations = use.Annotations,
            Kinds = Kinds(Enumerable.Range(0, header.Classes.Length).SelectMany(i => use[i].Shapes)),
            Issues = [.. found.Select(i => new ReportsApi.Issue(i.Item ?? i.File, i.Severity == IssueSeverity.Error ? "error" : "warning", i.Code, i.Field ?? "", DatasetSql.Text(i)))],
            Errors = Issues.Errors,
            Warnings = Issues.Warnings,
            Losses = [.. losses.Counts.Select(l => new PreviewLoss(l.Kind.Code, l.Kind.Why, l.Count, l.Kind.Bookkeeping))],
            Pictures = [.. Pictures.Select(item => Picture(dataset.Images, item, header))],
        };
    }

    /// <summary>The image of the project that an item is; null when its picture came along or is nowhere.</summary>
    public static ProjectImage? ImageOf(ProjectImages images, DatasetItem item) => item.Picture is { } picture ? images.Of(picture) : images.Find(item.Path);

    private void Place(ProjectImages images, DatasetItem item)
    {
        var image = ImageOf(images, item);
        if (image is not null) inProject++;
        else if (item.Picture is not null) brought++;
        else unknown++;
        if (image is not null && item.Size is { } size && (size.Width != image.Width || size.Height != image.Height))
            Issues.Error("size-mismatch", item.Path, item.Path, "size", $"The labels are for {size.Width} × {size.Height} pixels, the upright picture in the project has {image.Width} × {image.Height}; they would be left out.");
    }

    private static List<PreviewClass> Classes(DatasetHeader header, DatasetUse use, Ontology ontology)
    {
        var matching = new ClassMatching(ontology, header);
        return [.. header.Classes.Select((c, i) => new PreviewClass(
            c.Name, string.IsNullOrEmpty(c.Parent) ? null : c.Parent, c.Color, matching.Find(i), use[i].Shapes.Values.Sum(), Kinds(use[i].Shapes), Attributes(c.Attributes, use[i].Attributes),
            c.Skeleton?.Points ?? []))];
    }

    private static List<PreviewAttribute> Attributes(IEnumerable<AttributeDefinition> declared, SortedDictionary<string, AttributeUse> used)
    {
        var known = declared.DistinctBy(d => d.Name).ToDictionary(d => d.Name, StringComparer.Ordinal);
        return [.. known.Keys.Union(used.Keys).Select(name =>
        {
            var use = used.GetValueOrDefault(name) ?? new AttributeUse();
            return new PreviewAttribute(name, use.Define("", name, known.GetValueOrDefault(name)).Kind, use.Count);
        })];
    }

    private static List<KindCount> Kinds(IEnumerable<KeyValuePair<ShapeKind, long>> counts) =>
        [.. counts.GroupBy(c => c.Key).OrderBy(g => g.Key).Select(g => new KindCount(g.Key, g.Sum(c => c.Value)))];

    private static PreviewPicture Picture(ProjectImages images, DatasetItem item, DatasetHeader header)
    {
        var image = ImageOf(images, item);
        return new PreviewPicture(
            item.Path, item.Size?.Width ?? (int?)image?.Width, item.Size?.Height ?? (int?)image?.Height, image?.ImageId, false, item.Annotations.Count, PreviewDrawing.Draw(item, header));
    }
}
