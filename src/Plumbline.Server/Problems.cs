using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Plumbline.Server;

/// <summary>One thing that is wrong with a request: where, by which rule, and what to do.</summary>
/// <param name="Message">For people: what is wrong and what to do.</param>
/// <param name="Pointer">JSON pointer into the request, when the fault is in it.</param>
/// <param name="Item">The item concerned, in bulk requests.</param>
/// <param name="Rule">Stable name of the rule.</param>
public sealed record ProblemError(string Message, string? Pointer = null, string? Item = null, string? Rule = null);

/// <summary>Answers that are not success, as RFC 9457 problem documents with a stable <c>type</c>.</summary>
public static class Problems
{
    /// <summary>400: the request itself is wrong.</summary>
    public static ProblemHttpResult Invalid(string message, params ProblemError[] errors) => Of(400, "invalid", message, errors);

    /// <summary>404: there is no such thing, or the caller may not know of it.</summary>
    public static ProblemHttpResult NotFound(string what) => Of(404, "not-found", $"There is no such {what}, or it was not shared with you.");

    /// <summary>409: the request is right and the state does not allow it.</summary>
    public static ProblemHttpResult Conflict(string type, string message, params ProblemError[] errors) => Of(409, type, message, errors);

    /// <summary>412: what was read has changed since.</summary>
    public static ProblemHttpResult Stale(string what) => Of(412, "stale", $"Somebody else changed the {what} since you opened it. Load it again, then repeat your change.");

    /// <summary>429: too many of these; the answer says when to come back.</summary>
    public static ProblemHttpResult Later(HttpResponse response, TimeSpan wait, string type, string title)
    {
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Of(429, type, title);
    }

    /// <summary>Any other problem.</summary>
    public static ProblemHttpResult Of(int status, string type, string title, params ProblemError[] errors)
    {
        var details = new ProblemDetails { Status = status, Type = $"/problems/{type}", Title = title };
        if (errors.Length > 0) details.Extensions["errors"] = errors;
        return TypedResults.Problem(details);
    }
}

/// <summary>Ends a request with a problem document from any depth; for faults that handlers cannot return as a typed result.</summary>
public sealed class ProblemException(int status, string type, string title, params ProblemError[] errors) : Exception(title)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>The answer to send.</summary>
    public ProblemHttpResult ToResult() => Problems.Of(status, type, Message, errors);
}
