using Microsoft.AspNetCore.Antiforgery;

namespace Plumbline.Server.Security;

/// <summary>Demands the header <c>X-CSRF-TOKEN</c> on every request that changes something and is signed in by cookie, so that no other site can act in a person's name.</summary>
public sealed class AntiForgeryMiddleware(RequestDelegate next, IAntiforgery antiforgery)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "X-CSRF-TOKEN";

    /// <summary>Answers 403, or lets the request pass.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var byCookie = context.User.Identity is { IsAuthenticated: true, AuthenticationType: SessionCookie.Scheme };
        if (byCookie && !IsSafe(context.Request.Method) && !await antiforgery.IsRequestValidAsync(context))
        {
            await Problems.Of(403, "anti-forgery", $"The request lacks a valid {Header} header. Ask GET /api/session for the token, then try again.").ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
