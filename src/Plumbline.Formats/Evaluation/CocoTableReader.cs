using System.Globalization;
using System.Text;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>Reads one COCO file, instances or results, in one pass into the rows of an <see cref="ObjectTable"/>: about 70 bytes an object, whatever its outline.</summary>
internal sealed class CocoTableReader
{
    private readonly string file;
    private readonly TableShapes needed;
    private readonly bool scored;
    private readonly bool metadata;
    private readonly IssueLog issues;
    private readonly IdTable imageIds = new();
    private readonly IdTable classIds = new();
    private readonly ChunkedList<TableObject> rows = new();
    private readonly Dictionary<int, TableImage> images = [];
    private readonly Dictionary<int, TableClass> classes = [];
    private readonly List<int> classOrder = [];
    private bool results;
    private CocoObjectParser? parser;

    private CocoTableReader(string file, TableShapes needed, bool scored, bool metadata, IssueLog issues) =>
        (this.file, this.needed, this.scored, this.metadata, this.issues) = (file, needed, scored, metadata, issues);

    /// <summary>Reads the file. Objects that cannot be used become errors in the log.</summary>
    /// <param name="stream">At its start, seekable; owned by the table from here on.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="needed">Shapes to keep the places of.</param>
    /// <param name="scored">Whether every object must carry a score; those of a results list always must.</param>
    /// <param name="metadata">Whether to keep what else image records say.</param>
    /// <param name="issues">Receives faults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">Not COCO.</exception>
    public static ObjectTable Read(Stream stream, string file, TableShapes needed, bool scored, bool metadata, IssueLog issues, CancellationToken cancellationToken)
    {
        var reader = new CocoTableReader(file, needed, scored, metadata, issues);
        reader.Walk(stream, cancellationToken);
        return reader.Settle(stream);
    }

    private delegate void Element(ReadOnlySpan<byte> element, long offset, int place);

    private void Walk(Stream stream, CancellationToken cancellationToken)
    {
        using var json = new JsonFile(stream, file);
        results = json.Peek() == (byte)'[';
        parser = new CocoObjectParser(needed, results, results || scored, imageIds, classIds);
        if (results)
        {
            Each(json, AddObject, cancellationToken);
            json.End();
            return;
        }

        if (json.Peek() != (byte)'{') throw json.Fault("COCO starts with '{', COCO results with '['");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var first = true; json.NextElement(ref first, (byte)'{', (byte)'}');)
        {
            var key = json.Key();
            if (!seen.Add(key)) throw json.Fault($"\"{key}\" appears twice");
            Element? add = key switch { "images" => AddImage, "categories" => AddClass, "annotations" => AddObject, _ => null };
            if (add is null) json.Value(out _);
            else if (json.Peek() != (byte)'[') throw json.Fault($"\"{key}\" must be a list");
            else Each(json, add, cancellationToken);
        }

        json.End();
        if (!seen.Contains("images")) throw new DatasetFormatException(file, "it has no \"images\"; this is not a COCO dataset.");
    }

    private static void Each(JsonFile json, Element add, CancellationToken cancellationToken)
    {
        var place = 0;
        for (var first = true; json.NextElement(ref first); place++)
        {
            if ((place & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            add(json.Value(out var offset), offset, place);
        }
    }

    private void AddImage(ReadOnlySpan<byte> element, long offset, int place)
    {
        try
        {
            ReadOnlySpan<byte> id = default, name = default, width = default, height = default, absent = default, incomplete = default;
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = value;
                else if (key.SequenceEqual("file_name"u8)) name = value;
                else if (key.SequenceEqual("width"u8)) width = value;
                else if (key.SequenceEqual("height"u8)) height = value;
                else if (key.SequenceEqual("neg_category_ids"u8)) absent = value;
                else if (key.SequenceEqual("not_exhaustive_category_ids"u8)) incomplete = value;
            }

            if (id.IsEmpty || id.SequenceEqual("null"u8)) throw new FormatException("it has no id");
            var known = imageIds.Add(id);
            var path = JsonCursor.Text(name) is { } text && (TreePath.TryNormalise(text, out var normal) || (normal = TreePath.Salvage(text)) is not null) ? normal : null;
            var image = new TableImage(path, imageIds.Names[known], SizeOf(width, height), metadata ? ImageMetadata.Of(element) : null)
            {
                Federated = absent.IsEmpty && incomplete.IsEmpty ? null : new(ClassIds(absent), ClassIds(incomplete)),
            };
            if (!images.TryAdd(known, image)) throw new FormatException($"another image has the id {image.Id}");
        }
        catch (FormatException e)
        {
            issues.Error("broken-image", file, string.Create(CultureInfo.InvariantCulture, $"image at place {place}"), null, $"{e.Message}.", new(Offset: offset));
        }
    }

    // Places in the id table for now; categories may come later in the file.
    private HashSet<int> ClassIds(ReadOnlySpan<byte> list)
    {
        var places = new HashSet<int>();
        if (list.IsEmpty) return places;
        if (list[0] != (byte)'[') throw new FormatException("a list of category ids was expected");
        foreach (var part in list[1..^1].Split((byte)','))
        {
            if (list[1..^1][part].Trim(" \t\r\n"u8) is { IsEmpty: false } id) places.Add(classIds.Add(id));
        }

        return places;
    }

    private static PictureSize? SizeOf(ReadOnlySpan<byte> width, ReadOnlySpan<byte> height) =>
        JsonCursor.TryNumber(width, out var w) && JsonCursor.TryNumber(height, out var h) && w is >= 1 and <= int.MaxValue && h is >= 1 and <= int.MaxValue ? new((int)w, (int)h) : null;

    private void AddClass(ReadOnlySpan<byte> element, long offset, int place)
    {
        try
        {
            ReadOnlySpan<byte> id = default;
            string? name = null, frequency = null;
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("id"u8)) id = value;
                else if (key.SequenceEqual("name"u8)) name = JsonCursor.Text(value);
                else if (key.SequenceEqual("frequency"u8)) frequency = JsonCursor.Text(value);
            }

            if (id.IsEmpty || string.IsNullOrEmpty(name)) throw new FormatException("a category needs an id and a name");
            var known = classIds.Add(id);
            if (!classes.TryAdd(known, new(name, classIds.Names[known], frequency))) throw new FormatException($"another category has the id {classIds.Names[known]}");
            classOrder.Add(known);
        }
        catch (FormatException e)
        {
            issues.Error("broken-category", file, string.Create(CultureInfo.InvariantCulture, $"category at place {place}"), null, $"{e.Message}.", new(Offset: offset));
        }
    }

    private void AddObject(ReadOnlySpan<byte> element, long offset, int place)
    {
        try
        {
            rows.Add(parser!.Parse(element, offset, place)); // made before the first element is read
        }
        catch (FormatException e)
        {
            issues.Error(results ? "broken-prediction" : "broken-annotation", file, NameOf(element, place), null, $"{e.Message}.", new(Offset: offset));
        }
    }

    private string NameOf(ReadOnlySpan<byte> element, int place)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{(results ? "prediction" : "annotation")} at place {place}");
        try
        {
            var cursor = new JsonCursor(element);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("image_id"u8)) return $"{name} (image {Encoding.UTF8.GetString(value)})";
            }
        }
        catch (FormatException)
        {
            // Too broken to say whose it is; the place must do.
        }

        return name;
    }

    private ObjectTable Settle(Stream stream)
    {
        var imageOrder = Enumerable.Range(0, imageIds.Names.Count).Where(i => results || images.ContainsKey(i)).Order(new ByNumber(imageIds.Names)).ToList();
        var sortedClasses = (results ? Enumerable.Range(0, classIds.Names.Count) : classOrder).Order(new ByNumber(classIds.Names)).ToList();
        var (imagePlaces, classPlaces) = (Places(imageOrder, imageIds.Names.Count), Places(sortedClasses, classIds.Names.Count));
        var settled = new ChunkedList<TableObject>();
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            if (imagePlaces[row.Image] < 0)
                issues.Warning("dangling-image", file, string.Create(CultureInfo.InvariantCulture, $"annotation at place {i}"), "image_id", $"there is no image with the id {imageIds.Names[row.Image]}; it is left out.");
            else if (classPlaces[row.Class] < 0)
                issues.Error("dangling-category", file, string.Create(CultureInfo.InvariantCulture, $"annotation at place {i} (image {imageIds.Names[row.Image]})"), "category_id", $"there is no category with the id {classIds.Names[row.Class]}.");
            else
                settled.Add(row with { Image = imagePlaces[row.Image], Class = classPlaces[row.Class] });
        }

        return new(
            file,
            [.. imageOrder.Select(i => results ? new TableImage(null, imageIds.Names[i], null) : Settled(images[i], classPlaces))],
            [.. sortedClasses.Select(c => results ? new TableClass(null, classIds.Names[c]) : classes[c])],
            settled, new CocoShapes(stream));
    }

    private static TableImage Settled(TableImage image, int[] classPlaces)
    {
        HashSet<int> Moved(IReadOnlySet<int> ids) => [.. ids.Select(id => classPlaces[id]).Where(place => place >= 0)];
        return image.Federated is { } labels ? image with { Federated = new(Moved(labels.Absent), Moved(labels.Incomplete)) } : image;
    }

    private static int[] Places(List<int> order, int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        for (var i = 0; i < order.Count; i++) places[order[i]] = i;
        return places;
    }

    /// <summary>Numbers by value, then text.</summary>
    private sealed class ByNumber(IReadOnlyList<string> names) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var (first, second) = (long.TryParse(names[x], CultureInfo.InvariantCulture, out var a), long.TryParse(names[y], CultureInfo.InvariantCulture, out var b));
            return first && second ? a.CompareTo(b) : first != second ? (first ? -1 : 1) : string.CompareOrdinal(names[x], names[y]);
        }
    }
}
