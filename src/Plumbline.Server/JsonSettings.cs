using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Server.Features.Annotations;

namespace Plumbline.Server;

/// <summary>How JSON looks on the wire and in the database: camelCase, enums as camelCase text, numbers strict, what may not be null or missing is refused.</summary>
public static class JsonSettings
{
    /// <summary>The shared settings.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions());

    /// <summary>Applies the settings to other options.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new AnnotationJsonConverter());
        options.Converters.Add(new LabelTileJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.TypeInfoResolver ??= new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver();
        return options;
    }
}
