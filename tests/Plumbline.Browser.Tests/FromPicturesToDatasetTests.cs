using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

public sealed class FromPicturesToDatasetTests(BrowserFixture browser)
{
    private const int Width = 640, Height = 400;
    private static readonly (double X, double Y)[] BoxCorners = [(100, 80), (260, 200)];
    private static readonly (double X, double Y)[] Outline = [(320, 100), (480, 140), (440, 300), (330, 260)];

    [Fact]
    public async Task What_is_drawn_at_known_pixels_stands_at_those_pixels_in_coco_yolo_and_voc()
    {
        await using var server = await TestServer.StartAsync();
        await using var person = await browser.OpenAsync(server);
        var page = person.Page;
        await page.BecomeOwnerAsync(server);
        await page.MakeProjectAsync("Streets", "car", "person");
        await page.UploadAsync(Pictures.Jpeg("a upright.jpg", Width, Height), Pictures.Jpeg("b turned.jpg", Height, Width, orientation: 6));

        await page.OpenImageAsync(0);
        await DrawAsync(page);
        await page.ExpectSavedAsync();
        await page.ReloadAsync();
        await page.WaitForEditorAsync();
        Assert.Equal(2, await CountAsync(page));
        var first = page.Url;
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync(url => url != first);
        await page.WaitForEditorAsync();
        await DrawAsync(page);
        await page.ExpectSavedAsync();
        await page.Keyboard.PressAsync("Control+Enter");

        await page.GotoAsync(new Uri(page.Url).AbsolutePath.Split("/images/")[0] + "/exports");
        CheckCoco(await ExportAsync(page, "COCO instances"));
        CheckYolo(await ExportAsync(page, "YOLO detection"));
        CheckYoloSegments(await ExportAsync(page, "YOLO segmentation"));
        CheckVoc(await ExportAsync(page, "Pascal VOC"));
    }

    [Fact]
    public async Task Photos_of_every_orientation_come_in_upright_and_bad_files_are_refused_with_a_reason()
    {
        var photos = Pictures.Shared("exif_orientation", "*.jpg").Concat(Pictures.Shared("images", "*.png").Take(40)).ToArray();
        await using var server = await TestServer.StartAsync();
        await using var person = await browser.OpenAsync(server);
        var page = person.Page;
        await page.BecomeOwnerAsync(server);
        await page.MakeProjectAsync("Photos", "thing");
        await page.UploadAsync([.. photos, new FilePayload { Name = "empty.jpg", MimeType = "image/jpeg", Buffer = [] }], waitForTiles: false);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Show \\d+ notes?$") }).ClickAsync(new() { Timeout = 90_000 });
        await Expect(page.GetByText("The file is empty.").First).ToBeVisibleAsync();

        var project = new Uri(page.Url).AbsolutePath.Split('/')[2];
        var images = (await page.ApiAsync($"/projects/{project}/images?limit=1000")).GetProperty("items").EnumerateArray().ToList();
        foreach (var side in (string[])["Landscape", "Portrait"])
        {
            var sizes = images.Where(image => image.GetProperty("name").GetString()!.StartsWith(side, StringComparison.Ordinal))
                .Select(image => (Width: image.GetProperty("width").GetInt32(), Height: image.GetProperty("height").GetInt32())).ToList();
            Assert.NotEmpty(sizes);
            Assert.Single(sizes.Distinct());
            Assert.Equal(side == "Landscape", sizes[0].Width > sizes[0].Height);
        }
    }

    private static async Task DrawAsync(IPage page)
    {
        async Task<(float X, float Y)> At((double X, double Y) pixel) => await page.OnPageAsync(pixel.X, pixel.Y, Width, Height);

        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("b");
        var (left, top) = await At(BoxCorners[0]);
        await page.Mouse.MoveAsync(left, top);
        await page.Mouse.DownAsync();
        var (right, bottom) = await At(BoxCorners[1]);
        await page.Mouse.MoveAsync(right, bottom, new() { Steps = 4 });
        await page.Mouse.UpAsync();

        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("p");
        foreach (var vertex in Outline)
        {
            var (x, y) = await At(vertex);
            await page.Mouse.ClickAsync(x, y);
        }

        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task<int> CountAsync(IPage page)
    {
        var image = await page.ApiAsync("/images/" + new Uri(page.Url).AbsolutePath.Split('/')[^1]);
        return image.GetProperty("annotationCount").GetInt32();
    }

    private static async Task<ZipArchive> ExportAsync(IPage page, string format)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText(format, new() { Exact = true }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Link, new() { NameRegex = new("Download") }).ClickAsync());
        var archive = ZipFile.OpenRead(await download.PathAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        return archive;
    }

    private static void CheckCoco(ZipArchive archive)
    {
        using var file = archive;
        using var json = JsonDocument.Parse(Read(file, ".json"));
        Assert.All(json.RootElement.GetProperty("images").EnumerateArray(), image => Assert.Equal((Width, Height), (image.GetProperty("width").GetInt32(), image.GetProperty("height").GetInt32())));
        var annotations = json.RootElement.GetProperty("annotations").EnumerateArray().ToList();
        Assert.Equal(4, annotations.Count);
        foreach (var image in annotations.GroupBy(annotation => annotation.GetProperty("image_id").GetInt64()))
        {
            var box = image.Single(annotation => !HasOutline(annotation));
            Near([BoxCorners[0].X, BoxCorners[0].Y, BoxCorners[1].X - BoxCorners[0].X, BoxCorners[1].Y - BoxCorners[0].Y], Numbers(box.GetProperty("bbox")));
            Near(Outline.SelectMany(p => new[] { p.X, p.Y }), Numbers(image.Single(HasOutline).GetProperty("segmentation")[0]));
        }
    }

    private static void CheckYolo(ZipArchive archive)
    {
        using var file = archive;
        foreach (var lines in Labels(file))
        {
            Assert.Equal(2, lines.Count);
            Near([180.0 / Width, 140.0 / Height, 160.0 / Width, 120.0 / Height], lines.Single(line => line[0] == 0)[1..], .01 / Width);
            Near([400.0 / Width, 200.0 / Height, 160.0 / Width, 200.0 / Height], lines.Single(line => line[0] == 1)[1..], .01 / Width);
        }
    }

    private static void CheckYoloSegments(ZipArchive archive)
    {
        using var file = archive;
        foreach (var lines in Labels(file))
        {
            Near(Outline.SelectMany(p => new[] { p.X / Width, p.Y / Height }), lines.Single(line => line[0] == 1)[1..], .01 / Width);
        }
    }

    private static void CheckVoc(ZipArchive archive)
    {
        using var file = archive;
        var pages = file.Entries.Where(entry => entry.Name.EndsWith(".xml", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, pages.Count);
        foreach (var entry in pages)
        {
            using var stream = entry.Open();
            var boxes = XDocument.Load(stream).Descendants("bndbox")
                .Select(box => new[] { "xmin", "ymin", "xmax", "ymax" }.Select(name => Parse(box.Element(name)!.Value)).ToArray())
                .OrderBy(box => box[0]).ToList();
            Near([100, 80, 260, 200], boxes[0]);
            Near([320, 100, 480, 300], boxes[1]);
        }
    }

    private static bool HasOutline(JsonElement annotation) =>
        annotation.TryGetProperty("segmentation", out var segmentation) && segmentation.ValueKind == JsonValueKind.Array && segmentation.GetArrayLength() > 0 && segmentation[0].GetArrayLength() > 0;

    private static List<List<double[]>> Labels(ZipArchive archive)
    {
        var labels = archive.Entries
            .Where(entry => entry.FullName.Contains("labels/", StringComparison.Ordinal) && entry.Name.EndsWith(".txt", StringComparison.Ordinal))
            .Select(entry => Read(entry).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ').Select(Parse).ToArray()).ToList())
            .ToList();
        Assert.Equal(2, labels.Count);
        return labels;
    }

    private static string Read(ZipArchive archive, string ending) => Read(archive.Entries.Single(entry => entry.Name.EndsWith(ending, StringComparison.Ordinal)));

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double[] Numbers(JsonElement array) => array.EnumerateArray().Select(number => number.GetDouble()).ToArray();

    private static void Near(IEnumerable<double> expected, double[] actual, double tolerance = .01)
    {
        var wanted = expected.ToArray();
        Assert.Equal(wanted.Length, actual.Length);
        foreach (var (want, got) in wanted.Zip(actual)) Assert.InRange(got, want - tolerance, want + tolerance);
    }
}
