using System.Globalization;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Csv;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.OpenImages;

/// <summary>One row of a table of boxes, image labels or masks.</summary>
/// <param name="Image">Place of the image.</param>
/// <param name="Label">Place of the class.</param>
/// <param name="Left">Share of the width.</param>
/// <param name="Top">Share of the height.</param>
/// <param name="Right">Share of the width.</param>
/// <param name="Bottom">Share of the height.</param>
/// <param name="Confidence">1 for what people drew.</param>
/// <param name="Flags">Two bits each for IsOccluded, IsTruncated, IsGroupOf, IsDepiction, IsInside: 0 unknown, 1 no, 2 yes.</param>
/// <param name="Mask">Place of the mask's file among <see cref="OpenImagesRows.MaskFiles"/>; −1 for none.</param>
/// <param name="Line">Line in its table.</param>
internal readonly record struct OpenImagesRow(int Image, int Label, double Left, double Top, double Right, double Bottom, double Confidence, int Flags, int Mask, int Line);

/// <summary>All rows of a tree, about a hundred bytes each, and the images and classes they speak of.</summary>
internal sealed class OpenImagesRows(IssueLog issues)
{
    private static readonly string[] FlagColumns = ["IsOccluded", "IsTruncated", "IsGroupOf", "IsDepiction", "IsInside"];
    private readonly Dictionary<(string? Subset, string Id), int> imagePlaces = [];
    private readonly Dictionary<string, string> subsets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> labelPlaces = new(StringComparer.Ordinal);

    /// <summary>Subset and id of each image.</summary>
    public List<(string? Subset, string Id)> Images { get; } = [];

    /// <summary>Label names of the classes.</summary>
    public List<string> Labels { get; } = [];

    /// <summary>Files of masks.</summary>
    public List<string> MaskFiles { get; } = [];

    /// <summary>Rows of boxes.</summary>
    public ChunkedList<OpenImagesRow> Boxes { get; } = new();

    /// <summary>Rows of classes of images.</summary>
    public ChunkedList<OpenImagesRow> ImageLabels { get; } = new();

    /// <summary>Rows of masks.</summary>
    public ChunkedList<OpenImagesRow> Masks { get; } = new();

    /// <summary>Place of a class; a new one when it is not known.</summary>
    public int LabelPlace(string label)
    {
        if (labelPlaces.TryGetValue(label, out var place)) return place;
        Labels.Add(label);
        return labelPlaces[label] = Labels.Count - 1;
    }

    /// <summary>Place of an image; a new one when it is not known. A row whose table does not say the subset belongs where the image was seen before.</summary>
    public int ImagePlace(string? subset, string id)
    {
        if (subset is null && subsets.TryGetValue(id, out var known)) subset = known;
        else if (subset is not null) subsets.TryAdd(id, subset);
        if (imagePlaces.TryGetValue((subset, id), out var place)) return place;
        Images.Add((subset, id));
        return imagePlaces[(subset, id)] = Images.Count - 1;
    }

    /// <summary>Reads a table.</summary>
    public void Add(IFileTree tree, OpenImagesFile file, CancellationToken cancellationToken)
    {
        using var stream = tree.OpenRead(file.Path);
        using var lines = new LineScanner(stream, file.Path, quotes: true);
        Dictionary<string, int>? columns = null;
        while (lines.Next(out var line))
        {
            if ((lines.Line & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (line.TrimEnd("\r "u8).IsEmpty) continue;
            try
            {
                var fields = CsvFields.Split(columns is null && line.StartsWith("\uFEFF"u8) ? line[3..] : line, ',');
                if (columns is null) columns = fields.Select((f, i) => (f, i)).DistinctBy(f => f.f).ToDictionary(f => f.f, f => f.i, StringComparer.Ordinal);
                else Add(file, new Row(fields, columns), (int)Math.Min(lines.Line, int.MaxValue));
            }
            catch (FormatException e)
            {
                issues.Error("bad-row", file.Path, null, null, $"{e.Message}; the row is left out.", new(Line: lines.Line));
            }
        }
    }

    private void Add(OpenImagesFile file, Row row, int line)
    {
        var id = row.Text("ImageID");
        if (file.Kind == OpenImagesTable.Images)
        {
            ImagePlace(row.Text("Subset") is { Length: > 0 } subset ? subset : file.Subset, id);
            return;
        }

        if (id.Length == 0) throw new FormatException("a row has no ImageID");
        var label = row.Text("LabelName");
        if (label.Length == 0) throw new FormatException("a row has no LabelName");
        var stated = row.Number("Confidence");
        var image = ImagePlace(file.Subset, id);
        if (file.Kind == OpenImagesTable.ImageLabels && stated <= 0) return; // people saw that there is none
        var confidence = ReadScore.Of(stated, issues, file.Path, id, new(Line: line)) ?? 1;
        switch (file.Kind)
        {
            case OpenImagesTable.ImageLabels:
                ImageLabels.Add(new(image, LabelPlace(label), 0, 0, 0, 0, confidence, 0, -1, line));
                break;
            case OpenImagesTable.Boxes:
                Boxes.Add(Checked(new(image, LabelPlace(label), row.Need("XMin"), row.Need("YMin"), row.Need("XMax"), row.Need("YMax"), confidence, FlagsOf(row), -1, line)));
                break;
            default:
                var mask = Checked(new(image, LabelPlace(label), row.Number("BoxXMin") ?? 0, row.Number("BoxYMin") ?? 0, row.Number("BoxXMax") ?? 0, row.Number("BoxYMax") ?? 0, 1, 0, MaskFiles.Count, line));
                MaskFiles.Add(row.Text("MaskPath"));
                Masks.Add(mask);
                break;
        }
    }

    private static OpenImagesRow Checked(OpenImagesRow row) => row.Right >= row.Left && row.Bottom >= row.Top ? row : throw new FormatException("XMax and YMax must not be less than XMin and YMin");

    private static int FlagsOf(Row row)
    {
        var flags = 0;
        for (var i = 0; i < FlagColumns.Length; i++) flags |= (row.Number(FlagColumns[i]) switch { 1 => 2, 0 => 1, _ => 0 }) << (2 * i);
        return flags;
    }

    private readonly record struct Row(List<string> Fields, Dictionary<string, int> Columns)
    {
        public string Text(string column) => Columns.TryGetValue(column, out var place) && place < Fields.Count ? Fields[place] : "";

        public double? Number(string column)
        {
            var text = Text(column);
            if (text.Length == 0) return null;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e6 ? number : throw new FormatException($"{column} has '{(text.Length > 40 ? text[..40] : text)}', which is not a number in range");
        }

        public double Need(string column) => Number(column) ?? throw new FormatException($"{column} is missing");
    }
}
