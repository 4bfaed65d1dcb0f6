using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.OpenImages;

/// <summary>Reads the tables, then gives their rows image by image. Shares become pixels by the picture's own size.</summary>
internal sealed class OpenImagesReader : DatasetReader
{
    private const double SameBox = 1e-5;
    private const int MaxPixels = 1 << 26;
    private static readonly string[] FlagNames = ["occluded", "truncated", "", "depiction", "inside"];
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly OpenImagesRows rows;
    private readonly List<(string? Split, string Stem, int Place)> entries;
    private readonly Grouped<OpenImagesRow> boxes, labels, masks;

    private OpenImagesReader(DatasetSource source, IssueLog issues, OpenImagesRows rows, ImmutableArray<DatasetClass> classes, List<(string? Split, string Stem, int Place)> entries)
    {
        this.source = source;
        this.issues = issues;
        this.rows = rows;
        this.entries = entries;
        boxes = Grouped<OpenImagesRow>.From(rows.Boxes, r => r.Image, rows.Images.Count);
        labels = Grouped<OpenImagesRow>.From(rows.ImageLabels, r => r.Image, rows.Images.Count);
        masks = Grouped<OpenImagesRow>.From(rows.Masks, r => r.Image, rows.Images.Count);
        Header = new DatasetHeader { Format = "openimages", Classes = classes, Splits = [.. entries.Select(e => e.Split).Distinct()] };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static OpenImagesReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var (tables, descriptions) = OpenImagesFiles.Of(source.Tree);
        if (tables.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no table with Open Images' columns here (ImageID, LabelName …).");
        var rows = new OpenImagesRows(request.Issues);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (label, name) in descriptions is null ? [] : OpenImagesFiles.Descriptions(source.Tree, descriptions, request.Issues))
        {
            names.TryAdd(label, name);
            rows.LabelPlace(label);
        }

        foreach (var table in tables.OrderBy(t => t.Kind).ThenBy(t => t.Path, StringComparer.Ordinal)) rows.Add(source.Tree, table, cancellationToken);
        var parents = OpenImagesFiles.Parents(source.Tree);
        var classes = rows.Labels.Select(l => new DatasetClass
        {
            Name = names.GetValueOrDefault(l, l),
            Parent = parents.TryGetValue(l, out var parent) ? names.GetValueOrDefault(parent, parent) : null,
            SourceId = $"\"{JsonEncodedText.Encode(l)}\"",
        }).ToImmutableArray();
        var paths = new ItemPaths(request.Issues);
        var entries = rows.Images.Select((image, place) => (Split: image.Subset, Stem: paths.Take(image.Subset, image.Id, source.Tree.Name, image.Id, "ImageID", default), place))
            .Where(e => e.Stem is not null).Select(e => (e.Split, e.Stem!, e.place)).OrderBy(e => e.Split, StringComparer.Ordinal).ThenBy(e => e.Item2, StringComparer.Ordinal).ToList(); // filtered
        return new OpenImagesReader(source, request.Issues, rows, classes, entries);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var (split, stem, place) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (path, picture) = PicturesByStem.Find(source.Pictures, stem, ".jpg", $"images/{split}", "images", split ?? "");
            var size = PictureSize.Of(picture);
            if (size is null && (boxes[place].Length > 0 || masks[place].Length > 0))
            {
                issues.Error("no-picture", path, path, null, "its picture is not here or broken, and without the picture's size shares cannot become pixels; give --image-root. It is left out.");
                continue;
            }

            yield return new DatasetItem { Path = path, Split = split, Size = size, Picture = picture, Annotations = size is { } known ? Read(place, path, split, known) : Tags(place) };
        }
    }

    private List<DatasetAnnotation> Tags(int place)
    {
        var annotations = new List<DatasetAnnotation>();
        foreach (var row in labels[place]) annotations.Add(new DatasetAnnotation { ClassIndex = row.Label, Shape = new TagShape(), Score = ScoreOf(row) });
        return annotations;
    }

    private List<DatasetAnnotation> Read(int place, string item, string? split, PictureSize size)
    {
        var annotations = new List<DatasetAnnotation>();
        var left = masks[place].ToList();
        foreach (var row in boxes[place])
        {
            // The mask of this very box is the same object.
            var mask = left.FindIndex(m => m.Label == row.Label && Math.Abs(m.Left - row.Left) < SameBox && Math.Abs(m.Top - row.Top) < SameBox && Math.Abs(m.Right - row.Right) < SameBox && Math.Abs(m.Bottom - row.Bottom) < SameBox);
            Shape? shape = mask >= 0 ? MaskOf(left[mask], item, split, size) : null;
            if (mask >= 0) left.RemoveAt(mask);
            var box = BoxOf(row, size);
            annotations.Add(new DatasetAnnotation
            {
                ClassIndex = row.Label,
                Shape = shape ?? new BoxShape(box),
                StatedBox = shape is null ? null : box,
                Ignore = Flag(row, 2) == 2,
                Score = ScoreOf(row),
                Attributes = AttributesOf(row),
            });
        }

        foreach (var row in left)
        {
            if (MaskOf(row, item, split, size) is { } shape) annotations.Add(new DatasetAnnotation { ClassIndex = row.Label, Shape = shape, StatedBox = BoxOf(row, size) });
        }

        annotations.AddRange(Tags(place));
        return annotations;
    }

    private static double? ScoreOf(OpenImagesRow row) => row.Confidence == 1 ? null : row.Confidence;

    private static int Flag(OpenImagesRow row, int place) => (row.Flags >> (2 * place)) & 3;

    private static Box BoxOf(OpenImagesRow row, PictureSize size)
    {
        double left = PixelSnap.Of(row.Left * size.Width), top = PixelSnap.Of(row.Top * size.Height);
        return new(left, top, Math.Max(0, PixelSnap.Of(row.Right * size.Width) - left), Math.Max(0, PixelSnap.Of(row.Bottom * size.Height) - top));
    }

    private static ImmutableSortedDictionary<string, AttributeValue> AttributesOf(OpenImagesRow row)
    {
        var attributes = DatasetAnnotation.NoAttributes;
        for (var i = 0; i < FlagNames.Length; i++)
        {
            if (FlagNames[i].Length > 0 && Flag(row, i) is var flag and > 0) attributes = attributes.Add(FlagNames[i], new AttributeValue.Flag(flag == 2));
        }

        return attributes;
    }

    // Masks of the challenge are smaller than their pictures: each pixel takes what lies under its middle.
    private static Mask Scaled(PngImage png, PictureSize size)
    {
        if ((long)size.Width * size.Height > MaxPixels) throw new InvalidDataException($"its picture has more than {MaxPixels >> 20} megapixels");
        var labels = png.Labels();
        var runs = new RunBuilder();
        for (var y = 0; y < size.Height; y++)
        {
            var line = labels.AsSpan((int)(((2L * y) + 1) * png.Height / (2L * size.Height)) * png.Width, png.Width);
            for (var x = 0; x < line.Length; x++)
            {
                var start = x;
                while (x < line.Length && line[x] != 0) x++;
                if (x > start) runs.AddSpan(((long)y * size.Width) + FirstOver(start), ((long)y * size.Width) + FirstOver(x));
            }
        }

        return new Mask(0, 0, size.Width, size.Height, runs.Finish((long)size.Width * size.Height)).Tight();

        // The first pixel whose middle lies over a column of the mask or beyond it.
        int FirstOver(int column) => (int)(((2L * column * size.Width) + png.Width - 1) / (2L * png.Width));
    }

    private MaskShape? MaskOf(OpenImagesRow row, string item, string? split, PictureSize size)
    {
        var name = rows.MaskFiles[row.Mask];
        try
        {
            if (!TreePath.TryNormalise(name, out var path)) throw new InvalidDataException("its path leads outside the dataset");
            string[] folders = [$"masks/{split}", "masks", $"{split}-masks", ""];
            var file = folders.Select(f => TreePath.Join(f, path)).FirstOrDefault(source.Tree.Exists) ?? throw new InvalidDataException("it is not here");
            using var stream = source.Tree.OpenRead(file);
            return new MaskShape(Scaled(PngReader.Read(stream), size));
        }
        catch (InvalidDataException e)
        {
            issues.Error("bad-mask", name, item, "MaskPath", $"the mask cannot be read: {e.Message.TrimEnd('.')}. It is left out.", new(Line: row.Line));
            return null;
        }
    }
}
