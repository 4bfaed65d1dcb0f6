using Plumbline.Core;
using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using Plumbline.Imaging;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

public sealed class MeanUploadTests(BrowserFixture browser)
{
    private const string Arabic = "صورة الشارع.jpg", Emoji = "🚲 bike 🚦.jpg";

    [Fact]
    public async Task The_report_names_each_bad_file_with_its_reason_and_the_good_ones_hang_in_the_gallery()
    {
        await using var server = await TestServer.StartAsync();
        await using var person = await browser.OpenAsync(server);
        var page = person.Page;
        await page.BecomeOwnerAsync(server);
        await page.MakeProjectAsync("Mean", "car");
        var good = Pictures.Jpeg("good.jpg", 300, 200);
        await ChooseAsync(
            page,
            good,
            new() { Name = "same again.jpg", MimeType = "image/jpeg", Buffer = good.Buffer },
            Pictures.Jpeg(Arabic, 300, 200),
            Pictures.Jpeg(Emoji, 300, 200),
            new() { Name = "empty.jpg", MimeType = "image/jpeg", Buffer = [] },
            new() { Name = "cut off.jpg", MimeType = "image/jpeg", Buffer = Pictures.Jpeg("cut off.jpg", 300, 200).Buffer[..2000] },
            new() { Name = "words.jpg", MimeType = "image/jpeg", Buffer = Encoding.UTF8.GetBytes("Dear diary, this is no picture.") },
            Zip("outside.zip", "../../escaped.jpg", Pictures.Jpeg("escaped", 300, 200).Buffer));

        var uploads = page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await uploads.GetByRole(AriaRole.Button, new() { NameRegex = new(@"^Show \d+ note") }).ClickAsync();
        var report = page.GetByRole(AriaRole.Dialog, new() { Name = "Import report" });
        await Expect(report.GetByRole(AriaRole.Row)).ToHaveCountAsync(6);
        await PageChecks.ScreenshotAsync(page, "mean-report");
        foreach (var (file, reason) in new[]
        {
            ("same again.jpg", "The same picture is already in the project as good.jpg."),
            ("empty.jpg", "The file is empty."),
            ("cut off.jpg", "The file ends before the picture is complete."),
            ("words.jpg", "The file is not a picture."),
            ("outside.zip!/../../escaped.jpg", "the name leads outside the archive"),
        })
        {
            await Expect(report.GetByRole(AriaRole.Row).Filter(new() { HasText = file }).Filter(new() { HasText = reason })).ToHaveCountAsync(1);
        }

        await page.KeysAsync("Escape");
        await Expect(report).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(3);
        foreach (var name in new[] { "good.jpg", Arabic, Emoji })
        {
            var tile = page.GetByRole(AriaRole.Gridcell).Filter(new() { Has = page.GetByTitle(name, new() { Exact = true }) });
            await Expect(tile).ToBeVisibleAsync();
            await Patience.UntilAsync(() => tile.Locator("img").EvaluateAsync<int>("picture => picture.naturalWidth"), width => width > 0);
        }
    }

    [Fact]
    public async Task An_upload_that_the_server_leaves_half_way_goes_on_when_it_is_back()
    {
        await using var server = await TestServer.StartAsync();
        await using var person = await browser.OpenAsync(server);
        var page = person.Page;
        await page.BecomeOwnerAsync(server);
        await page.MakeProjectAsync("Large", "car");
        var parts = new List<string>();
        var firstArrived = new TaskCompletionSource();
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/parts/0", StringComparison.Ordinal) && response.Ok) firstArrived.TrySetResult();
        };
        page.Request += (_, request) =>
        {
            if (request.Url.Contains("/parts/", StringComparison.Ordinal)) parts.Add(request.Url.Split('/')[^1]);
        };
        await page.RouteAsync(
            "**/parts/1",
            async route =>
            {
                await firstArrived.Task;
                await server.StopAsync();
                await route.AbortAsync("connectionrefused");
            },
            new() { Times = 1 });

        await ChooseAsync(page, Noise("noise 1.jpg", 1), Noise("noise 2.jpg", 2));
        var uploads = page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(uploads.GetByText("Waiting to go on")).ToBeVisibleAsync();
        await server.StartAgainAsync();

        await Expect(uploads.GetByText("2 added")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(2);
        Assert.Single(parts, "0");
        Assert.True(parts.Count(part => part == "1") > 1, "The interrupted part was not sent again.");
    }

    private static async Task ChooseAsync(IPage page, params FilePayload[] files)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Files or a ZIP …" }).ClickAsync();
        });
        await chooser.SetFilesAsync(files);
    }

    private static FilePayload Zip(string name, string entry, byte[] content)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = archive.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return new() { Name = name, MimeType = "application/zip", Buffer = bytes.ToArray() };
    }

    /// <summary>A picture that no codec makes small: two of them need more than one part.</summary>
    private static FilePayload Noise(string name, int seed)
    {
        const int width = 2400, height = 1800;
        var rgb = new byte[3 * width * height];
        new Random(seed).NextBytes(rgb);
        return new() { Name = name, MimeType = "image/jpeg", Buffer = new Raster(width, height, rgb).ToJpeg() };
    }
}
