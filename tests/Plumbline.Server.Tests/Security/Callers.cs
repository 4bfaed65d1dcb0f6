using System.Text.RegularExpressions;
using Plumbline.Server.Security;
using Plumbline.Server.Storage;
using Plumbline.Testing;

namespace Plumbline.Server.Tests.Security;

/// <summary>Somebody who calls: a person in a role, or a program with a token.</summary>
/// <param name="Name">For the test's report.</param>
/// <param name="Role">Role in the project; null for strangers and for nobody.</param>
/// <param name="IsAdmin">Administrator.</param>
/// <param name="Scope">Scope of the token; null for sessions.</param>
/// <param name="Client">Sends the requests, with the credentials as fixed headers.</param>
public sealed record CallerInTest(string Name, ProjectRole? Role, bool IsAdmin, TokenScope? Scope, HttpClient Client)
{
    /// <summary>Neither session nor token.</summary>
    public bool IsNobody => Name == "nobody";

    /// <summary>The refusal that this caller must get; null when the call is allowed.</summary>
    public int? RefusalBy(Operation operation, string method)
    {
        if (operation.Needs == Needs.Nobody) return null;
        if (IsNobody) return 401;
        return operation.Needs switch
        {
            Needs.Session => Scope is null ? null : 403,
            Needs.SignedIn => ScopeRefusal(method == "get" ? TokenScope.Read : TokenScope.Manage),
            Needs.ManagerSomewhere => Role >= ProjectRole.Manager ? null : 403,
            Needs.Admin => IsAdmin ? ScopeRefusal(TokenScope.Admin) : 403,
            Needs.Viewer => Role is null ? 404 : ScopeRefusal(method == "get" ? TokenScope.Read : TokenScope.Annotate),
            var role => Role is null ? 404 : Role < ToRole(role) ? 403 : ScopeRefusal((TokenScope)Math.Min((int)ToRole(role), (int)TokenScope.Manage)),
        };
    }

    private int? ScopeRefusal(TokenScope least) => Scope is null || Scope >= least ? null : 403;

    private static ProjectRole ToRole(Needs needs) => Enum.Parse<ProjectRole>(needs.ToString());
}

/// <summary>A server with one project that has one of everything, and everybody who could call.</summary>
public sealed partial class Callers : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly Dictionary<string, string> _ids = [];

    private Callers(TestServer server) => _server = server;

    public List<CallerInTest> All { get; } = [];

    public static async Task<Callers> StartAsync()
    {
        var callers = new Callers(await TestServer.StartAsync(options => options with { AttemptsPerMinute = 1_000_000, JobSlots = 0 }));
        using var admin = await ApiClient.OwnerAsync(callers._server);
        using var owner = await admin.InviteStrangerAsync();
        var project = await owner.CreateProjectAsync();
        await callers.SeedAsync(project);

        callers.All.Add(new CallerInTest("nobody", null, false, null, callers.NewClient()));
        await callers.AddPersonAsync("stranger", null, false, await admin.InviteStrangerAsync());
        foreach (var role in new[] { ProjectRole.Viewer, ProjectRole.Annotator, ProjectRole.Reviewer, ProjectRole.Manager })
        {
            await callers.AddPersonAsync(role.ToString().ToLowerInvariant(), role, false, await owner.InviteAsync(project, role));
        }

        await callers.AddPersonAsync("owner", ProjectRole.Owner, false, owner);
        await callers.AddPersonAsync("admin", ProjectRole.Owner, true, admin);
        foreach (var scope in new[] { TokenScope.Read, TokenScope.Annotate, TokenScope.Review, TokenScope.Manage }) await callers.AddTokenAsync("owner", ProjectRole.Owner, false, owner, scope);
        foreach (var scope in new[] { TokenScope.Manage, TokenScope.Admin }) await callers.AddTokenAsync("admin", ProjectRole.Owner, true, admin, scope);
        return callers;
    }

    /// <summary>Fills the ids of the seeded things into an address or a body. What was not seeded becomes <c>none</c>.</summary>
    public string Fill(string template) => Placeholder().Replace(template, match => _ids.GetValueOrDefault(match.Groups[1].Value, "none"));

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in All) caller.Client.Dispose();
        await _server.DisposeAsync();
    }

    private async Task AddPersonAsync(string name, ProjectRole? role, bool isAdmin, ApiClient person)
    {
        var session = await person.GetAsync("/api/session");
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Cookie", person.Cookies.GetCookieHeader(_server.Url));
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session.GetProperty("antiForgeryToken").GetString());
        All.Add(new CallerInTest(name, role, isAdmin, null, client));
        if (name == "stranger") _ids["userId"] = person.UserId;
    }

    private async Task AddTokenAsync(string name, ProjectRole role, bool isAdmin, ApiClient person, TokenScope scope)
    {
        var token = await person.PostAsync("/api/tokens", new { name = "test", scopes = new[] { scope } });
        var client = NewClient();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + token.GetProperty("token").GetString());
        All.Add(new CallerInTest($"{name}'s token to {scope.ToString().ToLowerInvariant()}", role, isAdmin, scope, client));
    }

    /// <summary>Without a cookie jar: a sign-out of one row must not sign the next row out.</summary>
    private HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = _server.Url };

    private async Task SeedAsync(string project)
    {
        foreach (var (key, value) in new[] { ("projectId", project), ("imageId", "image-1"), ("setId", "set-1"), ("uploadId", "upload-1"), ("jobId", "job-1"), ("version", "1"), ("n", "0") }) _ids[key] = value;
        var sha256 = ((BlobStore)_server.Services.GetService(typeof(BlobStore))!).Put([1, 2, 3]);
        var database = (Database)_server.Services.GetService(typeof(Database))!;
        await database.WriteAsync(session => session.ExecuteAsync(
            """
            INSERT INTO images (id, project_id, path, name, sha256, bytes, format, width, height, orientation, bit_depth, metadata, pixels_sha256, pixels_type, thumbnail_sha256, thumbnail_type, added_at, added_by)
            VALUES ('image-1', @project, 'a.jpg', 'a.jpg', @sha256, 1, 'Jpeg', 10, 10, 1, 8, '{}', @sha256, 'image/jpeg', @sha256, 'image/jpeg', 0, '');
            INSERT INTO annotation_sets (id, image_id, project_id, source, source_key, revision, outcome, outcome_revision, annotation_count, updated_at)
            VALUES ('set-1', 'image-1', @project, 'working', '', 0, 'Unlabelled', 0, 0, 0);
            INSERT INTO uploads (id, project_id, user_id, intent, files, bytes, part_size, parts, state, created_at, updated_at)
            VALUES ('upload-1', @project, (SELECT MIN(id) FROM users), 'Images', '[]', 1, 1, 1, 'Open', 0, 0);
            INSERT INTO jobs (id, kind, project_id, title, payload, state, created_at, finished_at)
            VALUES ('job-1', 'export', @project, 'Export', '{}', 'Succeeded', 0, 0);
            """,
            new { project, sha256 }));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
