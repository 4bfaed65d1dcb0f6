using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Plumbline.Server.Pages;

/// <summary>The web interface: files built beside the program, and one page for every address that is not a file.</summary>
public static class WebPages
{
    private const string NoncePlaceholder = "__NONCE__";

    /// <summary>Adds compression, which is for these files only: answers of the API hold secrets and pictures.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
        // A tenth smaller than at the fastest level for a few milliseconds more a file, which browsers then keep.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    /// <summary>Serves the built files. Names in <c>/assets</c> carry a hash of the content, so the browser keeps them.</summary>
    public static void UseFiles(WebApplication app, ServerOptions options)
    {
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), branch => branch.UseResponseCompression());
        if (!Directory.Exists(options.WebRoot)) return;
        app.UseWhen(context => context.Request.Path != "/index.html", branch => branch.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(options.WebRoot)),
            OnPrepareResponse = file =>
            {
                var isHashed = file.Context.Request.Path.StartsWithSegments("/assets");
                file.Context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
                if (isHashed && file.File.Name.EndsWith(".js", StringComparison.Ordinal)) SecurityHeaders.AllowScript(file.Context.Response);
            },
        }));
    }

    /// <summary>Answers what no endpoint and no file did: the page for addresses of pages, 404 for the rest. Not an endpoint, so that wrong methods and types keep their 405 and 415.</summary>
    public static void UsePage(WebApplication app, ServerOptions options)
    {
        var index = Path.Combine(options.WebRoot, "index.html");
        var page = File.Exists(index) ? File.ReadAllText(index) : null;
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint() is not null) await next(context);
            else await (IsPage(context.Request) ? (IResult)Page(context.Response, page) : Problems.NotFound("address")).ExecuteAsync(context);
        });
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments("/api")
        && (request.Path == "/index.html" || !Path.HasExtension(request.Path));

    private static ContentHttpResult Page(HttpResponse response, string? page)
    {
        if (page is null) return TypedResults.Text("The web interface was not built. Start Plumbline with ./run, or build web/ first. The API is at /api.", statusCode: 503);
        var nonce = SecurityHeaders.AllowPage(response);
        response.Headers[HeaderNames.CacheControl] = "no-store";
        return TypedResults.Text(page.Replace(NoncePlaceholder, nonce, StringComparison.Ordinal), "text/html; charset=utf-8");
    }
}
