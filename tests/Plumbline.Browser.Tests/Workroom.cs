using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Server;
using Plumbline.Testing;

namespace Plumbline.Browser.Tests;

/// <summary>A server with one project, its classes and its pictures, made through the API so that a test begins where its work begins.</summary>
internal sealed class Workroom : IAsyncDisposable
{
    /// <summary>Pixels of every picture.</summary>
    public const int Width = 600, Height = 400;

    private readonly BrowserFixture _browser;

    private Workroom(BrowserFixture browser, TestServer server, ApiClient owner, string projectId) => (_browser, Server, Owner, ProjectId) = (browser, server, owner, projectId);

    public TestServer Server { get; }

    public ApiClient Owner { get; }

    public string ProjectId { get; }

    /// <summary>The pictures in the order of the gallery.</summary>
    public IReadOnlyList<(string Id, string SetId)> Images { get; private set; } = [];

    /// <summary>Classes <c>car</c>, <c>person</c> and <c>sign</c> with the keys 1, 2 and 3, and <c>rain</c> with key 4, which labels the image as a whole.</summary>
    public static Task<Workroom> OpenAsync(BrowserFixture browser, int images = 1) =>
        OpenAsync(browser, Enumerable.Range(1, images).Select(i => Pictures.Jpeg($"picture {i}.jpg", Width, Height)).ToList());

    /// <summary>The same with pictures <c>picture 1.jpg</c> and so on of one's own.</summary>
    public static async Task<Workroom> OpenAsync(BrowserFixture browser, IReadOnlyList<FilePayload> pictures, Func<ServerOptions, ServerOptions>? options = null)
    {
        var server = await TestServer.StartAsync(options);
        var owner = await ApiClient.OwnerAsync(server);
        var room = new Workroom(browser, server, owner, await owner.CreateProjectAsync("Streets"));
        await room.ChangeClassesAsync(_ => [Class("car", "1"), Class("person", "2"), Class("sign", "3"), Class("rain", "4", "tag")]);
        await room.UploadAsync(pictures);
        return room;
    }

    /// <summary>A label class with a key; without shapes it allows all.</summary>
    public static Dictionary<string, object?> Class(string id, string key, params string[] shapes) => new()
    {
        ["id"] = id,
        ["name"] = id,
        ["parentId"] = null,
        ["color"] = "#c03030",
        ["key"] = key,
        ["shapes"] = shapes,
        ["description"] = "",
        ["attributes"] = Array.Empty<object>(),
        ["skeletonId"] = null,
        ["retired"] = false,
    };

    /// <summary>Saves other classes, like the owner on another machine.</summary>
    public async Task ChangeClassesAsync(Func<List<Dictionary<string, object?>>, List<Dictionary<string, object?>>> change)
    {
        var path = $"/api/projects/{ProjectId}/ontology";
        var current = await Owner.GetAsync(path);
        var classes = current.GetProperty("ontology").GetProperty("classes").Deserialize<List<Dictionary<string, object?>>>()!;
        var ontology = new { classes = change(classes), imageAttributes = Array.Empty<object>(), skeletons = Array.Empty<object>() };
        await Owner.PutAsync(path, new { ontology, reason = "test" }, current.GetProperty("etag").GetString());
    }

    /// <summary>What the server holds of a picture: class and shape of each object, sorted, as text.</summary>
    public async Task<IReadOnlyList<string>> SavedAsync(int image = 0)
    {
        var set = await SetAsync(image);
        return set.GetProperty("annotations").EnumerateArray().Select(Describe).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The set of a picture as the API tells it.</summary>
    public Task<JsonElement> SetAsync(int image = 0) => Owner.GetAsync($"/api/annotation-sets/{Images[image].SetId}");

    /// <summary>Puts a box on a picture, as if somebody had drawn it before.</summary>
    public Task SaveBoxAsync(int image, string classId, double x, double y, double width, double height) =>
        Owner.PostAsync($"/api/annotation-sets/{Images[image].SetId}/changes", new
        {
            changeSetId = Guid.CreateVersion7(),
            baseRevision = 0,
            changes = new[]
            {
                new
                {
                    op = "put",
                    annotation = new
                    {
                        id = Guid.CreateVersion7(), classId, shape = new { kind = "box", x, y, width, height }, attributes = new { }, z = 0, groupId = (string?)null,
                        ignore = false, score = (double?)null, provenance = new { origin = "drawn", by = (string?)null, at = (string?)null }, revision = 0,
                    },
                },
            },
        });

    /// <summary>How often each object of a picture was written.</summary>
    public async Task<IReadOnlyList<int>> WritesPerObjectAsync(int image = 0)
    {
        var history = await Owner.GetAsync($"/api/annotation-sets/{Images[image].SetId}/history?limit=100");
        return history.GetProperty("items").EnumerateArray().GroupBy(item => item.GetProperty("annotationId").GetString()).Select(group => group.Count()).ToList();
    }

    /// <summary>Opens a picture in a fresh profile in which this person is signed in.</summary>
    public async Task<Person> OpenImageAsync(ApiClient who, int image = 0)
    {
        var person = await _browser.OpenAsync(Server, "/favicon.svg");
        await person.Context.AddCookiesAsync(who.Cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = Server.Url.ToString() }));
        await person.Page.GotoAsync(PathOf(image));
        await person.Page.WaitForPictureAsync(image + 1);
        return person;
    }

    /// <summary>Address of a picture's editor.</summary>
    public string PathOf(int image) => $"/projects/{ProjectId}/images/{Images[image].Id}";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Server.DisposeAsync();
    }

    private async Task UploadAsync(IReadOnlyList<FilePayload> files)
    {
        var upload = await Owner.PostAsync($"/api/projects/{ProjectId}/uploads", new
        {
            files = files.Select(file => new { path = file.Name, size = file.Buffer.Length }),
            intent = "images",
            format = (string?)null,
        });
        var uploadPath = $"/api/uploads/{upload.GetProperty("id").GetString()}";
        var bytes = files.SelectMany(file => file.Buffer).ToArray();
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        await ApiClient.ReadAsync(Owner.SendContentAsync(HttpMethod.Put, $"{uploadPath}/parts/0", content, ("X-Content-SHA256", Convert.ToHexStringLower(SHA256.HashData(bytes)))));
        var job = await Owner.PostAsync($"{uploadPath}/complete");
        await Patience.UntilAsync(
            async () => (await Owner.GetAsync($"/api/jobs/{job.GetProperty("id").GetString()}")).GetProperty("state").GetString(),
            state => state == "succeeded");
        var images = (await Owner.GetAsync($"/api/projects/{ProjectId}/images?sort=path")).GetProperty("items").EnumerateArray();
        Images = images.Select(image => (image.GetProperty("id").GetString()!, image.GetProperty("setId").GetString()!)).ToList();
    }

    private static string Describe(JsonElement annotation)
    {
        var shape = annotation.GetProperty("shape");
        var numbers = shape.GetProperty("kind").GetString() switch
        {
            "box" => new[] { "x", "y", "width", "height" }.Select(name => Round(shape.GetProperty(name))),
            "polygon" => shape.GetProperty("parts")[0].GetProperty("outer").EnumerateArray().Select(Round),
            "tag" => [],
            var other => throw new NotSupportedException($"No test draws a {other}."),
        };
        var ignore = annotation.GetProperty("ignore").GetBoolean() ? " ignore" : "";
        return $"{annotation.GetProperty("classId").GetString()} {string.Join(',', numbers)}{ignore}".TrimEnd();
    }

    private static string Round(JsonElement number) => Math.Round(number.GetDouble()).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
