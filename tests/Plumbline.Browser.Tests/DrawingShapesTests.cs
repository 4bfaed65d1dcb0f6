using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Every shape drawn with mouse and keys, and read back through the API.</summary>
public sealed class DrawingShapesTests(BrowserFixture browser)
{
    [Fact]
    public async Task Each_tool_draws_its_shape()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await GiveSkeletonAsync(room);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;

        await page.PickAsync("1", "e");
        await page.DragAsync(40, 40, 100, 80);
        await page.PickAsync("1", "r");
        await ClickAllAsync(page, (140, 40), (200, 40), (170, 90));
        await page.PickAsync("1", "Shift+B");
        await ClickAllAsync(page, (260, 30), (290, 60), (230, 70), (255, 100));
        await page.PickAsync("1", "l");
        await ClickAllAsync(page, (320, 40), (380, 90), (440, 40));
        await page.Keyboard.PressAsync("Enter");
        await page.PickAsync("1", "o");
        await page.ClickPictureAsync(500, 60);
        await page.PickAsync("1", "c");
        await page.DragAsync(300, 200, 360, 260);
        await page.ClickPictureAsync(390, 250);
        await page.PickAsync("5", "k");
        await ClickAllAsync(page, (60, 160), (40, 200), (80, 200));
        await page.PickAsync("5", "k");
        await page.DragAsync(140, 160, 200, 240);

        await UntilShapesAsync(
            room,
            """{"kind":"box","x":230,"y":30,"width":60,"height":70}""",
            """{"kind":"cuboid","corners":[300,200,360,200,360,260,300,260,330,190,390,190,390,250,330,250]}""",
            """{"kind":"ellipse","cx":70,"cy":60,"rx":30,"ry":20,"angle":0}""",
            """{"kind":"keypoints","points":[170,160,2,200,240,2,140,240,2]}""",
            """{"kind":"keypoints","points":[60,160,2,40,200,2,80,200,2]}""",
            """{"kind":"point","x":500,"y":60}""",
            """{"kind":"polyline","points":[320,40,380,90,440,40]}""",
            """{"kind":"rotatedBox","cx":170,"cy":65,"width":60,"height":50,"angle":0}""");
    }

    [Fact]
    public async Task A_polygon_gets_a_hole_and_a_part_is_cut_and_united_again()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawPolygonAsync("1", (100, 100), (200, 100), (200, 200), (100, 200));
        await page.SelectAtAsync(150, 110);
        await page.Keyboard.PressAsync("p");
        await page.Keyboard.DownAsync("Control");
        await page.ClickPictureAsync(130, 130);
        await page.Keyboard.UpAsync("Control");
        await ClickAllAsync(page, (170, 130), (170, 170), (130, 170));
        await page.Keyboard.PressAsync("Enter");
        await UntilAreasAsync(room, 100 * 100 - 40 * 40);

        await page.Keyboard.PressAsync("y");
        await ClickAllAsync(page, (150, 60), (150, 240));
        await page.Keyboard.PressAsync("Enter");
        await UntilAreasAsync(room, 50 * 100 - 20 * 40, 50 * 100 - 20 * 40);
        await page.Keyboard.PressAsync("u");
        await UntilAreasAsync(room, 100 * 100 - 40 * 40);

        var numbers = page.GetByText("vertices. Click one to type its place.");
        await Expect(numbers).ToBeVisibleAsync();
        await page.KeysAsync("Control+z", "Control+z", "Control+z");
        await UntilAreasAsync(room, 100 * 100);
    }

    [Fact]
    public async Task A_rotated_box_is_turned_by_its_handle_and_its_numbers_are_typed()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.PickAsync("1", "r");
        await ClickAllAsync(page, (250, 180), (350, 180), (300, 240));
        await page.SelectAtAsync(300, 210);
        await page.Keyboard.DownAsync("Shift");
        await page.DragAsync(300, 154, 400, 212);
        await page.Keyboard.UpAsync("Shift");
        var details = page.GetByRole(AriaRole.Region, new() { Name = "Details" });
        await Expect(details.GetByLabel("Angle °")).ToHaveValueAsync("90");
        await details.GetByLabel("Width").FillAsync("80");
        await details.GetByLabel("Width").PressAsync("Enter");
        await Patience.UntilAsync(
            async () => (await ShapesAsync(room)).Single(),
            shape => shape.GetProperty("width").GetDouble() == 80 && Math.Abs(shape.GetProperty("angle").GetDouble() - Math.PI / 2) < 1e-9);
    }

    private static async Task ClickAllAsync(IPage page, params (double X, double Y)[] points)
    {
        foreach (var (x, y) in points)
        {
            await page.MoveToAsync(x, y);
            await page.ClickPictureAsync(x, y);
        }
    }

    /// <summary>A class <c>body</c> with the key 5, whose skeleton has a head and two hands.</summary>
    private static async Task GiveSkeletonAsync(Workroom room)
    {
        var path = $"/api/projects/{room.ProjectId}/ontology";
        var current = await room.Owner.GetAsync(path);
        var classes = current.GetProperty("ontology").GetProperty("classes").Deserialize<List<Dictionary<string, object?>>>()!;
        var body = Workroom.Class("body", "5", "keypoints");
        body["skeletonId"] = "arms";
        object Pair(int from, int to) => new { from, to };
        var skeleton = new { id = "arms", name = "Arms", points = new[] { "head", "left hand", "right hand" }, edges = new[] { Pair(0, 1), Pair(0, 2) }, mirrored = new[] { Pair(1, 2) } };
        var ontology = new { classes = (object[])[.. classes, body], imageAttributes = Array.Empty<object>(), skeletons = new[] { skeleton } };
        await room.Owner.PutAsync(path, new { ontology, reason = "test" }, current.GetProperty("etag").GetString());
    }

    private static async Task<IReadOnlyList<JsonElement>> ShapesAsync(Workroom room) =>
        (await room.SetAsync()).GetProperty("annotations").EnumerateArray().Select(annotation => annotation.GetProperty("shape")).ToList();

    /// <summary>Waits until the server holds exactly these shapes; numbers to a tenth of a pixel.</summary>
    private static Task UntilShapesAsync(Workroom room, params string[] shapes) =>
        Patience.UntilAsync(
            async () => (await ShapesAsync(room)).Select(Rounded).Order(StringComparer.Ordinal).ToList(),
            saved => saved.SequenceEqual(shapes.Select(shape => Rounded(JsonDocument.Parse(shape).RootElement)).Order(StringComparer.Ordinal)));

    private static string Rounded(JsonElement shape) => string.Join(' ', shape.EnumerateObject().Select(member => $"{member.Name}={Rounded(member)}"));

    private static string Rounded(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Number => Tenths(member.Value),
        JsonValueKind.Array => string.Join(',', member.Value.EnumerateArray().Select(Tenths)),
        _ => member.Value.ToString(),
    };

    private static string Tenths(JsonElement number) => Math.Round(number.GetDouble(), 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until the server holds polygons of these areas.</summary>
    private static Task UntilAreasAsync(Workroom room, params double[] areas) =>
        Patience.UntilAsync(
            async () => (await ShapesAsync(room)).Select(Area).Order().ToList(),
            saved => saved.Count == areas.Length && saved.Zip(areas.Order()).All(pair => Math.Abs(pair.First - pair.Second) < 1));

    private static double Area(JsonElement shape) =>
        shape.GetProperty("parts").EnumerateArray().Sum(part => Area(part.GetProperty("outer").EnumerateArray()) - part.GetProperty("holes").EnumerateArray().Sum(hole => Area(hole.EnumerateArray())));

    private static double Area(IEnumerable<JsonElement> ring)
    {
        var numbers = ring.Select(number => number.GetDouble()).ToArray();
        var twice = 0.0;
        for (int i = 0, n = numbers.Length; i < n; i += 2) twice += numbers[i] * numbers[(i + 3) % n] - numbers[(i + 2) % n] * numbers[i + 1];
        return Math.Abs(twice) / 2;
    }
}
