using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.LabelStudio;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.SageMaker;

/// <summary>Reads manifests line by line: a first pass notes where each stands and which classes there are, a second reads it.</summary>
internal sealed class SageMakerReader : DatasetReader
{
    private const string Metadata = "-metadata";
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly List<(string Path, SliceReader Slices)> files = [];
    private readonly List<Entry> entries = [];
    private readonly SortedDictionary<(long Number, string Name), int> classes = [];
    private readonly HashSet<string> unread = new(StringComparer.Ordinal);

    private SageMakerReader(DatasetSource source, IssueLog issues)
    {
        this.source = source;
        this.issues = issues;
    }

    private sealed record Entry(string? Split, string Path, int File, long Offset, int Length, long Line);

    public override DatasetHeader Header => new() { Format = "sagemaker", Classes = [.. classes.Keys.Select(c => new DatasetClass { Name = c.Name })], Splits = [.. entries.Select(e => e.Split).Distinct()] };

    public override long? ItemCount => entries.Count;

    public static SageMakerReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var manifests = SageMakerFiles.Of(source.Tree);
        if (manifests.Count == 0 && source.Tree.Files.Count == 1) manifests = [new(source.Tree.Files[0], null)];
        if (manifests.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no augmented manifest here (lines of JSON with \"source-ref\").");
        var reader = new SageMakerReader(source, request.Issues);
        try
        {
            var paths = new ItemPaths(request.Issues);
            foreach (var manifest in manifests) reader.Index(manifest, paths, cancellationToken);
        }
        catch
        {
            foreach (var (_, slices) in reader.files) slices.Dispose();
            throw;
        }

        if (reader.entries.Count == 0) throw new DatasetFormatException(manifests[0].Path, "no line of it is an image of an augmented manifest (JSON with \"source-ref\").");
        reader.entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path));
        var place = 0;
        foreach (var key in reader.classes.Keys.ToList()) reader.classes[key] = place++;
        return reader;
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (file, slices) = files[entry.File];
            using var document = JsonFiles.Parse(slices.Read(entry.Offset, entry.Length)); // the first pass has parsed it
            yield return ReadItem(document.RootElement, entry, file);
        }
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var (_, slices) in files) slices.Dispose();
        return base.DisposeAsync();
    }

    private void Index(SageMakerFiles.Manifest manifest, ItemPaths paths, CancellationToken cancellationToken)
    {
        var slices = SliceReader.Open(source.Tree, manifest.Path, cancellationToken);
        files.Add((manifest.Path, slices));
        using var lines = new LineScanner(slices.Stream, manifest.Path);
        while (lines.Next(out var line))
        {
            if ((lines.Line & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var skip = lines.Line == 1 && line.StartsWith("\uFEFF"u8) ? 3 : 0;
            line = line[skip..];
            if (line.TrimEnd("\r \t"u8).IsEmpty) continue;
            var position = new FilePosition(Line: lines.Line);
            var name = string.Create(CultureInfo.InvariantCulture, $"line {lines.Line}");
            try
            {
                using var document = JsonFiles.Parse(line.ToArray());
                if (document.RootElement.TextField("source-ref") is not { } image)
                {
                    issues.Error("no-file-name", manifest.Path, name, "source-ref", "the line has no source-ref; it is left out.", position);
                    continue;
                }

                if (paths.Take(manifest.Split, LabelStudioImage.PathOf(image), manifest.Path, name, "source-ref", position) is not { } path) continue;
                entries.Add(new(manifest.Split, path, files.Count - 1, lines.Offset + skip, line.Length, lines.Line));
                foreach (var (field, value) in Labels(document.RootElement)) AddClasses(document.RootElement.Field(field + Metadata), value);
            }
            catch (JsonException)
            {
                issues.Error("bad-json", manifest.Path, name, null, "the line is not valid JSON; it is left out.", position);
            }
        }
    }

    // A label attribute is a field that has metadata beside it.
    private static IEnumerable<(string Field, JsonElement Value)> Labels(JsonElement line) =>
        line.ValueKind != JsonValueKind.Object ? [] : line.EnumerateObject().Where(f => line.Field(f.Name + Metadata).ValueKind == JsonValueKind.Object).Select(f => (f.Name, f.Value));

    private void AddClasses(JsonElement metadata, JsonElement value)
    {
        if (metadata.Field("class-map") is { ValueKind: JsonValueKind.Object } map)
        {
            foreach (var entry in map.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.String && long.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) classes.TryAdd((number, entry.Value.GetString()!), 0); // a JSON string is one
            }
        }

        if (metadata.TextField("class-name") is { Length: > 0 } name) classes.TryAdd(((long)Math.Clamp(value.AsNumber() ?? 0, 0, int.MaxValue), name), 0);
    }

    private DatasetItem ReadItem(JsonElement json, Entry entry, string file)
    {
        var folder = TreePath.Folder(file);
        var picture = source.Pictures.Find(entry.Path, TreePath.Join(folder, $"images/{entry.Split}"), TreePath.Join(folder, "images"), TreePath.Join(folder, entry.Split ?? ""), folder)
            ?? source.Pictures.Find(TreePath.FileName(entry.Path), TreePath.Join(folder, "images"), folder);
        PictureSize? size = null;
        var annotations = new List<DatasetAnnotation>();
        foreach (var (field, value) in Labels(json))
        {
            var metadata = json.Field(field + Metadata);
            try
            {
                if (value.ValueKind == JsonValueKind.Object && value.Field("annotations").ValueKind == JsonValueKind.Array)
                {
                    var stated = value.Field("image_size").Elements().FirstOrDefault();
                    if (stated.Field("width").AsSide() is { } width && stated.Field("height").AsSide() is { } height) size = new(width, height);
                    AddBoxes(value.Field("annotations"), metadata, annotations, entry, file, field);
                }
                else if (value.ValueKind == JsonValueKind.Array)
                {
                    foreach (var id in value.EnumerateArray()) annotations.Add(Tag(id, metadata, metadata.Field("confidence-map").Field(id.GetRawText()).AsNumber(), entry, file));
                }
                else if (value.ValueKind == JsonValueKind.Number)
                {
                    annotations.Add(Tag(value, metadata, metadata.Field("confidence").AsNumber(), entry, file));
                }
                else if (unread.Add(field))
                {
                    issues.Warning("label-not-read", file, entry.Path, field, $"\"{field}\" is neither boxes nor classes (the picture of a segmentation, say) and is not read, in no line.", new(Line: entry.Line));
                }
            }
            catch (FormatException e)
            {
                issues.Error("bad-label", file, entry.Path, field, $"{e.Message}; it is left out.", new(Line: entry.Line));
            }
        }

        return new DatasetItem { Path = entry.Path, Split = entry.Split, Size = size ?? PictureSize.Of(picture), Picture = picture, Annotations = annotations };
    }

    private DatasetAnnotation Tag(JsonElement id, JsonElement metadata, double? confidence, Entry entry, string file) =>
        new() { ClassIndex = ClassOf(id, metadata), Shape = new TagShape(), Score = ScoreOf(metadata, confidence, entry, file) };

    private void AddBoxes(JsonElement boxes, JsonElement metadata, List<DatasetAnnotation> annotations, Entry entry, string file, string field)
    {
        var objects = metadata.Field("objects").Elements().ToList();
        var place = 0;
        foreach (var box in boxes.EnumerateArray())
        {
            var confidence = place < objects.Count ? objects[place].Field("confidence").AsNumber() : null;
            place++;
            try
            {
                if (!(box.Field("left").AsNumber() is { } left && box.Field("top").AsNumber() is { } top && box.Field("width").AsNumber() is { } width && box.Field("height").AsNumber() is { } height && width >= 0 && height >= 0))
                    throw new FormatException("a box needs left, top, width and height, with sides of at least 0");
                annotations.Add(new DatasetAnnotation { ClassIndex = ClassOf(box.Field("class_id"), metadata), Shape = new BoxShape(new Box(left, top, width, height)), Score = ScoreOf(metadata, confidence, entry, file) });
            }
            catch (FormatException e)
            {
                issues.Error("bad-box", file, string.Create(CultureInfo.InvariantCulture, $"{entry.Path}#@{place}"), field, $"{e.Message}; it is left out.", new(Line: entry.Line));
            }
        }
    }

    // What people drew has Ground Truth's confidence of its workers, which is no score of a model.
    private double? ScoreOf(JsonElement metadata, double? confidence, Entry entry, string file) =>
        metadata.TextField("human-annotated") == "yes" ? null : ReadScore.Of(confidence, issues, file, entry.Path, new(Line: entry.Line));

    private int ClassOf(JsonElement id, JsonElement metadata)
    {
        if (id.AsNumber() is not { } number || number < 0 || number > int.MaxValue || Math.Floor(number) != number) throw new FormatException("class_id must be a whole number of at least 0");
        var name = metadata.Field("class-map").TextField(((long)number).ToString(CultureInfo.InvariantCulture)) ?? metadata.TextField("class-name");
        return name is not null && classes.TryGetValue(((long)number, name), out var place) ? place : throw new FormatException($"the class map has no class {number}");
    }
}
