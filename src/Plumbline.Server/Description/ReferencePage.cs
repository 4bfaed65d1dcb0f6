using Microsoft.AspNetCore.Http.HttpResults;
using Plumbline.Server.Pages;
using Plumbline.Server.Security;

namespace Plumbline.Server.Description;

/// <summary>The OpenAPI document as a page to read and search, at <c>/api/docs</c>. Its files are part of the program and it loads nothing from elsewhere.</summary>
public static class ReferencePage
{
    /// <summary>Maps the page and its files.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var page = Read("reference.html");
        Add(api, "/docs", response =>
        {
            SecurityHeaders.AllowStaticPage(response);
            return TypedResults.Text(page, "text/html; charset=utf-8");
        });
        AddFile(api, "reference.js", "text/javascript; charset=utf-8");
        AddFile(api, "reference.css", "text/css; charset=utf-8");
    }

    private static void AddFile(RouteGroupBuilder api, string name, string type)
    {
        var text = Read(name);
        Add(api, $"/docs/{name}", _ => TypedResults.Text(text, type));
    }

    private static void Add(RouteGroupBuilder api, string path, Func<HttpResponse, ContentHttpResult> answer) =>
        api.MapGet(path, (HttpResponse response) =>
        {
            response.Headers.CacheControl = "no-cache";
            return answer(response);
        }).Allow(Access.SignedIn).ExcludeFromDescription();

    private static string Read(string name)
    {
        using var stream = typeof(ReferencePage).Assembly.GetManifestResourceStream($"reference/{name}") ?? throw new InvalidOperationException($"The program was built without {name}.");
        return new StreamReader(stream).ReadToEnd();
    }
}
