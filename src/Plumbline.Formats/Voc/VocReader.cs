using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Voc;

/// <summary>Reads VOC trees file by file. Without a label map the classes are the names found, in alphabetical order, which takes a pass of its own.</summary>
internal sealed class VocReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<VocFiles.Entry> entries;
    private readonly Dictionary<string, int> classes;
    private readonly bool devkit, withMasks;

    private VocReader(DatasetSource source, ReadRequest request, List<VocFiles.Entry> entries, DatasetHeader header)
    {
        this.source = source;
        issues = request.Issues;
        paths = new(issues);
        this.entries = entries;
        withMasks = request.Detail >= ReadDetail.Shapes;
        devkit = request.Options[VocFormat.Pixels] == "devkit";
        Header = header;
        classes = header.Classes.Select((c, i) => (c.Name, i)).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.i, StringComparer.Ordinal);
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    /// <summary>What an object with parts and its parts are called as a group.</summary>
    /// <param name="place">The object's place in its file, from 0.</param>
    public static string GroupName(int place) => string.Create(CultureInfo.InvariantCulture, $"object-{place + 1}");

    public static VocReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var entries = VocFiles.Of(source.Tree);
        if (entries.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are no VOC XML files here.");
        var classes = VocLabelMap.Read(source.Tree) is { Length: > 0 } map ? map : [];
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.Xml is { } file && TryRead(source.Tree, file, null) is { } document) names.UnionWith(document.Objects.Concat(document.Objects.SelectMany(o => o.Parts)).Select(o => o.Name).OfType<string>());
        }

        names.Remove("");
        var all = classes.AddRange(names.Except(classes.Select(c => c.Name)).Select(n => new DatasetClass { Name = n }));
        return new VocReader(source, request, entries, new DatasetHeader { Format = "voc", Classes = all, Splits = [.. entries.Select(e => e.Split).Distinct()] });
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ReadItem(entry) is { } item) yield return paths.Unique(item, entry.Xml ?? entry.Stem);
        }
    }

    private static VocDocument? TryRead(IFileTree tree, string file, IssueLog? issues)
    {
        try
        {
            using var stream = tree.OpenRead(file);
            return VocXml.Read(stream);
        }
        catch (XmlException e)
        {
            issues?.Error("bad-xml", file, null, null, $"not VOC XML: {e.Message} The file is left out.", new(e.LineNumber, e.LinePosition));
        }
        catch (DecoderFallbackException e)
        {
            issues?.Error("bad-xml", file, null, null, $"not VOC XML: {e.Message} The file is left out.");
        }

        return null;
    }

    private DatasetItem? ReadItem(VocFiles.Entry entry)
    {
        var document = new VocDocument();
        if (entry.Xml is { } xml)
        {
            if (TryRead(source.Tree, xml, issues) is not { } read) return null;
            document = read;
        }

        var file = entry.Xml ?? entry.Stem;
        var (path, picture) = Picture(entry, document.FileName);
        var size = SizeOf(document, picture, file, path);
        var masks = withMasks && document.Objects.Count > 0 ? VocMasks.Read(source, entry.Stem, entry.Xml, size, issues) : null;
        return new DatasetItem
        {
            Path = path,
            Split = entry.Split,
            Size = size,
            Picture = picture,
            Annotations = [.. document.Objects.SelectMany((o, i) => Annotations(o, i, file, path, masks?.GetValueOrDefault(i + 1)))],
        };
    }

    // The XML's own place says which folder; its <filename> says which extension, and often nothing more that is true.
    private (string Path, DatasetPicture? Picture) Picture(VocFiles.Entry entry, string? fileName)
    {
        var folder = TreePath.Folder(entry.Xml ?? "");
        string[] folders = ["JPEGImages", "images", entry.Split ?? "", folder, TreePath.Join(TreePath.Folder(folder), "JPEGImages"), TreePath.Join(TreePath.Folder(folder), "images")];
        var named = fileName is null ? "" : TreePath.Extension(fileName.Replace('\\', '/'));
        foreach (var extension in PictureFinder.Extensions.Prepend(fileName is null ? "" : fileName[^named.Length..]).Where(e => e.Length > 0))
        {
            if (source.Pictures.Find(entry.Stem + extension, folders) is { } picture) return (entry.Stem + extension, picture);
        }

        return (entry.Stem + (PictureFinder.IsPicture("x" + named) ? fileName![^named.Length..] : ".jpg"), null); // an extension came from a name
    }

    private PictureSize? SizeOf(VocDocument document, DatasetPicture? picture, string file, string item)
    {
        if (Side(document.Width) is { } width && Side(document.Height) is { } height) return new(width, height);
        var size = PictureSize.Of(picture);
        if (size is null) issues.Warning("no-size", file, item, "size", "the size is missing or not two positive whole numbers, and no picture tells it.");
        return size;
    }

    private static int? Side(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var side) && side >= 1 && side <= int.MaxValue && Math.Floor(side) == side ? (int)side : null;

    private IEnumerable<DatasetAnnotation> Annotations(VocObject found, int place, string file, string item, Mask? mask)
    {
        var group = found.Parts.Count == 0 ? null : GroupName(place);
        if (Annotation(found, file, item, group, isPart: false) is { } whole) yield return mask is null ? whole : whole with { Shape = new MaskShape(mask), StatedBox = ((BoxShape)whole.Shape).Box };
        foreach (var part in found.Parts)
        {
            if (Annotation(part, file, item, group, isPart: true) is { } annotation) yield return annotation;
        }
    }

    private DatasetAnnotation? Annotation(VocObject found, string file, string item, string? group, bool isPart)
    {
        var position = new FilePosition(Line: found.Line);
        if (string.IsNullOrEmpty(found.Name))
        {
            issues.Error("no-class", file, item, "name", "an object has no name; it is left out.", position);
            return null;
        }

        if (found.HasPolygon) issues.Warning("polygon-not-read", file, item, "polygon", $"the polygon beside the box of a {found.Name} is no part of VOC and is not read.", position);
        if (BoxOf(found.Corners) is not { } box)
        {
            issues.Error("bad-box", file, item, "bndbox", $"the box of a {found.Name} needs four finite numbers with xmax ≥ xmin and ymax ≥ ymin; it is left out.", position);
            return null;
        }

        return new DatasetAnnotation { ClassIndex = classes[found.Name], Shape = new BoxShape(box), Ignore = found.Difficult, GroupId = group, Attributes = AttributesOf(found, isPart) };
    }

    private Box? BoxOf(string?[] corners)
    {
        Span<double> n = stackalloc double[4];
        for (var i = 0; i < 4; i++)
        {
            if (!double.TryParse(corners[i], NumberStyles.Float, CultureInfo.InvariantCulture, out n[i]) || !double.IsFinite(n[i])) return null;
        }

        // The devkit's pixel 1 is [0, 1), and its last pixel belongs to the box.
        if (devkit) (n[0], n[1]) = (n[0] - 1, n[1] - 1);
        double width = n[2] - n[0], height = n[3] - n[1];
        return width >= 0 && height >= 0 && double.IsFinite(width) && double.IsFinite(height) ? new Box(n[0], n[1], width, height) : null;
    }

    private static ImmutableSortedDictionary<string, AttributeValue> AttributesOf(VocObject found, bool isPart)
    {
        if (found is { Truncated: false, Occluded: false, Pose: null or "" or "Unspecified", Attributes.Count: 0 } && !isPart) return DatasetAnnotation.NoAttributes;
        var attributes = DatasetAnnotation.NoAttributes.ToBuilder();
        if (found.Truncated) attributes["truncated"] = new AttributeValue.Flag(true);
        if (found.Occluded) attributes["occluded"] = new AttributeValue.Flag(true);
        if (isPart) attributes["part"] = new AttributeValue.Flag(true);
        if (found.Pose is { Length: > 0 } pose && pose != "Unspecified") attributes["pose"] = new AttributeValue.Text(pose);
        foreach (var (name, value) in found.Attributes) attributes[name] = VocAttribute.Parse(value);
        return attributes.ToImmutable();
    }
}
