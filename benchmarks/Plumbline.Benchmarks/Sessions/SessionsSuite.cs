using System.Text.Json;
using Plumbline.Benchmarks.Ingest;
using Plumbline.Core.Annotations;

namespace Plumbline.Benchmarks.Sessions;

/// <summary>What common work costs an annotator: actions an object, and how long the editor lets them wait. Headless Chromium, real mouse and keys. Argument: names of sessions, with commas.</summary>
internal static class SessionsSuite
{
    private const int Classified = 60;

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var studio = await Studio.OpenAsync();
        var boxes = await studio.AddProjectAsync(Studio.Classes(oneTag: false, ShapeKind.Box, "car", "person", "sign"), 1);
        var polygons = await studio.AddProjectAsync(Studio.Classes(oneTag: false, ShapeKind.Polygon, "field", "meadow"), 1);
        var panoptic = await studio.AddProjectAsync(Studio.Classes(oneTag: false, ShapeKind.Mask, "sky", "building", "road", "car", "person"), 1);
        var tags = await studio.AddProjectAsync(Studio.Classes(oneTag: true, ShapeKind.Tag, "day", "night", "rain"), Classified + 1);
        var plan = new
        {
            address = studio.Server.Address,
            cookies = studio.Server.CookieHeader,
            sessions = arguments.Length > 0 ? arguments[0] : "boxes,polygons,panoptic,tags",
            width = Studio.Width,
            height = Studio.Height,
            boxes = boxes.Pictures,
            polygons = polygons.Pictures,
            panoptic = panoptic.Pictures,
            tags = tags.Pictures,
        };
        return await IngestServer.RunScriptAsync("sessions.mjs", JsonSerializer.Serialize(plan, JsonSerializerOptions.Web));
    }
}
