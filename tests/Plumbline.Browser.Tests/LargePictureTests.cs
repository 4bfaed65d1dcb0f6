using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plumbline.Core;
using Plumbline.Imaging;
using Plumbline.Server.Storage;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Pictures too large to be loaded whole: cut into tiles by the server, and only those in view fetched.</summary>
public sealed class LargePictureTests(BrowserFixture browser)
{
    private const int Width = 10_000, Height = 6_000;

    // A plate near the middle, across the border of four tiles.
    private const int Left = 5_080, Top = 3_040, Right = 5_200, Bottom = 3_100;

    [Fact]
    public async Task Sixty_megapixels_are_drawn_on_pixel_by_pixel_without_loading_the_whole_picture()
    {
        await using var room = await Workroom.OpenAsync(browser, [Pictures.Painted("picture 1.jpg", Width, Height, Paint)]);
        await UntilTilesAsync(room, "ready");
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);
        await page.ReloadAsync();
        await page.WaitForEditorAsync();

        await Patience.UntilAsync(() => EdgesAsync(page), edges => edges == "dark inside, light outside");
        await page.PickAsync("1", "b");
        await page.MoveToPixelAsync(Left, Top);
        await page.Mouse.DownAsync();
        await page.MoveToPixelAsync(Right, Bottom);
        await page.Mouse.UpAsync();

        await room.UntilSavedAsync(0, $"car {Left},{Top},{Right - Left},{Bottom - Top}");
        var prefix = $"/api/images/{room.Images[0].Id}";
        Assert.DoesNotContain($"{prefix}/pixels", asked);
        Assert.Contains($"{prefix}/tiles/5/9/5", asked); // of the full size, under the plate
        Assert.InRange(asked.Distinct().Count(path => path.StartsWith($"{prefix}/tiles/", StringComparison.Ordinal)), 5, 60);
        await PageChecks.ScreenshotAsync(page, "large-picture");
    }

    [Fact]
    public async Task A_page_that_is_open_tells_that_tiles_are_missing_and_becomes_sharp_when_they_are_made()
    {
        await using var room = await Workroom.OpenAsync(browser, [Pictures.Painted("picture 1.jpg", Workroom.Width, Workroom.Height, PaintSquare)], options => options with { TilesAbovePixels = 100_000 });
        await UntilTilesAsync(room, "ready");
        var jobId = (await room.Owner.GetAsync($"/api/images/{room.Images[0].Id}")).GetProperty("tiles").GetProperty("jobId").GetString();
        await room.Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            await session.ExecuteAsync("DELETE FROM pyramids");
            await session.ExecuteAsync("UPDATE jobs SET state = 'Failed' WHERE id = @jobId", new { jobId });
        });
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        var note = page.GetByText("This large picture could not be cut into tiles and is shown small.");
        await Expect(note).ToBeVisibleAsync();
        await page.PickAsync("1", "w");
        await page.MoveToAsync(300, 200);
        await Expect(page.GetByText("The picture could not be looked at: its tiles are not there yet.")).ToBeVisibleAsync();
        var tile = page.WaitForRequestAsync(request => request.Url.Contains("/tiles/1/0/0", StringComparison.Ordinal));

        await room.Owner.PostAsync($"/api/jobs/{jobId}/retry");

        await Expect(note).ToBeHiddenAsync();
        await tile;
        await page.PickAsync("1", "w");
        await page.MoveToAsync(300, 200);
        await page.ClickPictureAsync(300, 200);
        await page.Keyboard.PressAsync("Enter");
        var found = await Patience.UntilAsync(async () => (await room.SetAsync()).GetProperty("annotations"), annotations => annotations.GetArrayLength() == 1);
        var outline = found[0].GetProperty("shape").GetProperty("parts")[0].GetProperty("outer").EnumerateArray().Select(number => number.GetDouble()).Chunk(2).ToList();
        Assert.All(((double, double)[])[(250, 150), (350, 150), (350, 250), (250, 250)], corner => Assert.Contains(outline, vertex => Math.Abs(vertex[0] - corner.Item1) <= 2 && Math.Abs(vertex[1] - corner.Item2) <= 2));
    }

    private static (byte R, byte G, byte B) Paint(int x, int y) => x is >= Left and < Right && y is >= Top and < Bottom ? ((byte)20, (byte)20, (byte)20) : ((byte)220, (byte)(200 + (x / 400)), (byte)200);

    private static (byte R, byte G, byte B) PaintSquare(int x, int y) => x is >= 250 and < 350 && y is >= 150 and < 250 ? ((byte)190, (byte)50, (byte)50) : ((byte)70, (byte)120, (byte)80);

    /// <summary>What the page shows two pixels within and two pixels beyond each corner of the plate.</summary>
    private static async Task<string> EdgesAsync(IPage page)
    {
        var shot = RasterCodec.Decode(ImageSource.FromBytes(await page.ScreenshotAsync()), ImageLimits.Default);
        var inside = new List<bool>();
        var outside = new List<bool>();
        foreach (var (x, y, dx, dy) in ((int, int, int, int)[])[(Left, Top, 1, 1), (Right, Top, -1, 1), (Left, Bottom, 1, -1), (Right, Bottom, -1, -1)])
        {
            inside.Add(await IsDarkAsync(page, shot, x + (2 * dx), y + (2 * dy)));
            outside.Add(await IsDarkAsync(page, shot, x - (3 * dx), y + (2 * dy)));
            outside.Add(await IsDarkAsync(page, shot, x + (2 * dx), y - (3 * dy)));
        }

        return $"{Word(inside)} inside, {Word(outside)} outside";
        static string Word(List<bool> dark) => dark.TrueForAll(it => it) ? "dark" : dark.Contains(true) ? "mixed" : "light";
    }

    private static async Task<bool> IsDarkAsync(IPage page, Raster shot, int x, int y)
    {
        var (left, top) = await page.OnPageAsync(x + 0.5, y + 0.5, Width, Height);
        return shot[(int)left, (int)top].Red < 120;
    }

    private static Task UntilTilesAsync(Workroom room, string state) => Patience.UntilAsync(
        async () => (await room.Owner.GetAsync($"/api/images/{room.Images[0].Id}")).GetProperty("tiles").GetProperty("state").GetString(), found => found == state);
}

/// <summary>Hands on the large picture.</summary>
file static class LargeHands
{
    public static async Task MoveToPixelAsync(this IPage page, double x, double y)
    {
        var (left, top) = await page.OnPageAsync(x, y, 10_000, 6_000);
        await page.Mouse.MoveAsync(left, top, new() { Steps = 3 });
    }
}
