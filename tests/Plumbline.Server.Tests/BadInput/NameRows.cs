using System.Text.Json;
using Plumbline.Server.Tests.Annotations;
using Plumbline.Server.Tests.Images;
using Xunit;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>Names in any script are kept as they are; what a database or a terminal chokes on is refused.</summary>
internal static class NameRows
{
    public static IEnumerable<BadInputRow> All() =>
    [
        Kept("Arabic name", "صورة/سيارة.jpg"),
        Kept("Chinese name", "照片/写真.jpg"),
        Kept("name of emoji", "🚗🛑.jpg"),
        Kept("name of letters and combining marks", "cafe\u0301.jpg"),
        Kept("name with a joined and a reversed part", "a\u200db \u202egpj.exe.jpg"),
        Kept("name that looks like markup and SQL", "it's 100% \"fine\" & <b>'; DROP TABLE images; --.jpg"),
        new(
            "two names that look the same",
            scene => scene.UploadAsync(("caf\u00e9.jpg", Photos.Jpeg(1)), ("cafe\u0301.jpg", Photos.Jpeg(2))),
            new(202),
            scene => scene.HoldsAsync(pictures: 2)),
        new("project named in Arabic", scene => RenameAsync(scene, "مشروع 🚦"), new(200), async scene => Assert.Equal("مشروع 🚦", await NameAsync(scene))),
        Refused("project without a name", " "),
        Refused("project name with a control character", "Sig\u0007ns"),
        Refused("project name with a NUL", "Sig\0ns"),
        Refused("project name of 201 characters", new string('x', 201)),
        new(
            "half a surrogate pair as a name",
            scene => scene.SendTextAsync("/api/projects", """{"name":"\ud83d"}"""),
            new(400, "invalid", "$.name"),
            async scene => Assert.Single((await scene.Bench.Owner.GetAsync("/api/projects")).GetProperty("items").EnumerateArray())),
        new("NUL in the address that signs in", scene => scene.SignInAsync("ann\0@example.org", "wrong"), new(401, "sign-in"), scene => scene.UnchangedAsync()),
        new("NUL in a filter", scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Get, $"/api/projects/{scene.Bench.ProjectId}/images?filter=name:%00"), new(400, "filter", "5"), scene => scene.UnchangedAsync()),
        new("NUL in a reason", scene => scene.SaveAsync(scene.Bench.Ann, LabelBench.Outcome("unusable", "dark\0", 0)), new(400, "invalid", "/changes/0/reason"), scene => scene.UnchangedAsync()),
    ];

    private static BadInputRow Kept(string name, string path) => new(
        name,
        scene => scene.UploadAsync((path, Photos.Jpeg(1))),
        new(202),
        async scene =>
        {
            var word = Path.GetFileNameWithoutExtension(path);
            var found = await scene.Bench.Owner.GetAsync($"/api/projects/{scene.Bench.ProjectId}/images?filter={Uri.EscapeDataString($"name:\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"")}");
            Assert.Equal(path, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("path").GetString());
            await scene.HoldsAsync(pictures: 1);
        });

    private static BadInputRow Refused(string row, string name) => new(row, scene => RenameAsync(scene, name), new(400, "invalid", "/name"), async scene => Assert.Equal("Signs", await NameAsync(scene)));

    private static async Task<Answer> RenameAsync(BadInputScene scene, string name)
    {
        var project = await ProjectAsync(scene);
        return await scene.SendAsync(scene.Bench.Owner, HttpMethod.Put, $"/api/projects/{scene.Bench.ProjectId}", new { name }, ("If-Match", project.GetProperty("etag").GetString()));
    }

    private static Task<JsonElement> ProjectAsync(BadInputScene scene) => scene.Bench.Owner.GetAsync($"/api/projects/{scene.Bench.ProjectId}");

    private static async Task<string?> NameAsync(BadInputScene scene) => (await ProjectAsync(scene)).GetProperty("name").GetString();
}
