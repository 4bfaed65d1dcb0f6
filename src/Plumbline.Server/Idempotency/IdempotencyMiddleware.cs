using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;

namespace Plumbline.Server.Idempotency;

/// <summary>
/// Lets a client repeat a POST without doing it twice: with the same <c>Idempotency-Key</c> and the same request, the second gets the
/// answer of the first. Keys belong to a person and are kept for a day.
/// </summary>
/// <remarks>
/// A key is reserved before the request runs and filled when it has. A reservation whose request never ended (the process died) counts
/// for a minute; after that the key may be tried again. Stored answers are encrypted, because some hold a secret that is shown once.
/// Each transaction of the request also notes on the key that the request was done: when the process dies before the answer is stored,
/// the same key is told so and does nothing twice. Changes of annotations need no key: their answer is stored with the change, under
/// the change set's own id.
/// </remarks>
public sealed class IdempotencyMiddleware(RequestDelegate next, Database database, TimeProvider clock, IDataProtectionProvider protection)
{
    private const string Header = "Idempotency-Key";
    private const int KeyLength = 200;
    private const int BodyLimit = 4 << 20;
    private const int InProgress = 0;
    private const int Done = 1;
    private readonly IDataProtector _protector = protection.CreateProtector("idempotency");

    /// <summary>Answers from what is stored, or lets the request run and stores its answer.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || context.GetEndpoint()?.Metadata.GetMetadata<RepeatableByItself>() is not null || !HttpMethods.IsPost(context.Request.Method) || context.Items[typeof(Caller)] is not Caller caller)
        {
            await next(context);
            return;
        }

        if (key.Length > KeyLength) throw new ProblemException(400, "invalid", $"An {Header} has at most {KeyLength} characters.");
        var requestHash = await HashAsync(context.Request);
        var (row, reserved) = await database.WriteAsync(session => IdempotencySql.ReserveAsync(session, caller.UserId, key, requestHash, clock.Now()), context.RequestAborted);
        if (reserved) await RunAsync(context, caller.UserId, key);
        else await ReplayAsync(context, row, requestHash);
    }

    private async Task RunAsync(HttpContext context, string userId, string key)
    {
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        var done = false;
        try
        {
            await database.WithEveryWriteAsync(session => IdempotencySql.MarkDoneAsync(session, userId, key), () => next(context));
            var answer = new StoredAnswer(context.Response.ContentType, context.Response.Headers.Location, context.Response.Headers.ETag, copy.ToArray());
            done = context.Response.StatusCode < 500;
            if (done) await database.WriteAsync(session => IdempotencySql.FillAsync(session, userId, key, context.Response.StatusCode, _protector.Protect(JsonSerializer.Serialize(answer)), clock.Now()));
        }
        finally
        {
            context.Response.Body = body;
            if (!done) await database.WriteAsync(session => IdempotencySql.ReleaseAsync(session, userId, key));
        }

        copy.Position = 0;
        await copy.CopyToAsync(body, context.RequestAborted);
    }

    private async Task ReplayAsync(HttpContext context, IdempotencyRow row, string requestHash)
    {
        if (row.RequestHash != requestHash) throw new ProblemException(422, "idempotency-key-reused", $"This {Header} was used for another request. Use a new one.");
        if (row.Status == InProgress) throw new ProblemException(409, "in-progress", "The same request is still running. Wait a moment, then ask again.");
        if (row.Status == Done) throw new ProblemException(409, "answer-lost", "This was done, but the server stopped before it could answer. Load what you see again instead of repeating it.");
        var answer = JsonSerializer.Deserialize<StoredAnswer>(_protector.Unprotect(row.Answer)) ?? throw new InvalidOperationException("The stored answer is empty.");
        context.Response.StatusCode = (int)row.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is not null) context.Response.Headers.Location = answer.Location;
        if (answer.ETag is not null) context.Response.Headers.ETag = answer.ETag;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<string> HashAsync(HttpRequest request)
    {
        request.EnableBuffering(bufferThreshold: 64 << 10, bufferLimit: BodyLimit);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 << 10];
        try
        {
            for (int read; (read = await request.Body.ReadAsync(buffer)) > 0;) hash.AppendData(buffer, 0, read);
        }
        catch (IOException tooLarge) when (tooLarge is not BadHttpRequestException && request.ContentLength is null or > BodyLimit)
        {
            throw new ProblemException(413, "too-large", $"With an {Header} a body may have at most {BodyLimit >> 20} MiB.");
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record StoredAnswer(string? ContentType, string? Location, string? ETag, byte[] Body);
}
