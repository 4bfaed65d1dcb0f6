using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Datumaro;

/// <summary>Reads Datumaro files item by item: a first pass notes where each stands, a second reads it.</summary>
internal sealed class DatumaroReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly List<OpenFile> files = [];
    private readonly List<Entry> entries = [];
    private readonly List<DatasetClass> classes = [];

    private DatumaroReader(DatasetSource source, IssueLog issues)
    {
        this.source = source;
        this.issues = issues;
    }

    public override DatasetHeader Header => new() { Format = "datumaro", Classes = [.. classes], Splits = [.. entries.Select(e => e.Split).Distinct()] };

    public override long? ItemCount => entries.Count;

    private sealed record OpenFile(string Path, SliceReader Slices)
    {
        /// <summary>Place of each of the file's labels among all classes.</summary>
        public int[] Classes { get; set; } = [];
    }

    private sealed record Entry(string? Split, string Path, string? PicturePath, int File, long Offset, int Length);

    public static DatumaroReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var paths = DatumaroFiles.Of(source.Tree);
        if (paths.Count == 0) paths = [.. source.Tree.Files.Where(f => TreePath.Extension(f) == ".json").Take(2)];
        if (paths.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no Datumaro JSON here.");
        var reader = new DatumaroReader(source, request.Issues);
        try
        {
            var items = new ItemPaths(request.Issues);
            foreach (var path in paths)
            {
                var file = new OpenFile(path, SliceReader.Open(source.Tree, path, cancellationToken));
                reader.files.Add(file);
                reader.Index(file, items, cancellationToken);
            }
        }
        catch
        {
            foreach (var file in reader.files) file.Slices.Dispose();
            throw;
        }

        reader.entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path));
        return reader;
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = files[entry.File];
            using var document = JsonFiles.Parse(file.Slices.Read(entry.Offset, entry.Length)); // the first pass has parsed it
            yield return ReadItem(document.RootElement, entry, file);
        }
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var file in files) file.Slices.Dispose();
        return base.DisposeAsync();
    }

    private void Index(OpenFile file, ItemPaths items, CancellationToken cancellationToken)
    {
        using var json = new JsonFile(file.Slices.Stream, file.Path);
        if (json.Peek() != (byte)'{') throw json.Fault("a Datumaro file starts with '{'");
        var hasItems = false;
        for (var first = true; json.NextElement(ref first, (byte)'{', (byte)'}');)
        {
            switch (json.Key())
            {
                case "categories":
                    var categories = json.Value(out _).ToArray();
                    try
                    {
                        using var document = JsonFiles.Parse(categories);
                        file.Classes = [.. DatumaroCategories.Read(document.RootElement).Select(AddClass)];
                    }
                    catch (JsonException)
                    {
                        throw json.Fault("the categories are broken");
                    }

                    break;
                case "items":
                    hasItems = true;
                    if (json.Peek() != (byte)'[') throw json.Fault("\"items\" must be a list");
                    var place = 0;
                    for (var firstItem = true; json.NextElement(ref firstItem); place++)
                    {
                        if ((place & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                        var element = json.Value(out var offset);
                        AddItem(element, offset, place, file, items);
                    }

                    break;
                default: json.Value(out _); break;
            }
        }

        json.End();
        if (!hasItems) throw new DatasetFormatException(file.Path, "it has no \"items\"; this is not a Datumaro file.");
    }

    private int AddClass(DatasetClass item)
    {
        var place = classes.FindIndex(c => c.Name == item.Name);
        if (place >= 0) return place;
        classes.Add(item);
        return classes.Count - 1;
    }

    private void AddItem(ReadOnlySpan<byte> element, long offset, int place, OpenFile file, ItemPaths items)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"item at place {place}");
        try
        {
            using var document = JsonFiles.Parse(element.ToArray());
            var id = document.RootElement.TextField("id");
            var picture = document.RootElement.Field("image").TextField("path") ?? document.RootElement.Field("media").TextField("path");
            var extension = picture is not null && PictureFinder.IsPicture(picture) ? picture[TreePath.Stem(picture).Length..] : ".jpg";
            var split = DatumaroFiles.SplitOf(file.Path);
            if (items.Take(split, string.IsNullOrEmpty(id) ? id : id + extension, file.Path, name, "id", new(Offset: offset)) is { } path)
                entries.Add(new(split, path, picture, files.Count - 1, offset, element.Length));
        }
        catch (JsonException)
        {
            issues.Error("broken-item", file.Path, name, null, "it is not valid JSON; it is left out.", new(Offset: offset));
        }
    }

    private DatasetItem ReadItem(JsonElement json, Entry entry, OpenFile file)
    {
        var root = TreePath.Folder(TreePath.Folder(file.Path));
        var split = entry.Split ?? DatumaroFiles.DefaultSubset;
        string[] folders = [TreePath.Join(root, $"images/{split}"), TreePath.Join(root, "images"), root];
        var picture = entry.PicturePath is { } named && TreePath.TryNormalise(named, out var path) ? source.Pictures.Find(path, folders) : null;
        picture ??= source.Pictures.Find(entry.Path, folders);
        var size = json.Field("image").Field("size");
        var attributes = JsonAttributes.Of(json.Field("attr"));
        long? frame = attributes.TryGetValue("frame", out var value) && value is AttributeValue.Number { Value: >= 0 and < 1L << 53 } number && Math.Floor(number.Value) == number.Value ? (long)number.Value : null;
        var annotations = new List<DatasetAnnotation>();
        var place = 0;
        foreach (var annotation in json.Field("annotations").Elements())
        {
            place++;
            try
            {
                annotations.Add(ReadAnnotation(annotation, file, string.Create(CultureInfo.InvariantCulture, $"{entry.Path}#@{place}"), entry.Offset));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                issues.Error("bad-annotation", file.Path, string.Create(CultureInfo.InvariantCulture, $"{entry.Path}#@{place}"), null, $"{e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; it is left out.", new(Offset: entry.Offset));
            }
        }

        return new DatasetItem
        {
            Path = entry.Path,
            Split = entry.Split,
            Size = size.ValueKind == JsonValueKind.Array && size.GetArrayLength() == 2 && size[0].AsSide() is { } height && size[1].AsSide() is { } width ? new(width, height) : PictureSize.Of(picture),
            Picture = picture,
            Frame = frame,
            Attributes = frame is null ? attributes : attributes.Remove("frame"),
            Annotations = annotations,
        };
    }

    private DatasetAnnotation ReadAnnotation(JsonElement json, OpenFile file, string name, long offset)
    {
        var label = json.Field("label_id").AsNumber();
        if (label is not { } id || id < 0 || id >= file.Classes.Length || Math.Floor(id) != id) throw new FormatException(label is null ? "an annotation has no label_id" : FormattableString.Invariant($"there is no label {label}"));
        var attributes = JsonAttributes.Of(json.Field("attributes")).ToBuilder();
        var ignore = Take("is_crowd") is AttributeValue.Flag { Value: true } or AttributeValue.Number { Value: 1 };
        var score = attributes.TryGetValue("score", out var s) && s is AttributeValue.Number number ? number.Value : (double?)null;
        if (score is not null) attributes.Remove("score");
        var track = Take("track_id") switch { AttributeValue.Number n => n.Value.ToString(CultureInfo.InvariantCulture), AttributeValue.Text t => t.Value, _ => null };
        return new DatasetAnnotation
        {
            ClassIndex = file.Classes[(int)id],
            Shape = ShapeOf(json),
            Z = json.Field("z_order").AsNumber() is { } z ? (int)Math.Clamp(z, int.MinValue, int.MaxValue) : 0,
            GroupId = json.Field("group").AsNumber() is { } group and not 0 ? group.ToString(CultureInfo.InvariantCulture) : null,
            Ignore = ignore,
            Score = ReadScore.Of(score, issues, file.Path, name, new(Offset: offset)),
            TrackId = track,
            Attributes = attributes.ToImmutable(),
        };

        AttributeValue? Take(string name)
        {
            if (attributes.TryGetValue(name, out var value)) attributes.Remove(name);
            return value;
        }
    }

    private static Shape ShapeOf(JsonElement json)
    {
        var type = json.TextField("type");
        switch (type)
        {
            case "label": return new TagShape();
            case "bbox":
                var b = Numbers(json.Field("bbox"));
                return b.Length == 4 && b[2] >= 0 && b[3] >= 0 ? new BoxShape(new Box(b[0], b[1], b[2], b[3])) : throw new FormatException("bbox must be [x, y, width, height] with sides of at least 0");
            case "polygon": return new PolygonShape(Polygon.FromRing(Points(json, 3)));
            case "polyline": return new PolylineShape(new Polyline(Points(json, 2)));
            case "ellipse":
                var e = Points(json, 2);
                if (e[1].X < e[0].X || e[1].Y < e[0].Y) throw new FormatException("an ellipse's second corner must not be less than its first");
                return new EllipseShape(new Ellipse((e[0].X + e[1].X) / 2, (e[0].Y + e[1].Y) / 2, (e[1].X - e[0].X) / 2, (e[1].Y - e[0].Y) / 2, 0));
            case "points":
                var points = Points(json, 1);
                var visibility = Numbers(json.Field("visibility"));
                if (points.Length == 1 && visibility is [] or [2]) return new PointShape(points[0]);
                if (visibility.Length != 0 && visibility.Length != points.Length) throw new FormatException("visibility has another count than points");
                return new KeypointsShape(new Keypoints([.. points.Select((p, i) => new Keypoint(p, visibility.IsEmpty ? Visibility.Visible : (Visibility)Math.Clamp((int)visibility[i], 0, 2)))]));
            case "mask":
                var rle = json.Field("rle");
                return new MaskShape(CocoSegmentation.Rle(rle.ValueKind == JsonValueKind.Object ? System.Text.Encoding.UTF8.GetBytes(rle.GetRawText()) : throw new FormatException("a mask has no rle")).ToMask());
            default: throw new FormatException($"annotations of type '{type}' cannot be read");
        }
    }

    private static ImmutableArray<Point2> Points(JsonElement json, int atLeast)
    {
        var numbers = Numbers(json.Field("points"));
        if (numbers.Length % 2 != 0 || numbers.Length < 2 * atLeast) throw new FormatException($"points must be at least {atLeast} pairs of numbers");
        return [.. Enumerable.Range(0, numbers.Length / 2).Select(i => new Point2(numbers[2 * i], numbers[(2 * i) + 1]))];
    }

    private static ImmutableArray<double> Numbers(JsonElement json) => [.. json.Elements().Select(n => n.AsNumber() ?? throw new FormatException("a coordinate is not a finite number"))];
}
