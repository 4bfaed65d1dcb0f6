using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.LabelMe;

/// <summary>Reads one file an image. Without <c>labels.txt</c> the classes are the labels found, in alphabetical order, which takes a pass of its own.</summary>
internal sealed class LabelMeReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<(string? Split, string Stem, string File)> entries;
    private readonly Dictionary<string, int> classes;

    private LabelMeReader(DatasetSource source, IssueLog issues, List<(string? Split, string Stem, string File)> entries, List<string> labels)
    {
        this.source = source;
        this.issues = issues;
        paths = new(issues);
        this.entries = entries;
        classes = labels.Select((l, i) => (l, i)).ToDictionary(l => l.l, l => l.i, StringComparer.Ordinal);
        Header = new DatasetHeader { Format = "labelme", Classes = [.. labels.Select(l => new DatasetClass { Name = l })], Splits = [.. entries.Select(e => e.Split).Distinct()] };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static LabelMeReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var files = LabelMeFiles.Of(source.Tree);
        if (files.Count == 0 && source.Tree.Files.Count == 1) files = [.. source.Tree.Files];
        if (files.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no LabelMe JSON or XML here.");
        var labels = LabelMeFiles.Labels(source.Tree);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TreePath.Extension(file) == ".xml")
            {
                found.UnionWith(LabelMeXml.Labels(source.Tree, file));
                continue;
            }

            using var document = JsonFiles.TryRead(source.Tree, file, null);
            if (document is not null) found.UnionWith(document.RootElement.Field("shapes").Elements().Select(s => s.TextField("label")).OfType<string>());
        }

        labels.AddRange(found.Except(labels));
        var entries = files.Select(f => Place(f)).OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Stem, StringComparer.Ordinal).ToList();
        return new LabelMeReader(source, request.Issues, entries, labels);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var (split, stem, file) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TreePath.Extension(file) == ".xml")
            {
                if (LabelMeXml.Read(source, file, stem, split, classes, issues) is { } old) yield return paths.Unique(old, file);
                continue;
            }

            using var document = JsonFiles.TryRead(source.Tree, file, issues);
            if (document is null) continue;
            if (document.RootElement.Field("shapes").ValueKind == JsonValueKind.Array) yield return paths.Unique(ReadItem(document.RootElement, split, stem, file), file);
            else issues.Error("bad-json", file, null, "shapes", "there is no list of shapes: not a LabelMe file. It is left out.");
        }
    }

    private static (string? Split, string Stem, string File) Place(string file)
    {
        var stem = TreePath.Stem(file);
        if (stem.StartsWith("Annotations/", StringComparison.Ordinal)) stem = stem["Annotations/".Length..];
        var cut = stem.IndexOf('/');
        return cut > 0 && SplitNames.Is(stem[..cut]) ? (stem[..cut], stem[(cut + 1)..], file) : (null, stem, file);
    }

    private DatasetItem ReadItem(JsonElement json, string? split, string stem, string file)
    {
        var (path, picture) = Picture(json, stem, file);
        PictureSize? size = json.Field("imageWidth").AsSide() is { } width && json.Field("imageHeight").AsSide() is { } height ? new(width, height) : PictureSize.Of(picture);
        var annotations = new List<DatasetAnnotation>();
        var place = 0;
        foreach (var shape in json.Field("shapes").EnumerateArray())
        {
            place++;
            if (ReadShape(shape, file, string.Create(CultureInfo.InvariantCulture, $"{path}#@{place}")) is { } annotation) annotations.Add(annotation);
        }

        return new DatasetItem { Path = path, Split = split, Size = size, Picture = picture, Annotations = Joined(annotations), Attributes = JsonAttributes.Of(json.Field("attributes")).SetItems(JsonAttributes.Of(json.Field("flags"))) };
    }

    private DatasetAnnotation? ReadShape(JsonElement json, string file, string name)
    {
        try
        {
            if (json.TextField("label") is not { Length: > 0 } label) throw new FormatException("a shape has no label");
            var attributes = JsonAttributes.Of(json.Field("attributes")).ToBuilder();
            foreach (var (flag, value) in JsonAttributes.Of(json.Field("flags"))) attributes[flag] = value;
            if (json.TextField("description") is { Length: > 0 } description) attributes["description"] = new AttributeValue.Text(description);
            return new DatasetAnnotation
            {
                ClassIndex = classes[label],
                Shape = LabelMeShape.Of(json),
                GroupId = json.Field("group_id") switch
                {
                    { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                    { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } group => group,
                    _ => null,
                },
                Ignore = json.Field("difficult").ValueKind == JsonValueKind.True,
                Score = ReadScore.Of(json.Field("score").AsNumber(), issues, file, name, default),
                Attributes = attributes.ToImmutable(),
            };
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            issues.Error("bad-shape", file, name, null, $"{e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}; it is left out.");
            return null;
        }
    }

    // Polygons, or masks, of one label and one group are parts of one object; a group that is left with one object was there for its parts only.
    private static List<DatasetAnnotation> Joined(List<DatasetAnnotation> annotations)
    {
        var joined = new List<DatasetAnnotation>(annotations.Count);
        var places = new Dictionary<(string, int, ShapeKind), int>();
        var parts = new HashSet<int>();
        foreach (var annotation in annotations)
        {
            if (annotation.GroupId is not { } group || annotation.Shape.Kind is not (ShapeKind.Polygon or ShapeKind.Mask) || places.TryAdd((group, annotation.ClassIndex, annotation.Shape.Kind), joined.Count))
            {
                joined.Add(annotation);
                continue;
            }

            var place = places[(group, annotation.ClassIndex, annotation.Shape.Kind)];
            parts.Add(place);
            joined[place] = joined[place] with { Shape = Union(joined[place].Shape, annotation.Shape) };
        }

        var members = joined.Where(a => a.GroupId is not null).CountBy(a => a.GroupId!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal); // filtered
        foreach (var place in parts)
        {
            if (members[joined[place].GroupId!] == 1) joined[place] = joined[place] with { GroupId = null }; // parts are in a group
        }

        return joined;
    }

    private static Shape Union(Shape a, Shape b) => (a, b) switch
    {
        (PolygonShape x, PolygonShape y) => new PolygonShape(new Polygon([.. x.Polygon.Parts, .. y.Polygon.Parts])),
        (MaskShape x, MaskShape y) => new MaskShape(x.Mask.Union(y.Mask)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The file's own place says which folder; imagePath says where the picture lies, as seen from there, and its extension.
    private (string Path, DatasetPicture? Picture) Picture(JsonElement json, string stem, string file)
    {
        var named = (json.TextField("imagePath") ?? "").Replace('\\', '/');
        var extension = PictureFinder.IsPicture(named) ? named[TreePath.Stem(named).Length..] : ".jpg";
        var path = stem + extension;
        var folder = TreePath.Folder(file);
        if (named.Length > 0 && Resolved(folder, named) is { } where && source.Pictures.Find(where) is { } there) return (path, there);
        if (source.Pictures.Find(TreePath.Stem(file) + extension) is { } beside) return (path, beside);
        if (source.Pictures.Find(TreePath.FileName(named.Length > 0 ? named : path), folder, TreePath.Join(folder, "images"), "images") is { } near) return (path, near);
        return (path, json.Field("imageData").ValueKind == JsonValueKind.String ? new InlinePicture(source.Tree, file) : null);
    }

    private static string? Resolved(string folder, string relative)
    {
        var segments = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var segment in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".") continue;
            if (segment != "..") segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
            else return null;
        }

        return segments.Count > 0 && TreePath.TryNormalise(string.Join('/', segments), out var path) ? path : null;
    }

    /// <summary>The picture that stands in the file itself, as base64; read again when it is asked for.</summary>
    private sealed class InlinePicture(IFileTree tree, string file) : DatasetPicture
    {
        public override Stream OpenRead()
        {
            using var document = JsonFiles.TryRead(tree, file, null);
            return document is not null && document.RootElement.Field("imageData") is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out var bytes) ? new MemoryStream(bytes) : new MemoryStream();
        }
    }
}
