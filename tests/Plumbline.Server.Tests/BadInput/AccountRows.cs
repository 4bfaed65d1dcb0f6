using Plumbline.Server.Security;
using Plumbline.Testing;
using Xunit;
using static Plumbline.Server.Tests.Annotations.LabelBench;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>Who somebody is, and what they may do.</summary>
internal static class AccountRows
{
    public static IEnumerable<BadInputRow> All() =>
    [
        new("wrong password", scene => scene.SignInAsync(scene.Bench.Ann.Email, "wrong"), new(401, "sign-in"), AnnSignsInAsync),
        new("address that nobody has", scene => scene.SignInAsync("nobody@example.org", ApiClient.Password), new(401, "sign-in"), AnnSignsInAsync),
        new(
            "right password after five wrong ones",
            async scene =>
            {
                await scene.SignInTimesAsync(5, scene.Bench.Ann.Email, "wrong");
                return await scene.SignInAsync(scene.Bench.Ann.Email, ApiClient.Password);
            },
            new(429, "locked"),
            async scene =>
            {
                scene.Clock.Ahead += TimeSpan.FromMinutes(6);
                await AnnSignsInAsync(scene);
            }),
        new("locked address that nobody has", scene => scene.SignInTimesAsync(6, "nobody@example.org", "wrong"), new(429, "locked"), AnnSignsInAsync),
        new(
            "session that ended while drawing",
            scene =>
            {
                scene.Clock.Ahead += TimeSpan.FromDays(31);
                return scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7())));
            },
            new(401, "sign-in-needed"),
            async scene =>
            {
                await scene.UnchangedAsync();
                using var again = await ApiClient.SignInAsync(scene.Bench.Server, scene.Bench.Ann.Email);
                Assert.Equal(new Answer(200, "", "applied"), await scene.SaveAsync(again, Put(Box(Guid.CreateVersion7()))));
            }),
        new(
            "request of another site, without the page's header",
            scene =>
            {
                scene.Bench.Ann.SendsAntiForgery = false;
                return scene.SaveAsync(scene.Bench.Ann, Put(Box(Guid.CreateVersion7())));
            },
            new(403, "anti-forgery"),
            scene => scene.UnchangedAsync()),
        new("viewer who saves", scene => ByAsync(scene, ProjectRole.Viewer, who => scene.SaveAsync(who, Put(Box(Guid.CreateVersion7())))), new(403, "forbidden"), scene => scene.UnchangedAsync()),
        new(
            "annotator who uploads",
            scene => scene.SendAsync(scene.Bench.Ann, HttpMethod.Post, $"/api/projects/{scene.Bench.ProjectId}/uploads", new { files = new[] { new { path = "a.jpg", size = 1 } }, intent = "images" }),
            new(403, "forbidden"),
            scene => scene.UnchangedAsync()),
        new(
            "manager who deletes the project",
            scene => ByAsync(scene, ProjectRole.Manager, who => scene.SendAsync(who, HttpMethod.Delete, $"/api/projects/{scene.Bench.ProjectId}", new { name = "Signs" })),
            new(403, "forbidden"),
            scene => scene.UnchangedAsync()),
        new(
            "stranger who saves",
            async scene =>
            {
                using var stranger = await scene.Bench.Owner.InviteStrangerAsync();
                return await scene.SaveAsync(stranger, Put(Box(Guid.CreateVersion7())));
            },
            new(404, "not-found"),
            scene => scene.UnchangedAsync()),
        new(
            "token that may only read",
            async scene =>
            {
                using var program = await scene.Bench.Ann.NewTokenAsync(TokenScope.Read);
                return await scene.SaveAsync(program, Put(Box(Guid.CreateVersion7())));
            },
            new(403, "scope"),
            scene => scene.UnchangedAsync()),
    ];

    private static async Task<Answer> ByAsync(BadInputScene scene, ProjectRole role, Func<ApiClient, Task<Answer>> act)
    {
        using var somebody = await scene.Bench.Owner.InviteAsync(scene.Bench.ProjectId, role);
        return await act(somebody);
    }

    private static async Task AnnSignsInAsync(BadInputScene scene)
    {
        using var ann = await ApiClient.SignInAsync(scene.Bench.Server, scene.Bench.Ann.Email);
        Assert.Equal(scene.Bench.Ann.UserId, ann.UserId);
        await scene.UnchangedAsync();
    }
}
