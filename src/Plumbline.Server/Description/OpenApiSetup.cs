using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plumbline.Server.Features.Accounts;
using Plumbline.Server.Security;

namespace Plumbline.Server.Description;

/// <summary>The OpenAPI document at <c>/api/openapi.json</c>, from which the web interface's types are generated.</summary>
public static class OpenApiSetup
{
    /// <summary>Adds the generator.</summary>
    public static void AddServices(IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(SchemaDescription.CompleteAsync);
            options.AddOperationTransformer(OperationDescription.CompleteAsync);
            options.AddDocumentTransformer(CompleteAsync);
        });

    /// <summary>Maps the document.</summary>
    public static void Map(RouteGroupBuilder api) => api.MapOpenApi("/openapi.json").Allow(Access.Anyone);

    private static async Task CompleteAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Plumbline",
            Version = SetupApi.Version,
            Description = "Sign in with a session cookie and the header X-CSRF-TOKEN, or with an access token. Problems are documents of the type application/problem+json with a stable type.",
        };
        document.Servers = [];
        document.Tags = null;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["session"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "plumbline" },
            ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellation));
        document.Components.Responses = new Dictionary<string, IOpenApiResponse>
        {
            [nameof(Problem)] = new OpenApiResponse
            {
                Description = "The request was refused; the type says why.",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
            },
        };
        Sort(document);
    }

    /// <summary>A stable order, so that the document changes only where the API does.</summary>
    private static void Sort(OpenApiDocument document)
    {
        var paths = document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal).ToList();
        document.Paths.Clear();
        foreach (var (path, item) in paths) document.Paths.Add(path, item);
        if (document.Components?.Schemas is { } schemas) document.Components.Schemas = schemas.OrderBy(schema => schema.Key, StringComparer.Ordinal).ToDictionary();
    }
}
