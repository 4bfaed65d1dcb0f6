using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Tools that look at the pixels, used with a real mouse on a noisy picture whose truth is known. It is stored lying on its side, so that they must see it upright.</summary>
public sealed class AssistanceTests(BrowserFixture browser)
{
    private const double CentreX = 330, CentreY = 190;

    [Fact]
    public async Task Wand_scissors_and_a_box_find_the_object_and_undo_takes_all_back()
    {
        await using var room = await OpenAsync();
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;

        await page.PickAsync("1", "w");
        await page.MoveToAsync(CentreX, CentreY);
        await page.ClickPictureAsync(CentreX, CentreY);
        await page.Keyboard.PressAsync("Enter");
        await UntilFoundAsync(room, 1);

        await page.PickAsync("1", "s");
        for (var k = 0; k < 6; k++)
        {
            var (x, y) = OnOutline(k * Math.PI / 3);
            await page.MoveToAsync(x, y);
            await page.ClickPictureAsync(x, y);
        }

        await page.Keyboard.PressAsync("Enter");
        await UntilFoundAsync(room, 2);

        await page.PickAsync("1", "g");
        await page.DragAsync(CentreX - 150, CentreY - 140, CentreX + 150, CentreY + 150);
        await page.Keyboard.PressAsync("Enter");
        await UntilFoundAsync(room, 3);

        await page.KeysAsync("Control+z", "Control+z", "Control+z");
        await room.UntilSavedAsync(0);
    }

    [Fact]
    public async Task The_wand_follows_the_wheel_is_cancelled_without_a_trace_and_its_tolerance_is_shown()
    {
        await using var room = await OpenAsync();
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.PickAsync("1", "w");
        var tolerance = page.GetByRole(AriaRole.Slider, new() { Name = "Tolerance" });
        await Expect(tolerance).ToHaveAttributeAsync("aria-valuenow", "16");
        await page.MoveToAsync(CentreX, CentreY);
        await page.ClickPictureAsync(CentreX, CentreY);
        await page.Keyboard.DownAsync("Alt");
        await page.Mouse.WheelAsync(0, -120);
        await page.Keyboard.UpAsync("Alt");
        await Expect(tolerance).ToHaveAttributeAsync("aria-valuenow", "18");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
        await page.DrawBoxAsync("1", 20, 20, 40, 40);
        await room.UntilSavedAsync(0, "car 20,20,40,40");
    }

    [Fact]
    public async Task A_loose_box_is_tightened_to_the_object()
    {
        await using var room = await OpenAsync();
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", CentreX - 150, CentreY - 140, 300, 290);
        await page.KeysAsync("v", "Control+a", "Shift+O");
        var (left, top, right, bottom) = TrueBox();
        await Patience.UntilAsync(
            async () => (await room.SavedAsync()).SingleOrDefault() ?? "",
            saved =>
            {
                if (!saved.StartsWith("car ", StringComparison.Ordinal)) return false;
                var numbers = saved[4..].Split(',').Select(int.Parse).ToArray();
                return Math.Abs(numbers[0] - left) <= 3 && Math.Abs(numbers[1] - top) <= 3
                    && Math.Abs(numbers[0] + numbers[2] - right) <= 3 && Math.Abs(numbers[1] + numbers[3] - bottom) <= 3;
            });
    }

    /// <summary>Orientation 6 means that the lying picture is turned clockwise: its pixel (u, v) is seen at (width − 1 − v, u).</summary>
    private Task<Workroom> OpenAsync()
    {
        var random = new Random(5);
        var picture = Pictures.Painted("picture 1.jpg", Workroom.Height, Workroom.Width, (u, v) => Colour(Workroom.Width - 1 - v, u), 6);
        return Workroom.OpenAsync(browser, [picture]);

        (byte R, byte G, byte B) Colour(int x, int y)
        {
            var noise = random.Next(-9, 10) + (int)(12 * Math.Sin(x / 60.0));
            var (r, g, b) = IsInside(x + 0.5, y + 0.5) ? (190, 70, 55) : (70, 115, 85);
            return ((byte)(r + noise), (byte)(g + noise), (byte)(b + noise));
        }
    }

    /// <summary>Waits until the server holds so many objects, each nearly the true one, made with help.</summary>
    private static async Task UntilFoundAsync(Workroom room, int count)
    {
        var saved = await Patience.UntilAsync(
            async () => (await room.SetAsync()).GetProperty("annotations").EnumerateArray().ToList(),
            annotations => annotations.Count == count);
        foreach (var annotation in saved)
        {
            Assert.Equal("assisted", annotation.GetProperty("provenance").GetProperty("origin").GetString());
            Assert.InRange(OverlapWithTruth(annotation.GetProperty("shape")), 0.95, 1);
        }
    }

    private static double OverlapWithTruth(JsonElement shape)
    {
        var rings = shape.GetProperty("parts").EnumerateArray()
            .SelectMany(part => part.GetProperty("holes").EnumerateArray().Prepend(part.GetProperty("outer")))
            .Select(ring => ring.EnumerateArray().Select(number => number.GetDouble()).ToArray()).ToList();
        var (both, any) = (0, 0);
        for (var y = 0.5; y < Workroom.Height; y++)
        {
            for (var x = 0.5; x < Workroom.Width; x++)
            {
                var found = rings.Sum(ring => Crossings(ring, x, y)) % 2 == 1;
                var isTrue = IsInside(x, y);
                if (found && isTrue) both++;
                if (found || isTrue) any++;
            }
        }

        return (double)both / any;
    }

    private static int Crossings(double[] ring, double x, double y)
    {
        var count = 0;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
        {
            var (ax, ay, bx, by) = (ring[j], ring[j + 1], ring[i], ring[i + 1]);
            if (ay > y != by > y && x < ax + ((bx - ax) * (y - ay) / (by - ay))) count++;
        }

        return count;
    }

    private static bool IsInside(double x, double y) => Math.Sqrt(Square(x - CentreX) + Square(y - CentreY)) <= Radius(Math.Atan2(y - CentreY, x - CentreX));

    private static double Radius(double angle) => 100 + (16 * Math.Sin(3 * angle)) + (8 * Math.Cos(2 * angle));

    private static (double X, double Y) OnOutline(double angle) => (CentreX + (Radius(angle) * Math.Cos(angle)), CentreY + (Radius(angle) * Math.Sin(angle)));

    private static (double Left, double Top, double Right, double Bottom) TrueBox()
    {
        var outline = Enumerable.Range(0, 720).Select(k => OnOutline(k * Math.PI / 360)).ToList();
        return (outline.Min(p => p.X), outline.Min(p => p.Y), outline.Max(p => p.X), outline.Max(p => p.Y));
    }

    private static double Square(double value) => value * value;
}
