using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Plumbline.Server.Storage;

namespace Plumbline.Server;

/// <summary>The one place where faults become problem documents.</summary>
public sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    /// <summary>Answers what the rest of the pipeline throws.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && Bare(context.Response) is { } problem) await problem.ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await Answer(context, fault).ExecuteAsync(context);
        }
    }

    private ProblemHttpResult Answer(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case ProblemException problem:
                return problem.ToResult();
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, bad.StatusCode == 413 ? "too-large" : "invalid", bad.Message, Cause(bad));
            case var full when DiskFull.Is(full):
                log.LogCritical(fault, "The disk is full");
                return Problems.Of(507, "disk-full", "The server's disk is full. Nothing of this request was stored; free some space, then try again.");
            case PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire }:
                return Problems.Invalid("The request has a NUL character in it, which no text here may have.");
            default:
                log.LogError(fault, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
                return Problems.Of(500, "internal", $"Something went wrong on the server. Its log has the details under {context.TraceIdentifier}.");
        }
    }

    /// <summary>What routing refuses with a status alone.</summary>
    private static ProblemHttpResult? Bare(HttpResponse response) => response.StatusCode switch
    {
        405 => Problems.Of(405, "method", "This address does not know that method."),
        415 => Problems.Of(415, "content-type", "Send the body as application/json."),
        _ => null,
    };

    private static ProblemError[] Cause(BadHttpRequestException bad) =>
        bad.InnerException is System.Text.Json.JsonException json ? [new ProblemError(json.Message, json.Path)] : [];
}
