using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Records;

/// <summary>
/// One image with its annotations as one JSON object: a line of <c>plumb</c> and of <c>jsonl</c>. Shapes are those of Plumbline's annotation document; what has its default value is left out.
/// </summary>
/// <param name="classNames">Classes go by name; null to write their places.</param>
internal sealed class ItemJson(IReadOnlyList<string>? classNames)
{
    /// <summary>Writes the object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="item">The image.</param>
    /// <param name="picture">Path of its picture in the same tree; null when it is not there.</param>
    public void Write(Utf8JsonWriter json, DatasetItem item, string? picture)
    {
        json.WriteStartObject();
        json.WriteString("image", item.Path);
        if (item.Split is not null) json.WriteString("split", item.Split);
        if (item.Size is { } size)
        {
            json.WriteNumber("width", size.Width);
            json.WriteNumber("height", size.Height);
        }

        if (picture is not null) json.WriteString("picture", picture);
        if (item.SourceId is { } id) WriteRaw(json, "id", id);
        if (item.Outcome is { } outcome) json.WriteString("outcome", CamelCase.Of(outcome));
        if (item.Frame is { } frame) json.WriteNumber("frame", frame);
        AttributeJson.WriteValues(json, item.Attributes);
        if (!item.Other.IsEmpty) WriteRaw(json, "other", item.Other);
        json.WriteStartArray("annotations");
        foreach (var annotation in item.Annotations) Write(json, annotation);
        json.WriteEndArray();
        if (!item.Relations.IsEmpty) WriteRelations(json, item);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, DatasetAnnotation annotation)
    {
        json.WriteStartObject();
        if (classNames is null) json.WriteNumber("class", annotation.ClassIndex);
        else json.WriteString("class", classNames[annotation.ClassIndex]);
        json.WritePropertyName("shape");
        ShapeJson.Write(json, annotation.Shape);
        if (annotation.Outline is { } outline)
        {
            json.WritePropertyName("outline");
            ShapeJson.Write(json, outline);
        }

        if (annotation.StatedBox is { } box)
        {
            json.WriteStartArray("box");
            json.WriteNumberValue(box.X);
            json.WriteNumberValue(box.Y);
            json.WriteNumberValue(box.Width);
            json.WriteNumberValue(box.Height);
            json.WriteEndArray();
        }

        if (annotation.StatedArea is { } area) json.WriteNumber("area", area);
        AttributeJson.WriteValues(json, annotation.Attributes);
        if (annotation.Z != 0) json.WriteNumber("z", annotation.Z);
        if (annotation.GroupId is { } group) json.WriteString("group", group);
        if (annotation.TrackId is { } track) json.WriteString("track", track);
        if (annotation.Ignore) json.WriteBoolean("ignore", true);
        if (annotation.Score is { } score) json.WriteNumber("score", score);
        if (annotation.Provenance is { } provenance) Write(json, provenance);
        if (annotation.SourceId is { } id) WriteRaw(json, "id", id);
        if (!annotation.Other.IsEmpty) WriteRaw(json, "other", annotation.Other);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("origin", CamelCase.Of(provenance.Origin));
        if (provenance.By is { } by) json.WriteString("by", by);
        if (provenance.At is { } at) json.WriteString("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteRelations(Utf8JsonWriter json, DatasetItem item)
    {
        json.WriteStartArray("relations");
        foreach (var relation in item.Relations)
        {
            json.WriteStartObject();
            json.WriteNumber("from", relation.From);
            json.WriteNumber("to", relation.To);
            if (relation.Name.Length > 0) json.WriteString("name", relation.Name);
            if (relation.Direction != RelationDirection.Forward) json.WriteString("direction", CamelCase.Of(relation.Direction));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, string value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.Span, skipInputValidation: true);
    }
}
