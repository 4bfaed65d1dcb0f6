using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Core.Synthetic;
using Plumbline.Imaging;
using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Browser.Tests;

/// <summary>A server that has been used for a while: people, projects with names that are too long, 200 classes, labelled pictures, jobs and exports. Beside it one that nobody has set up.</summary>
public sealed class Installation : IAsyncLifetime
{
    private const string LongFileName =
        "inspection-2026-03-14-line-07-camera-front-left-exposure-12500us-gain-1.5-lens-25mm-batch-000482-frame-0001739-crop-a.jpg";

    private static readonly string[] FileNames =
        [LongFileName, "تقاطع طريق الملك فهد مع شارع العليا - الكاميرا الشمالية.jpg", "ulica Świętokrzyska – skrzyżowanie z aleją Jana Pawła II, widok z góry.jpg", .. Enumerable.Range(4, 9).Select(n => $"street-{n:000}.jpg")];

    private TestServer? _server, _fresh;
    private ApiClient? _owner, _stranger;

    /// <summary>The server in use.</summary>
    public TestServer Server => Started(_server);

    /// <summary>A server without an owner.</summary>
    public TestServer Fresh => Started(_fresh);

    /// <summary>An administrator who owns all the projects.</summary>
    public ApiClient Owner => Started(_owner);

    /// <summary>Somebody in no project.</summary>
    public ApiClient Stranger => Started(_stranger);

    /// <summary>Address of the full project.</summary>
    public string Project { get; private set; } = "";

    /// <summary>Address of a project in which there is nothing yet.</summary>
    public string EmptyProject { get; private set; } = "";

    /// <summary>Address of a labelled image in the editor.</summary>
    public string Image { get; private set; } = "";

    /// <summary>Address of a finished import of pictures, one of which was none.</summary>
    public string ImportJob { get; private set; } = "";

    /// <summary>Address of a finished export into a format that cannot say everything.</summary>
    public string ExportJob { get; private set; } = "";

    /// <summary>Address of a finished look at a dataset of 5,000 classes.</summary>
    public string LookJob { get; private set; } = "";

    /// <summary>Address of an open invitation.</summary>
    public string Invitation { get; private set; } = "";

    /// <summary>Address of a link that sets a new password.</summary>
    public string ResetLink { get; private set; } = "";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        (_server, _fresh) = (await TestServer.StartAsync(), await TestServer.StartAsync());
        _owner = await ApiClient.OwnerAsync(_server);
        _stranger = await _owner.InviteStrangerAsync();
        await AddProjectsAsync();
        var id = await AddProjectAsync("Road users at unsignalled junctions, Riyadh and Jeddah, winter 2026 (second camera generation)", "Vehicles, people and signs, outlined.");
        Project = $"/projects/{id}";
        await AddPeopleAsync(id);
        var ontology = await Owner.GetAsync($"/api/projects/{id}/ontology");
        await Owner.PutAsync($"/api/projects/{id}/ontology", new { ontology = TwoHundredClasses(), reason = "The classes of the contract" }, ontology.GetProperty("etag").GetString());
        await AddPicturesAsync(id);
        await LabelAsync(id);
        ExportJob = await EndOfAsync(await Owner.PostAsync($"/api/projects/{id}/exports", new { format = "voc", images = "none", scope = "all", options = new { } }));
        await EndOfAsync(await Owner.PostAsync($"/api/projects/{id}/exports", new { format = "coco", images = "upright", scope = "labelled", options = new { } }));
        LookJob = await SendAsync(id, "preview", ("labels.json", FiveThousandClasses()));
        await Owner.PostAsync("/api/tokens", new { name = "Nightly export", scopes = new[] { TokenScope.Read } });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _owner?.Dispose();
        _stranger?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (_fresh is not null) await _fresh.DisposeAsync();
    }

    private static T Started<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("The installation has not started.");

    private static Ontology TwoHundredClasses()
    {
        var scene = SyntheticScene.OntologyOf(SceneKind.Street);
        string[] palette = [.. scene.Classes.Select(labelClass => labelClass.Color)];
        var more = Enumerable.Range(scene.Classes.Length, 200 - scene.Classes.Length).Select(n => new LabelClass
        {
            Id = $"more-{n}",
            Name = n % 40 == 0 ? $"حافلة مدرسية صفراء ذات لوحة توقف {n}" : n % 25 == 0 ? $"Temporary traffic sign on a trailer, facing away from the camera {n}" : $"Sign {n}",
            Color = palette[n % palette.Length],
        });
        return scene with { Classes = [.. scene.Classes, .. more] };
    }

    private async Task AddProjectsAsync()
    {
        foreach (var name in new[] { "Shelves", "Cells", "مشروع كشف عيوب اللحام في خطوط الأنابيب", "Weld seams", "Wheat ears", "Chest X-rays", "Solar panels from the air" }) await AddProjectAsync(name, "");
        EmptyProject = "/projects/" + await AddProjectAsync("Empty", "");
    }

    private async Task<string> AddProjectAsync(string name, string description) => (await Owner.PostAsync("/api/projects", new { name, description })).GetProperty("id").GetString()!;

    private async Task AddPeopleAsync(string project)
    {
        foreach (var role in new[] { ProjectRole.Viewer, ProjectRole.Annotator, ProjectRole.Reviewer, ProjectRole.Manager }) (await Owner.InviteAsync(project, role)).Dispose();
        (await Owner.InviteAsync(project, ProjectRole.Annotator, "a.person.with.a.remarkably.long.address@department-of-transport.example.org")).Dispose();
        Invitation = PathOf(await Owner.PostAsync("/api/invitations", new { email = "next@example.org", projectId = project, role = ProjectRole.Reviewer }));
        ResetLink = PathOf(await Owner.PostAsync($"/api/users/{Stranger.UserId}/reset-link"));
    }

    private async Task AddPicturesAsync(string project)
    {
        var files = FileNames.Select((name, index) => (Path: "junctions/" + name, Bytes: Jpeg(index))).Append((Path: "junctions/broken.jpg", Bytes: Encoding.UTF8.GetBytes("no picture"))).ToList();
        ImportJob = await SendAsync(project, "images", [.. files]);
    }

    /// <summary>Uploads and waits for the job; answers its address.</summary>
    private async Task<string> SendAsync(string project, string intent, params (string Path, byte[] Bytes)[] files)
    {
        var upload = await Owner.PostAsync($"/api/projects/{project}/uploads", new { files = files.Select(file => new { path = file.Path, size = file.Bytes.Length }), intent });
        var id = upload.GetProperty("id").GetString()!;
        Assert.Equal(1, upload.GetProperty("parts").GetInt32());
        byte[] part = [.. files.SelectMany(file => file.Bytes)];
        using (await Owner.SendContentAsync(HttpMethod.Put, $"/api/uploads/{id}/parts/0", new ByteArrayContent(part), ("X-Content-SHA256", Convert.ToHexStringLower(SHA256.HashData(part)))))
        {
            return await EndOfAsync(await Owner.PostAsync($"/api/uploads/{id}/complete"));
        }
    }

    /// <summary>COCO labels of the project's pictures: the classes of the street among 5,000, names long and in other scripts, a picture that nobody has, a fault.</summary>
    private static byte[] FiveThousandClasses()
    {
        string[] known = [.. SyntheticScene.OntologyOf(SceneKind.Street).Classes.Select(c => c.Name)];
        string NameOf(int n) => n < known.Length ? known[n]
            : n % 10 == 6 ? $"شاحنة نقل ثقيل ذات مقطورة مزدوجة على الطريق السريع {n}"
            : n % 10 == 7 ? $"Articulated lorry with a drawbar trailer, seen from behind at night in heavy rain, number plate not legible {n}" : $"class {n}";
        var categories = Enumerable.Range(0, 5_000).Select(n => new { id = n + 1, name = NameOf(n) });
        var images = FileNames.Append("nobody-has-this.jpg").Select((name, n) => new { id = n + 1, file_name = name, width = 640, height = 480 });
        var annotations = Enumerable.Range(0, 400).Select(n => new
        {
            id = n + 1,
            image_id = (n % (FileNames.Length + 1)) + 1,
            category_id = n == 7 ? 9_999 : (n % 60) + 1,
            area = 100,
            iscrowd = 0,
            bbox = new[] { 20 + (n * 37 % 520), 20 + (n * 53 % 380), 30 + (n % 50), 25 + (n % 40) },
        });
        return JsonSerializer.SerializeToUtf8Bytes(new { images, categories, annotations });
    }

    private async Task LabelAsync(string project)
    {
        var images = await Owner.GetAsync($"/api/projects/{project}/images?limit=100");
        foreach (var image in images.GetProperty("items").EnumerateArray())
        {
            var index = Array.IndexOf(FileNames, image.GetProperty("name").GetString());
            if (index == 0) Image = $"{Project}/images/{image.GetProperty("id").GetString()}";
            if (index % 3 == 2) continue;
            var changes = Scene(index).Annotations(TruthShape.Polygon).Select(object (annotation) => new { op = "put", annotation });
            if (index % 3 == 0) changes = changes.Append(new { op = "outcome", outcome = "labelled", reason = (string?)null, revision = 0 });
            await Owner.PostAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}/changes", new { changeSetId = Guid.NewGuid(), baseRevision = 0, changes });
        }
    }

    /// <summary>Waits for the end of a job; answers its address.</summary>
    private async Task<string> EndOfAsync(JsonElement job)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (job.GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(20, limit.Token);
            job = await Owner.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}");
        }

        Assert.Equal("succeeded", job.GetProperty("state").GetString());
        return $"{Project}/jobs?job={job.GetProperty("id").GetString()}";
    }

    private static SyntheticScene Scene(int index) => SyntheticScene.Create(SceneKind.Street, index + 1, 640, 480);

    private static byte[] Jpeg(int index)
    {
        var image = Scene(index).Image;
        return image.ToJpeg();
    }

    private static string PathOf(JsonElement link) => new Uri(link.GetProperty("url").GetString()!).AbsolutePath;
}
