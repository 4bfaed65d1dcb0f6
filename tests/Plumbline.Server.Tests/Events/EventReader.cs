using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Server.Tests.Events;

/// <summary>Reads a stream of server-sent events.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body) => (_response, _lines) = (response, new StreamReader(body));

    public static async Task<EventReader> OpenAsync(ApiClient client, string query = "", string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events" + query);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event of one of these names; others are passed over.</summary>
    public async Task<(string Name, JsonElement Data)> NextAsync(params string[] names)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var (name, data) in AllAsync(limit.Token))
        {
            if (names.Length == 0 || names.Contains(name)) return (name, data);
        }

        throw new EndOfStreamException();
    }

    /// <summary>Reads until the server ends the stream.</summary>
    public async Task<List<string>> ToEndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var names = new List<string>();
        await foreach (var (name, _) in AllAsync(limit.Token)) names.Add(name);
        return names;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async IAsyncEnumerable<(string Name, JsonElement Data)> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var name = "";
        while (await _lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) yield return (name, JsonDocument.Parse(line[6..]).RootElement);
        }
    }
}
