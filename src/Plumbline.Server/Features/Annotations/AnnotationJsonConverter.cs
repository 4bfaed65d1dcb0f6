using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Core.Annotations;

namespace Plumbline.Server.Features.Annotations;

/// <summary>Lets answers hold annotations in their one JSON form.</summary>
public sealed class AnnotationJsonConverter : JsonConverter<Annotation>
{
    /// <inheritdoc />
    public override Annotation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return AnnotationJson.Read(document.RootElement, "");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Annotation value, JsonSerializerOptions options) => AnnotationJson.Write(writer, value);
}
