using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Voc;

/// <summary>Writes <c>Annotations/</c>, <c>ImageSets/Main/</c> by split, <c>labelmap.txt</c> and pictures in <c>JPEGImages/</c>.</summary>
internal sealed class VocWriter(VocFormat format, DatasetReader dataset, WriteRequest request)
{
    private static readonly LossKind AttributeText = new("attribute-type", "attributes", "VOC keeps attributes as text; this one reads back as another type.");
    private static readonly LossKind NoSize = new("no-size", "size", "The image's size is not known; it is written as 0.", Bookkeeping: true);
    private static readonly LossKind Groups = new("group", "groupId", "VOC has parts of an object, which are read back as groups object-1, object-2 …; other groups have no place.");

    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly bool devkit = request.Options[VocFormat.Pixels] == "devkit";
    private readonly bool withMasks = request.Options[VocFormat.Masks] == "write";
    private readonly List<DatasetAnnotation> objects = [];
    private readonly Dictionary<ShapeKind, LossKind> reduced = [];
    private readonly Dictionary<ShapeKind, LossKind> leftOut = [];
    private readonly ReportedPaths paths = new(request.Losses, "Another image has the same name but for its extension, case or split.");
    private readonly Utf8Text text = new();
    private readonly Utf8Text line = new();
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        var lists = new SortedDictionary<string, SpoolStream>(StringComparer.Ordinal);
        try
        {
            await foreach (var item in dataset.ReadItemsAsync(cancellationToken))
            {
                var (stem, segmented) = Write(item);
                if (segmented) AddTo($"Segmentation/{item.Split ?? "default"}", stem);
                if (item.Split is { } split) AddTo($"Main/{split}", stem);
            }

            void AddTo(string set, string stem)
            {
                if (!lists.TryGetValue(set, out var list)) lists[set] = list = new SpoolStream();
                line.Clear();
                list.Write(line.Add(stem.Contains(' ', StringComparison.Ordinal) || stem[0] is '"' or '#' ? $"\"{stem}\"" : stem).Add("\n"u8).Written);
            }

            foreach (var (set, list) in lists)
            {
                using var stream = request.Target.Create($"ImageSets/{set}.txt");
                list.Position = 0;
                list.CopyTo(stream);
            }
        }
        finally
        {
            foreach (var list in lists.Values) list.Dispose();
        }

        request.Target.Write("labelmap.txt", VocLabelMap.Format(dataset.Header));
        common.Finish();
        return new(imageCount, annotationCount);
    }

    // One Annotations folder holds every split, so stems must be unique over all of them.
    private (string Stem, bool Segmented) Write(DatasetItem item)
    {
        common.Count(item);
        imageCount++;
        var path = paths.Of(item, null);
        if (item.Size is null) losses.Add(NoSize, item);
        text.Clear();
        text.Add("<annotation>\n  <folder>"u8).AddXml(TreePath.Folder(path) is { Length: > 0 } folder ? folder : "JPEGImages");
        text.Add("</folder>\n  <filename>"u8).AddXml(TreePath.FileName(path)).Add("</filename>\n"u8);
        text.Add("  <size>\n    <width>"u8).Add((long)(item.Size?.Width ?? 0)).Add("</width>\n    <height>"u8).Add((long)(item.Size?.Height ?? 0));
        text.Add("</height>\n    <depth>3</depth>\n  </size>\n  <segmented>"u8);
        var segmented = withMasks && item.Size is not null && item.Annotations.Any(a => a.Shape is MaskShape || Outlines.Of(a.Shape) is not null);
        text.Add(segmented ? "1"u8 : "0"u8).Add("</segmented>\n"u8);
        objects.Clear();
        WriteObjects(item);
        text.Add("</annotation>\n"u8);
        var stem = TreePath.Stem(path);
        request.Target.Write($"Annotations/{stem}.xml", text.Written);
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add($"JPEGImages/{path}", picture, request.Pictures);
        return (stem, segmented && VocMasks.Write(request.Target, stem, item.Size!.Value, objects)); // segmented: a size is there
    }

    private void WriteObjects(DatasetItem item)
    {
        var wholes = item.Annotations.Where(a => !IsPart(a)).ToList();
        var parts = item.Annotations.Where(a => IsPart(a) && a.GroupId is not null && !a.Ignore).ToLookup(a => a.GroupId!, StringComparer.Ordinal); // filtered: a group is there
        var owners = new HashSet<string>(StringComparer.Ordinal);
        var place = 0;
        foreach (var whole in wholes)
        {
            var own = whole.GroupId is { } group && parts.Contains(group) && owners.Add(group) ? parts[group] : [];
            if (whole.GroupId is not null && (!own.Any() || whole.GroupId != VocReader.GroupName(place))) losses.Add(Groups, item, whole);
            place++;
            WriteObject(item, whole, own, "  "u8);
        }

        foreach (var orphan in item.Annotations.Where(a => IsPart(a) && (a.Ignore || a.GroupId is null || !owners.Contains(a.GroupId))))
        {
            if (orphan.GroupId is not null) losses.Add(Groups, item, orphan);
            WriteObject(item, orphan, [], "  "u8);
        }
    }

    private static bool IsPart(DatasetAnnotation annotation) => annotation.Attributes.TryGetValue("part", out var value) && value is AttributeValue.Flag { Value: true };

    private void WriteObject(DatasetItem item, DatasetAnnotation annotation, IEnumerable<DatasetAnnotation> parts, ReadOnlySpan<byte> indent)
    {
        if (BoxOf(item, annotation) is not { } box) return;
        common.Count(item, annotation);
        annotationCount++;
        objects.Add(annotation);
        text.Add(indent).Add("<object>\n"u8);
        WriteFields(item, annotation, box, indent);
        foreach (var part in parts)
        {
            if (BoxOf(item, part) is not { } partBox) continue;
            common.Count(item, part);
            annotationCount++;
            text.Add("    <part>\n"u8);
            WriteFields(item, part, partBox, "    "u8);
            text.Add("    </part>\n"u8);
        }

        text.Add(indent).Add("</object>\n"u8);
    }

    private void WriteFields(DatasetItem item, DatasetAnnotation annotation, Box box, ReadOnlySpan<byte> indent)
    {
        Field(indent, "name"u8).AddXml(dataset.Header.Classes[annotation.ClassIndex].Name).Add("</name>\n"u8);
        Field(indent, "pose"u8).AddXml(annotation.Attributes.TryGetValue("pose", out var pose) && pose is AttributeValue.Text words ? words.Value : "Unspecified").Add("</pose>\n"u8);
        Field(indent, "truncated"u8).Add(IsSet(annotation, "truncated")).Add("</truncated>\n"u8);
        Field(indent, "occluded"u8).Add(IsSet(annotation, "occluded")).Add("</occluded>\n"u8);
        Field(indent, "difficult"u8).Add(annotation.Ignore ? "1"u8 : "0"u8).Add("</difficult>\n"u8);
        double shift = devkit ? 1 : 0;
        text.Add(indent).Add("  <bndbox>\n"u8);
        Corner(indent, "xmin"u8, box.X + shift);
        Corner(indent, "ymin"u8, box.Y + shift);
        Corner(indent, "xmax"u8, box.Right);
        Corner(indent, "ymax"u8, box.Bottom);
        text.Add(indent).Add("  </bndbox>\n"u8);
        WriteAttributes(item, annotation, indent);
    }

    private void WriteAttributes(DatasetItem item, DatasetAnnotation annotation, ReadOnlySpan<byte> indent)
    {
        var open = false;
        foreach (var (name, value) in annotation.Attributes)
        {
            if (IsOwnField(name, value)) continue;
            var (words, exact) = VocAttribute.Format(value);
            if (!exact) losses.Add(AttributeText, item, annotation, $"{AttributeText.Why} ({name})");
            if (!open) text.Add(indent).Add("  <attributes>\n"u8);
            open = true;
            text.Add(indent).Add("    <attribute><name>"u8).AddXml(name).Add("</name><value>"u8).AddXml(words).Add("</value></attribute>\n"u8);
        }

        if (open) text.Add(indent).Add("  </attributes>\n"u8);
    }

    // What has an element of its own, and a value that the element can say.
    private static bool IsOwnField(string name, AttributeValue value) => name switch
    {
        "truncated" or "occluded" or "part" => value is AttributeValue.Flag { Value: true },
        "pose" => value is AttributeValue.Text { Value: var pose } && pose == pose.Trim() && pose is not ("" or "Unspecified"),
        _ => false,
    };

    private static ReadOnlySpan<byte> IsSet(DatasetAnnotation annotation, string name) => annotation.Attributes.TryGetValue(name, out var value) && value is AttributeValue.Flag { Value: true } ? "1"u8 : "0"u8;

    private Box? BoxOf(DatasetItem item, DatasetAnnotation annotation)
    {
        var kind = annotation.SourceKind ?? annotation.Shape.Kind;
        var box = kind == ShapeKind.Box || format.Abilities.StoredAs.Of(kind) is not null ? annotation.StatedBox ?? ShapeGeometry.Bounds(annotation.Shape) : null;
        if (box is null) losses.Add(LossOf(leftOut, kind, "shape-left-out", "it is left out"), item, annotation);
        else if (kind != ShapeKind.Box && !(withMasks && annotation.Shape is MaskShape)) losses.Add(LossOf(reduced, kind, "shape", withMasks ? "it is written as a box with its pixels" : "it is written as a box"), item, annotation);
        return box;
    }

    private static LossKind LossOf(Dictionary<ShapeKind, LossKind> known, ShapeKind kind, string code, string what)
    {
        if (!known.TryGetValue(kind, out var loss)) known[kind] = loss = new LossKind(code, "shape", $"VOC has no {Words.Of(kind)}; {what}.");
        return loss;
    }

    private Utf8Text Field(ReadOnlySpan<byte> indent, ReadOnlySpan<byte> name) => text.Add(indent).Add("  <"u8).Add(name).Add(">"u8);

    private void Corner(ReadOnlySpan<byte> indent, ReadOnlySpan<byte> name, double value) =>
        text.Add(indent).Add("    <"u8).Add(name).Add(">"u8).Add(value).Add("</"u8).Add(name).Add(">\n"u8);
}
