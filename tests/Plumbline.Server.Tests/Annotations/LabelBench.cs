using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Annotations;

/// <summary>A server with a project, an ontology, an image and two annotators.</summary>
internal sealed class LabelBench : IAsyncDisposable
{
    private LabelBench(TestServer server, ApiClient owner) => (Server, Owner) = (server, owner);

    public static Ontology Ontology { get; } = new()
    {
        Classes =
        [
            new LabelClass { Id = "car", Name = "Car", Color = "#ff0000", Attributes = [new AttributeDefinition { Id = "parked", Name = "Parked", Kind = AttributeKind.Boolean }] },
            new LabelClass { Id = "sign", Name = "Sign", Color = "#00ff00", Shapes = [ShapeKind.Polygon] },
            new LabelClass { Id = "tram", Name = "Tram", Color = "#0000ff", Retired = true },
        ],
    };

    public TestServer Server { get; }

    public ApiClient Owner { get; }

    public ApiClient Ann { get; private set; } = null!; // set by StartAsync

    public ApiClient Ben { get; private set; } = null!; // set by StartAsync

    public string ProjectId { get; private set; } = "";

    public string ImageId { get; private set; } = "";

    public string SetId { get; private set; } = "";

    public Database Database => Server.Services.GetRequiredService<Database>();

    public string Set => $"/api/annotation-sets/{SetId}";

    public static async Task<LabelBench> StartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var server = await TestServer.StartAsync(change);
        var bench = new LabelBench(server, await ApiClient.OwnerAsync(server));
        bench.ProjectId = await bench.Owner.CreateProjectAsync();
        await SeedSet.OntologyAsync(bench.Database, bench.ProjectId, Ontology);
        (bench.ImageId, bench.SetId) = await SeedSet.ImageAsync(bench.Database, bench.ProjectId);
        bench.Ann = await bench.Owner.InviteAsync(bench.ProjectId, ProjectRole.Annotator, "ann@example.org");
        bench.Ben = await bench.Owner.InviteAsync(bench.ProjectId, ProjectRole.Annotator, "ben@example.org");
        return bench;
    }

    public static JsonObject Box(Guid id, double x = 10, long revision = 0, string classId = "car") => Shape(id, revision, classId, new { kind = "box", x, y = 20.25, width = 30, height = 40 });

    public static JsonObject Shape(Guid id, long revision, string classId, object shape) => new()
    {
        ["id"] = id.ToString(),
        ["classId"] = classId,
        ["shape"] = JsonSerializer.SerializeToNode(shape),
        ["attributes"] = new JsonObject(),
        ["z"] = 0,
        ["groupId"] = null,
        ["ignore"] = false,
        ["score"] = null,
        ["provenance"] = new JsonObject { ["origin"] = "drawn", ["by"] = null, ["at"] = null },
        ["revision"] = revision,
    };

    public static object Put(JsonObject annotation) => new { op = "put", annotation };

    public static object Delete(Guid id, long revision) => new { op = "delete", id, revision };

    public static object Outcome(string outcome, string? reason, long revision) => new { op = "outcome", outcome, reason, revision };

    public static object ChangeSet(params object[] changes) => new { changeSetId = Guid.CreateVersion7(), baseRevision = 0, clientId = "tab", changes };

    public Task<JsonElement> SaveAsync(ApiClient who, params object[] changes) => who.PostAsync($"{Set}/changes", ChangeSet(changes));

    /// <summary>Id, left edge and revision of every box of the set, from left to right.</summary>
    public async Task<List<(string Id, double X, long Revision)>> BoxesAsync() =>
        [.. (await Ann.GetAsync(Set)).GetProperty("annotations").EnumerateArray()
            .Select(a => (a.GetProperty("id").GetString()!, a.GetProperty("shape").GetProperty("x").GetDouble(), a.GetProperty("revision").GetInt64()))
            .OrderBy(box => box.Item2)];

    /// <summary>The log is unbroken and the set is what its log says.</summary>
    public async Task AssertSoundAsync() => Assert.Null(await Database.ReadAsync(session => AnnotationStore.FindFaultAsync(session, SetId)));

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { Owner, Ann, Ben }) client?.Dispose();
        await Server.DisposeAsync();
    }
}
