using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;

namespace Plumbline.Testing.Load;

/// <summary>One person who draws and moves polygons of 30 vertices as fast as the server answers, and like the browser's journal sends each change set until it is answered.</summary>
public sealed class Annotator : IDisposable
{
    private const int Vertices = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Func<Uri> _server;
    private readonly string _setId;
    private readonly Random _random;
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly List<Annotation> _drawn = [];
    private int _saved;

    /// <param name="server">Where the server listens just now.</param>
    /// <param name="token">Who they are.</param>
    /// <param name="setId">The set that they work on, alone or with others.</param>
    /// <param name="seed">What they draw.</param>
    public Annotator(Func<Uri> server, string token, string setId, int seed)
    {
        (_server, _setId, _random) = (server, setId, new Random(seed));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The change sets that the server said it has applied, with what they put.</summary>
    public Dictionary<Guid, (string SetId, Annotation Put)> Acknowledged { get; } = [];

    /// <summary>How long each save took, retries included.</summary>
    public List<TimeSpan> Latencies { get; } = [];

    /// <summary>How many saves were answered; may be read while they work.</summary>
    public int Saved => Volatile.Read(ref _saved);

    /// <summary>How often a save had to be sent again because the connection broke.</summary>
    public int Resent { get; private set; }

    /// <summary>Works until told to stop; finishes what is under way.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) await SaveAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task SaveAsync()
    {
        var mine = _drawn.Count > 0 && _random.Next(3) == 0 ? _random.Next(_drawn.Count) : -1;
        var wanted = mine < 0 ? new Annotation { Id = Guid.CreateVersion7(), ClassId = LabelWorld.ClassId, Shape = Polygon() } : _drawn[mine] with { Shape = Polygon() };
        var changeSetId = Guid.CreateVersion7();
        var watch = Stopwatch.StartNew();
        var revision = await SendUntilAnsweredAsync(changeSetId, wanted);
        Latencies.Add(watch.Elapsed);
        var stored = wanted with { Revision = revision };
        Acknowledged.Add(changeSetId, (_setId, stored));
        Interlocked.Increment(ref _saved);
        if (mine < 0) _drawn.Add(stored);
        else _drawn[mine] = stored;
    }

    private async Task<long> SendUntilAnsweredAsync(Guid changeSetId, Annotation wanted)
    {
        var body = $$"""{"changeSetId":"{{changeSetId}}","baseRevision":0,"changes":[{"op":"put","annotation":{{Encoding.UTF8.GetString(AnnotationJson.ToUtf8(wanted))}}}]}""";
        while (true)
        {
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "application/json");
                using var response = await _http.PostAsync(new Uri(_server(), $"/api/annotation-sets/{_setId}/changes"), content);
                var answer = await response.Content.ReadAsStringAsync();
                if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)response.StatusCode} {answer}");
                var result = JsonDocument.Parse(answer).RootElement.GetProperty("results")[0];
                return result.GetProperty("status").GetString() == "applied" ? result.GetProperty("revision").GetInt64() : throw new InvalidOperationException(answer);
            }
            catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
            {
                Resent++;
                await Task.Delay(100);
            }
        }
    }

    private PolygonShape Polygon()
    {
        var (x, y, radius) = (_random.NextDouble() * 3000, _random.NextDouble() * 2000, 20 + (_random.NextDouble() * 200));
        return new PolygonShape(Core.Geometry.Polygon.FromRing(
        [
            .. Enumerable.Range(0, Vertices).Select(i => new Point2(
                Math.Round(x + (radius * Math.Cos(i * Math.Tau / Vertices)), 2), Math.Round(y + (radius * Math.Sin(i * Math.Tau / Vertices)), 2))),
        ]));
    }
}
