using System.Text.Json;
using Plumbline.Benchmarks.Ingest;
using Plumbline.Core.Annotations;

namespace Plumbline.Benchmarks.Sessions;

/// <summary>How long until another person sees what one has drawn, both in headless Chromium; with nobody else there, and with 20 people on the image. Argument: how many boxes (30).</summary>
internal static class PresenceSuite
{
    private const int People = 20;

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var studio = await Studio.OpenAsync();
        var (project, pictures) = await studio.AddProjectAsync(Studio.Classes(oneTag: false, ShapeKind.Box, "car"), 2);
        var others = new string[People - 1];
        for (var i = 0; i < others.Length; i++) others[i] = await studio.Server.InviteAsync(project, $"person{i + 1}");
        var plan = new
        {
            address = studio.Server.Address,
            cookies = studio.Server.CookieHeader,
            others,
            pictures,
            boxes = arguments.Length > 0 ? int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture) : 30,
            width = Studio.Width,
            height = Studio.Height,
        };
        return await IngestServer.RunScriptAsync("presence.mjs", JsonSerializer.Serialize(plan, JsonSerializerOptions.Web));
    }
}
