using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Plumb;

/// <summary>What <c>manifest.json</c> says: the version of the format, the header of the dataset, and how many images and annotations belong to it, so that a file that lost some is noticed.</summary>
/// <param name="Header">The dataset's header.</param>
/// <param name="Images">Lines of <c>items.jsonl</c>.</param>
/// <param name="Annotations">Annotations of all lines.</param>
internal sealed record PlumbManifest(DatasetHeader Header, long Images, long Annotations)
{
    /// <summary>The only version so far.</summary>
    public const int Version = 1;

    /// <summary>Its name in the tree.</summary>
    public const string File = "manifest.json";

    /// <summary>The lines, one an image.</summary>
    public const string Items = "items.jsonl";

    private const int MaxBytes = 256 << 20;
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a tree has such a manifest beside its items.</summary>
    public static bool IsIn(IFileTree tree)
    {
        if (!tree.Exists(File) || !tree.Exists(Items)) return false;
        using var stream = tree.OpenRead(File);
        var head = new byte[256];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(head, 0, length).Contains("\"plumb\"", StringComparison.Ordinal);
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] ToUtf8()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable)) Write(json);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DatasetFormatException">It is not there, broken, or of another version.</exception>
    public static PlumbManifest Read(IFileTree tree)
    {
        if (!tree.Exists(File)) throw new DatasetFormatException(tree.Name, $"there is no {File} here; a plumb dataset is a ZIP or folder with {File} and {Items}.");
        var bytes = new byte[1 << 16];
        var length = 0;
        using (var stream = tree.OpenRead(File))
        {
            for (int count; (count = stream.Read(bytes, length, bytes.Length - length)) > 0;)
            {
                length += count;
                if (length == MaxBytes) throw new DatasetFormatException(File, "a manifest of over 256 MiB is not read.");
                if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(MaxBytes, bytes.Length * 2));
            }
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), Strict);
            return Read(new JsonAt(document.RootElement, ""));
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(File, "not valid JSON.", new(e.LineNumber + 1, e.BytePositionInLine + 1), e);
        }
        catch (InvalidOperationException e)
        {
            throw new DatasetFormatException(File, "a name in it is not valid Unicode.", inner: e);
        }
        catch (AnnotationFormatException e)
        {
            throw new DatasetFormatException(File, $"{e.Message} ({(e.Pointer.Length == 0 ? "the document" : e.Pointer)})", inner: e);
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("plumb", Version);
        json.WriteNumber("images", Images);
        json.WriteNumber("annotations", Annotations);
        if (Header.Format.Length > 0) json.WriteString("dialect", Header.Format);
        if (Header.HasUniqueIds) json.WriteBoolean("uniqueIds", true);
        json.WriteStartArray("splits");
        foreach (var split in Header.Splits) json.WriteStringValue(split);
        json.WriteEndArray();
        json.WriteStartArray("classes");
        foreach (var c in Header.Classes) Write(json, c);
        json.WriteEndArray();
        AttributeJson.WriteDefinitions(json, "imageAttributes", Header.ImageAttributes);
        if (!Header.Fields.IsEmpty)
        {
            json.WriteStartObject("fields");
            foreach (var field in Header.Fields) WriteRaw(json, field.Name, field.Json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DatasetClass c)
    {
        json.WriteStartObject();
        json.WriteString("name", c.Name);
        if (c.Parent is not null) json.WriteString("parent", c.Parent);
        if (c.Color is not null) json.WriteString("color", c.Color);
        if (c.Description.Length > 0) json.WriteString("description", c.Description);
        if (c.SourceId is not null) WriteRaw(json, "id", Encoding.UTF8.GetBytes(c.SourceId));
        if (!c.Shapes.IsEmpty)
        {
            json.WriteStartArray("shapes");
            foreach (var kind in c.Shapes) json.WriteStringValue(CamelCase.Of(kind));
            json.WriteEndArray();
        }

        AttributeJson.WriteDefinitions(json, "attributes", c.Attributes);
        if (c.Skeleton is not null) Write(json, c.Skeleton);
        if (!c.Raw.IsEmpty) WriteRaw(json, "raw", c.Raw);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SkeletonDefinition skeleton)
    {
        json.WriteStartObject("skeleton");
        json.WriteString("id", skeleton.Id);
        json.WriteString("name", skeleton.Name);
        json.WriteStartArray("points");
        foreach (var point in skeleton.Points) json.WriteStringValue(point);
        json.WriteEndArray();
        Write(json, "edges", skeleton.Edges);
        Write(json, "mirrored", skeleton.Mirrored);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string member, ImmutableArray<SkeletonEdge> edges)
    {
        json.WriteStartArray(member);
        foreach (var edge in edges)
        {
            json.WriteStartArray();
            json.WriteNumberValue(edge.From);
            json.WriteNumberValue(edge.To);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    // What is carried along may be laid out over several lines; as one line it has one form.
    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        json.WritePropertyName(name);
        using var document = JsonDocument.Parse(value);
        document.RootElement.WriteTo(json);
    }

    private static PlumbManifest Read(JsonAt at)
    {
        at.AsObject("plumb", "images", "annotations", "dialect", "uniqueIds", "splits", "classes", "imageAttributes", "fields");
        var version = at["plumb"].Integer();
        if (version != Version) throw at["plumb"].Fault($"This is version {version} of the plumb format; this program reads version {Version}.");
        var header = new DatasetHeader
        {
            Format = at.Find("dialect")?.Text(int.MaxValue) ?? "",
            HasUniqueIds = at.Find("uniqueIds")?.Flag() ?? false,
            Splits = [.. at["splits"].Items().Select(s => s.Element.ValueKind == JsonValueKind.Null ? null : s.Text(int.MaxValue))],
            Classes = [.. at["classes"].Items().Select(ReadClass)],
            ImageAttributes = AttributeJson.ReadDefinitions(at.Find("imageAttributes")),
            Fields = at.Find("fields") is { Element.ValueKind: JsonValueKind.Object } fields ? [.. fields.Element.EnumerateObject().Select(f => new RawField(f.Name, Raw(f.Value)))] : [],
        };
        return new(header, at["images"].Revision(), at["annotations"].Revision());
    }

    private static DatasetClass ReadClass(JsonAt at)
    {
        at.AsObject("name", "parent", "color", "description", "id", "shapes", "attributes", "skeleton", "raw");
        return new DatasetClass
        {
            Name = at["name"].Text(int.MaxValue),
            Parent = at.Find("parent")?.Text(int.MaxValue),
            Color = at.Find("color")?.Text(int.MaxValue),
            Description = at.Find("description")?.Text(int.MaxValue) ?? "",
            SourceId = at.Find("id") is { } id ? id.Element.GetRawText() : null,
            Shapes = at.Find("shapes") is { } shapes ? [.. shapes.Items().Select(s => s.Name<ShapeKind>())] : [],
            Attributes = AttributeJson.ReadDefinitions(at.Find("attributes")),
            Skeleton = at.Find("skeleton") is { } skeleton ? ReadSkeleton(skeleton) : null,
            Raw = at.Find("raw") is { Element.ValueKind: JsonValueKind.Object } raw ? Raw(raw.Element) : default,
        };
    }

    private static SkeletonDefinition ReadSkeleton(JsonAt at)
    {
        at.AsObject("id", "name", "points", "edges", "mirrored");
        var points = at["points"].Items().Select(p => p.Text(int.MaxValue)).ToImmutableArray();
        return new SkeletonDefinition { Id = at["id"].Text(int.MaxValue), Name = at["name"].Text(int.MaxValue), Points = points, Edges = ReadEdges(at["edges"], points.Length), Mirrored = ReadEdges(at["mirrored"], points.Length) };
    }

    private static ImmutableArray<SkeletonEdge> ReadEdges(JsonAt at, int points) => [.. at.Items().Select(e => e.Items().Select(n => n.Integer()).ToArray() is [var from, var to] && from >= 0 && from < points && to >= 0 && to < points
        ? new SkeletonEdge(from, to)
        : throw e.Fault($"An edge is two of the {points} points, counted from 0."))];

    // Indented or not, the same JSON is the same bytes.
    private static byte[] Raw(JsonElement element)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable with { Indented = false })) element.WriteTo(json);
        return bytes.ToArray();
    }
}
