using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Records;

namespace Plumbline.Formats.Csv;

/// <summary>Which column holds what, from the first row. Names that other tools use are known too.</summary>
internal sealed class CsvColumns
{
    /// <summary>The columns that are written, in their order.</summary>
    public static readonly string[] Written = ["image", "split", "width", "height", "class", "xmin", "ymin", "xmax", "ymax", "geometry", "score", "ignore", "z", "group", "track", "attributes"];

    /// <summary>The columns that say where something is: a row that fills one is more than the mention of an image.</summary>
    public static readonly string[] Places = ["xmin", "ymin", "xmax", "ymax", "geometry"];

    private const double Snap = 1e6;

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["filename"] = "image",
        ["file_name"] = "image",
        ["image_path"] = "image",
        ["path"] = "image",
        ["file"] = "image",
        ["image_name"] = "image",
        ["label"] = "class",
        ["label_name"] = "class",
        ["category"] = "class",
        ["class_name"] = "class",
        ["subset"] = "split",
        ["set"] = "split",
        ["x_min"] = "xmin",
        ["y_min"] = "ymin",
        ["x_max"] = "xmax",
        ["y_max"] = "ymax",
        ["x1"] = "xmin",
        ["y1"] = "ymin",
        ["x2"] = "xmax",
        ["y2"] = "ymax",
        ["left"] = "xmin",
        ["top"] = "ymin",
        ["right"] = "xmax",
        ["bottom"] = "ymax",
        ["confidence"] = "score",
        ["image_width"] = "width",
        ["image_height"] = "height",
    };

    private readonly Dictionary<string, int> places = new(StringComparer.OrdinalIgnoreCase);

    private CsvColumns(char mark) => Mark = mark;

    /// <summary>What stands between fields.</summary>
    public char Mark { get; }

    private bool HasBoxes => places.ContainsKey("xmin") && places.ContainsKey("ymin") && places.ContainsKey("xmax") && places.ContainsKey("ymax");

    /// <summary>Whether rows have boxes or shapes; a file of images and classes alone is read when asked for, and not recognised.</summary>
    public bool HasShapes => HasBoxes || places.ContainsKey("geometry");

    /// <summary>Null when the first row names no image column and no class column.</summary>
    public static CsvColumns? From(ReadOnlySpan<byte> header)
    {
        if (header.StartsWith("\uFEFF"u8)) header = header[3..];
        var mark = header.IndexOf((byte)'\t') >= 0 ? '\t' : header.IndexOf((byte)',') < 0 && header.IndexOf((byte)';') >= 0 ? ';' : ',';
        var columns = new CsvColumns(mark);
        try
        {
            foreach (var (name, place) in CsvFields.Split(header, mark).Select((n, i) => (n.Trim(), i))) columns.places.TryAdd(Aliases.GetValueOrDefault(name, name), place);
        }
        catch (FormatException)
        {
            return null;
        }

        return columns.places.ContainsKey("image") && columns.places.ContainsKey("class") ? columns : null;
    }

    /// <summary>The field of a column; null when the file has no such column or the row leaves it empty.</summary>
    public string? Field(IReadOnlyList<string> row, string column) => places.TryGetValue(column, out var place) && place < row.Count && row[place].Length > 0 ? row[place] : null;

    /// <summary>The annotation of a row, its score as it stands; null for an image without any.</summary>
    /// <exception cref="FormatException">A field is not what it should be.</exception>
    public DatasetAnnotation? Annotation(IReadOnlyList<string> row, IReadOnlyDictionary<string, int> classes)
    {
        if (Field(row, "class") is not { } name) return null;
        return new DatasetAnnotation
        {
            ClassIndex = classes[name],
            Shape = Field(row, "geometry") is { } geometry ? Geometry(geometry) : Box(row),
            Score = Number(row, "score"),
            Ignore = Field(row, "ignore") is { } ignore && (ignore == "1" || ignore.Equals("true", StringComparison.OrdinalIgnoreCase)),
            Z = Number(row, "z") is { } z ? Math.Floor(z) == z && Math.Abs(z) <= int.MaxValue ? (int)z : throw new FormatException("z must be a whole number") : 0,
            GroupId = Field(row, "group"),
            TrackId = Field(row, "track"),
            Attributes = Field(row, "attributes") is { } attributes ? Json(attributes, at => AttributeJson.ReadValues(at), "attributes") : DatasetAnnotation.NoAttributes,
        };
    }

    /// <summary>The whole, positive number of a column; null when there is none.</summary>
    public int? Side(IReadOnlyList<string> row, string column) => int.TryParse(Field(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : null;

    private Shape Box(IReadOnlyList<string> row)
    {
        if (!HasBoxes) return new TagShape();
        if (Number(row, "xmin") is not { } left || Number(row, "ymin") is not { } top || Number(row, "xmax") is not { } right || Number(row, "ymax") is not { } bottom)
            return Field(row, "xmin") is null && Field(row, "xmax") is null ? new TagShape() : throw new FormatException("a box needs xmin, ymin, xmax and ymax");
        double width = Snapped(right - left), height = Snapped(bottom - top);
        if (width < 0 || height < 0) throw new FormatException("a box ends before it starts");
        return double.IsFinite(width) && double.IsFinite(height) ? new BoxShape(new Box(left, top, width, height)) : throw new FormatException("a box is larger than a number can say");
    }

    private static Shape Geometry(string json) => Json(json, at => ShapeJson.Read(at, int.MaxValue), "geometry");

    private static T Json<T>(string text, Func<JsonAt, T> read, string column)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(new JsonAt(document.RootElement, ""));
        }
        catch (Exception e) when (e is JsonException or AnnotationFormatException or InvalidOperationException)
        {
            throw new FormatException($"{column}: {(e is not AnnotationFormatException ? "it is not valid JSON" : e.Message.TrimEnd('.'))}", e);
        }
    }

    private double? Number(IReadOnlyList<string> row, string column)
    {
        if (Field(row, column) is not { } text) return null;
        return double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw new FormatException($"{column} is not a number: '{(text.Length > 40 ? text[..40] + "…" : text)}'");
    }

    private static double Snapped(double pixels) => Math.Abs(pixels) < 1e9 ? Math.Round(pixels * Snap) / Snap : pixels;
}
