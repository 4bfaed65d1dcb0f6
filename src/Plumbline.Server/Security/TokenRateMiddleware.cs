using System.Security.Claims;

namespace Plumbline.Server.Security;

/// <summary>Keeps a program that runs wild from taking the server from everybody else: so many requests per access token in a minute.</summary>
public sealed class TokenRateMiddleware(RequestDelegate next, AttemptLimiter limiter, ServerOptions options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Answers 429, or lets the request go on.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var refusal = context.User.FindFirstValue(TokenAuthentication.TokenClaim) is { } token && limiter.TryTake("token " + token, options.TokenRequestsPerMinute, Minute) is { } wait
            ? Problems.Later(context.Response, wait, "too-many-requests", $"This access token may send {options.TokenRequestsPerMinute} requests a minute. Wait as long as Retry-After says.")
            : null;
        if (refusal is null) await next(context);
        else await refusal.ExecuteAsync(context);
    }
}
