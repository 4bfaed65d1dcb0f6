using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Plumbline.Server.Description;

/// <summary>Makes schemas say what the types say: which properties are always there, and that enums are text.</summary>
internal static class SchemaDescription
{
    internal static Task CompleteAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (schema.Enum is { Count: > 0 } values)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(value => value is not null && value.GetValueKind() != System.Text.Json.JsonValueKind.Null)];
        }

        if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is not { Count: > 0 } properties) return Task.CompletedTask;
        schema.Required = context.JsonTypeInfo.Properties
            .Where(property => properties.ContainsKey(property.Name) && IsAlwaysThere(property))
            .Select(property => property.Name)
            .ToHashSet();
        return Task.CompletedTask;
    }

    /// <summary>Constructor parameters with a default may be left out of requests. Other properties are always written in answers.</summary>
    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.AssociatedParameter is not { HasDefaultValue: true } && (property.IsRequired || property.AttributeProvider is PropertyInfo);
}
