using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.LabelStudio;

/// <summary>Reads exports task by task: an index first (<see cref="LabelStudioIndex"/>), then each task from where it stands.</summary>
internal sealed class LabelStudioReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly string results;
    private readonly List<(string Path, SliceReader Slices)> files;
    private readonly LabelStudioIndex index;

    private LabelStudioReader(DatasetSource source, ReadRequest request, List<(string, SliceReader)> files, LabelStudioIndex index)
    {
        this.source = source;
        issues = request.Issues;
        results = request.Options[LabelStudioFormat.Results];
        this.files = files;
        this.index = index;
        Header = new DatasetHeader { Format = "labelstudio", Classes = index.Classes(), Splits = [.. index.Entries.Select(e => e.Split).Distinct()] };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => index.Entries.Count;

    public static LabelStudioReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var paths = LabelStudioFiles.Of(source.Tree);
        if (paths.Count == 0) paths = [.. source.Tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(2)];
        if (paths.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no Label Studio JSON here.");
        var files = new List<(string, SliceReader)>();
        try
        {
            var index = new LabelStudioIndex(LabelStudioConfig.Read(source.Tree), request.Options[LabelStudioFormat.Results], request.Issues);
            foreach (var path in paths)
            {
                var slices = SliceReader.Open(source.Tree, path, cancellationToken);
                files.Add((path, slices));
                index.Add(slices.Stream, path, files.Count - 1, cancellationToken);
            }

            if (index.PredictionsLeft > 0) request.Issues.Warning("predictions-not-read", paths[0], null, "predictions", $"{index.PredictionsLeft} predictions of models are not read; --results predictions or --results all reads them.");
            index.Sort();
            return new LabelStudioReader(source, request, files, index);
        }
        catch
        {
            foreach (var (_, slices) in files) slices.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var entry in index.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ReadItem(entry);
        }
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var (_, slices) in files) slices.Dispose();
        return base.DisposeAsync();
    }

    private DatasetItem ReadItem(LabelStudioIndex.Entry entry)
    {
        var (file, slices) = files[entry.File];
        var task = LabelStudioTaskJson.Read(slices.Read(entry.Offset, entry.Length).Span, withShapes: true);
        var folder = TreePath.Folder(file);
        var picture = source.Pictures.Find(entry.Path, TreePath.Join(folder, $"images/{entry.Split}"), TreePath.Join(folder, "images"), folder)
            ?? source.Pictures.Find(TreePath.FileName(entry.Path), TreePath.Join(folder, "images"), folder);
        var size = task.Sets.SelectMany(s => s.Results).Where(r => r is { Width: not null, Height: not null }).Select(r => (PictureSize?)new PictureSize(r.Width!.Value, r.Height!.Value)).FirstOrDefault() ?? PictureSize.Of(picture); // both are there
        var place = new Place(entry.Path, file, entry.Offset, size);
        var wanted = task.Sets.Where(s => LabelStudioIndex.IsWanted(s, results)).ToList();
        if (wanted.Count(s => !s.IsPrediction) > 1) issues.Warning("several-annotations", file, entry.Path, "annotations", $"{wanted.Count} people annotated the task; all their objects are read together.", new(Offset: entry.Offset));
        var attributes = DatasetAnnotation.NoAttributes.ToBuilder();
        foreach (var (name, value) in task.Data)
        {
            if (name != entry.Field && !(name == "split" && value is string)) attributes[name] = ValueOf(value);
        }

        var annotations = new List<DatasetAnnotation>();
        var relations = ImmutableArray.CreateBuilder<DatasetRelation>();
        foreach (var set in wanted) Read(set, place, annotations, relations, attributes);
        return new DatasetItem
        {
            Path = entry.Path,
            Split = entry.Split,
            Size = size,
            SourceId = task.Id,
            Picture = picture,
            Annotations = annotations,
            Relations = relations.DrainToImmutable(),
            Attributes = attributes.ToImmutable(),
        };
    }

    private readonly record struct Place(string Item, string File, long Offset, PictureSize? Size);

    private void Read(LabelStudioResultSet set, Place place, List<DatasetAnnotation> annotations, ImmutableArray<DatasetRelation>.Builder relations, ImmutableSortedDictionary<string, AttributeValue>.Builder attributes)
    {
        var assembly = new LabelStudioAssembly();
        assembly.Add(set);
        foreach (var (name, value) in assembly.ImageAttributes) attributes[name] = value;
        foreach (var orphan in assembly.Orphans) issues.Warning("dangling-parent", place.File, $"{place.Item}#{orphan.Id}", "parentID", $"there is no labelled region {orphan.ParentId}; the point stands for itself.", new(Offset: place.Offset));
        var placeOf = new Dictionary<LabelStudioAssembly.Region, int>();
        foreach (var region in assembly.Regions)
        {
            var at = annotations.Count;
            Add(region, place, annotations);
            if (annotations.Count > at) placeOf[region] = at;
        }

        foreach (var relation in assembly.Relations)
        {
            if (Target(relation.FromId) is not { } from || Target(relation.ToId) is not { } to)
            {
                issues.Warning("dangling-relation", place.File, place.Item, "relation", $"it joins {relation.FromId} and {relation.ToId}, of which one is not there; it is left out.", new(Offset: place.Offset));
                continue;
            }

            // A keypoint and its own object are one annotation here.
            if (from == to && relation.FromId != relation.ToId) continue;
            var direction = relation.Direction switch { "left" => RelationDirection.Backward, "bi" => RelationDirection.Both, _ => RelationDirection.Forward };
            var names = relation.Labels is { Count: > 0 } given ? given : [""];
            foreach (var name in names) relations.Add(new(from, to, name, direction));
        }

        int? Target(string? id) => assembly.Find(id) is { } region && placeOf.TryGetValue(region.Parent ?? region, out var at) ? at : null;
    }

    private void Add(LabelStudioAssembly.Region region, Place place, List<DatasetAnnotation> annotations)
    {
        var name = $"{place.Item}#{region.First.Id ?? "?"}";
        var position = new FilePosition(Offset: place.Offset);
        if (region.Labels.Count == 0)
        {
            issues.Error("no-class", place.File, name, "labels", $"a region of type {region.First.Type} has no label; it is left out.", position);
            return;
        }

        Shape? shape;
        Shape? outline = null;
        try
        {
            shape = region.IsTag ? new TagShape() : LabelStudioRegion.Of(region.First, place.Size);
            if (region.Children.Count > 0 && shape is not null) (shape, outline) = (Keypoints(region, place), shape);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            issues.Error("bad-shape", place.File, name, "value", $"{e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; it is left out.", position);
            return;
        }

        if (shape is null) return;
        var score = ReadScore.Of(region.Score ?? (region.Set.IsPrediction ? region.Set.Score : null), issues, place.File, name, position);
        if (region.Labels.Count > 1 && !region.IsTag) issues.Warning("several-labels", place.File, name, "labels", "the region has several labels; it becomes one object for each.", position);
        foreach (var label in region.Labels)
        {
            annotations.Add(new DatasetAnnotation
            {
                ClassIndex = index.ClassOf(label) ?? 0, // the first pass has seen every label
                Shape = shape,
                Outline = outline,
                Attributes = region.Attributes.Count == 0 ? DatasetAnnotation.NoAttributes : DatasetAnnotation.NoAttributes.AddRange(region.Attributes),
                Score = score,
                SourceId = region.First.Id is { } id ? $"\"{JsonEncodedText.Encode(id)}\"" : null,
                Provenance = ProvenanceOf(region),
            });
        }
    }

    private static Provenance? ProvenanceOf(LabelStudioAssembly.Region region) =>
        region.First.Origin is null && region.Set.By is null && region.Set.At is null
            ? null
            : new(region.Set.IsPrediction || region.First.Origin == "prediction" ? Origin.Model : region.First.Origin == "prediction-changed" ? Origin.Edited : Origin.Drawn, region.Set.By, region.Set.At);

    private KeypointsShape Keypoints(LabelStudioAssembly.Region region, Place place)
    {
        var names = index.PointsOf(region.Labels[0]);
        var points = new Keypoint[names.Count];
        foreach (var child in region.Children)
        {
            if (child.Labels.Count == 0) throw new FormatException($"the keypoint {child.First.Id} has no label");
            var at = 0;
            while (at < names.Count && names[at] != child.Labels[0]) at++;
            if (points[at].Visibility != Visibility.Absent) throw new FormatException($"the keypoint '{names[at]}' appears twice");
            if (LabelStudioRegion.Of(child.First, place.Size) is not PointShape point) throw new FormatException($"the keypoint {child.First.Id} is no point");
            points[at] = new(point.Position, Visibility.Visible);
        }

        return new KeypointsShape(new Keypoints([.. points]));
    }

    private static AttributeValue ValueOf(object value) => value switch
    {
        bool flag => new AttributeValue.Flag(flag),
        double number => new AttributeValue.Number(number),
        List<string> options => new AttributeValue.Choices([.. options]),
        _ => new AttributeValue.Text((string)value),
    };
}
