using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Formats.Reports;
using Plumbline.Server;

namespace Plumbline.Cli;

/// <summary>Small JSON files that the user writes: ontologies and contracts.</summary>
internal static class JsonInput
{
    private static readonly JsonSerializerOptions Options = new(JsonSettings.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a mistyped term must not be a term that is never asked for
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it must be, for the message.</param>
    /// <exception cref="DatasetFormatException">It is something else.</exception>
    public static async Task<T> ReadAsync<T>(string path, string what, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(stream, Options, cancellationToken) ?? throw new DatasetFormatException(path, $"it is null; {what} is a JSON object.");
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, $"it is not {what}: {e.Message.Split(" Path:")[0]}", new(e.LineNumber + 1, e.BytePositionInLine + 1), e);
        }
    }
}
