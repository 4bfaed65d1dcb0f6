using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plumbline.Core.Annotations;
using Plumbline.Core.Editing;
using Plumbline.Core.Geometry;
using Plumbline.Server.Features.Annotations;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>More objects on one picture than a page can hold: it fetches those in view.</summary>
public sealed class LargeSetTests(BrowserFixture browser)
{
    private const int Width = 3_000, Height = 2_000, Step = 10, Side = 6;

    [Fact]
    public async Task Of_sixty_thousand_boxes_one_is_moved_and_the_others_stay_as_they_are()
    {
        await using var room = await Workroom.OpenAsync(
            browser, [Pictures.Painted("picture 1.jpg", Width, Height, (x, y) => ((byte)(x / 20), 120, (byte)(y / 20)))], options => options with { TilesAbovePixels = 1_000_000 });
        var boxes = Grid().ToDictionary(_ => Guid.CreateVersion7());
        await FillAsync(room, boxes);
        var ((middleX, middleY), moved) = ((Width / 2, Height / 2), boxes.Single(box => (box.Value.X, box.Value.Y) == (Width / 2, Height / 2)).Key);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).PathAndQuery);
        await Expect(page.GetByText("of 60,000", new() { Exact = false }).First).ToBeVisibleAsync();
        await Expect(page.GetByText("Zoom in for the rest.", new() { Exact = false })).ToBeVisibleAsync();
        await PageChecks.ScreenshotAsync(page, "large-set-from-afar");

        await LookCloselyAsync(page);
        await page.KeysAsync("v", "Escape");
        var (fromX, fromY) = await FromMiddleAsync(page, Side / 2, Side / 2);
        await page.Mouse.MoveAsync(fromX, fromY);
        await page.Mouse.DownAsync(); // not selected before: so small a box is all handles then
        await page.Mouse.MoveAsync(fromX + 20, fromY + 30, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        var history = $"/api/annotation-sets/{room.Images[0].SetId}/history?limit=1&annotationId={moved}";
        await Patience.UntilAsync(async () => (await room.Owner.GetAsync(history)).GetProperty("items")[0].GetProperty("revision").GetInt32(), revision => revision > 60);

        await page.ReloadAsync();
        await Expect(page.GetByText("of 60,000", new() { Exact = false }).First).ToBeVisibleAsync(); // a zoom before the objects are there would be lost
        await page.WaitForEditorAsync();
        await LookCloselyAsync(page);
        await PageChecks.ScreenshotAsync(page, "large-set");

        var set = await room.SetAsync();
        var now = set.GetProperty("annotations").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetGuid(), one => one.GetProperty("shape"));
        Assert.Equal(boxes.Count, now.Count);
        var (x, y) = (now[moved].GetProperty("x").GetDouble(), now[moved].GetProperty("y").GetDouble());
        Assert.InRange(x, middleX + 19, middleX + 21);
        Assert.InRange(y, middleY + 29, middleY + 31);
        Assert.Equal(61, set.GetProperty("revision").GetInt32());
        Assert.All(now.Where(one => one.Key != moved), one => Assert.Equal((boxes[one.Key].X, boxes[one.Key].Y), (one.Value.GetProperty("x").GetDouble(), one.Value.GetProperty("y").GetDouble())));
        Assert.DoesNotContain($"/api/annotation-sets/{room.Images[0].SetId}", asked);
    }

    /// <summary>Full size, about the middle, and all of what is seen is there.</summary>
    private static async Task LookCloselyAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Contentinfo).GetByRole(AriaRole.Button, new() { NameRegex = new("%$") }).ClickAsync();
        await Expect(page.GetByText("Listed is what is in view and around it.")).ToBeVisibleAsync();
    }

    /// <summary>Where a point of the full-size picture is on the page, by its distance from the middle.</summary>
    private static async Task<(float X, float Y)> FromMiddleAsync(IPage page, double x, double y)
    {
        var canvas = await page.GetByRole(AriaRole.Application, new() { Name = "Picture and annotations" }).BoundingBoxAsync() ?? throw new InvalidOperationException("The picture is not on the page.");
        return ((float)(canvas.X + (canvas.Width / 2) + x), (float)(canvas.Y + (canvas.Height / 2) + y));
    }

    private static IEnumerable<Box> Grid() => from row in Enumerable.Range(0, Height / Step) from column in Enumerable.Range(0, Width / Step) select new Box(column * Step, row * Step, Side, Side);

    private static async Task FillAsync(Workroom room, Dictionary<Guid, Box> boxes)
    {
        var (database, store) = (room.Server.Services.GetRequiredService<Database>(), room.Server.Services.GetRequiredService<AnnotationStore>());
        foreach (var chunk in boxes.Chunk(ChangeSetJson.MaximumChanges))
        {
            var changes = new ChangeSet(Guid.CreateVersion7(), [.. chunk.Select(box => new Change.Put(new Annotation { Id = box.Key, ClassId = "car", Shape = new BoxShape(box.Value) }))]);
            await database.WriteAsync(session => store.ApplyAsync(session, room.Images[0].SetId, changes, new PersonRef(room.Owner.UserId, "Owner")));
        }
    }
}
