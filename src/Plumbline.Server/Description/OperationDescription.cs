using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plumbline.Server.Idempotency;
using Plumbline.Server.Security;

namespace Plumbline.Server.Description;

/// <summary>Marks an endpoint that demands <c>If-Match</c>.</summary>
public sealed record NeedsIfMatch;

/// <summary>Completes what the generator knows of an operation: who may call it, its headers, its problems.</summary>
internal static partial class OperationDescription
{
    internal static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<Access>().Last();
        operation.Summary ??= Words().Replace(operation.OperationId ?? "", " $1").Trim();
        operation.Description ??= Describe(access);
        if (metadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType?.Namespace?.Split('.')[^1] is { } slice) operation.Tags = new HashSet<OpenApiTagReference> { new(slice) };
        AddPathParameters(operation, context.Description.RelativePath ?? "");
        if (metadata.OfType<NeedsIfMatch>().Any()) AddHeader(operation, "If-Match", required: true, "The ETag of what is changed.");
        if (context.Description.HttpMethod == "POST" && !access.AllowsAnonymous && !metadata.OfType<RepeatableByItself>().Any()) AddHeader(operation, "Idempotency-Key", required: false, "A key of your own: the same request with the same key is done once.");
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponseReference(nameof(Problem), context.Document);
        if (!access.AllowsAnonymous) operation.Security = Security(context.Document, access);
        return Task.CompletedTask;
    }

    private static string Describe(Access access) =>
        access.AllowsAnonymous ? "For anybody."
        : access.NeedsAdmin ? "For administrators of the installation."
        : access.Role is { } role ? $"For the role {role.ToString().ToLowerInvariant()} and above in the project."
        : access.RefusesTokens ? "For people who are signed in at a browser; not for tokens."
        : "For everybody who is signed in.";

    /// <summary>Handlers that take the project from the caller do not name it as a parameter; the address has it all the same.</summary>
    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        foreach (Match match in RouteParameters().Matches(path))
        {
            var name = match.Groups[1].Value;
            if (operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Path && parameter.Name == name)) continue;
            operation.Parameters.Insert(0, new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, bool required, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static List<OpenApiSecurityRequirement> Security(OpenApiDocument? document, Access access)
    {
        List<OpenApiSecurityRequirement> either = [new() { [new OpenApiSecuritySchemeReference("session", document)] = [] }];
        if (!access.RefusesTokens) either.Add(new() { [new OpenApiSecuritySchemeReference("token", document)] = [] });
        return either;
    }

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex RouteParameters();
}
