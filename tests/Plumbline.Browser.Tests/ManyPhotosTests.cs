using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Hundreds of photos through the page, with everything that can come in between. <c>PLUMBLINE_PHOTOS</c> says how many; 200 otherwise.</summary>
public sealed class ManyPhotosTests(BrowserFixture browser)
{
    private const float Long = 300_000;
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("PLUMBLINE_PHOTOS") ?? "200", CultureInfo.InvariantCulture);
    private static readonly string Title = $"{Grouped(Count)} files";

    [Fact]
    public async Task An_upload_shows_how_far_it_is_and_cancelled_twice_and_begun_again_brings_every_photo_once()
    {
        using var folder = new PhotoFolder();
        var photos = folder.AddMany(Count);
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/images", signedInAs: owner);
        var page = person.Page;
        var network = await page.Context.NewCDPSessionAsync(page);
        await LimitAsync(network, bytesPerSecond: Count * 30_000);
        await RecordProgressAsync(page);

        await ChooseAsync(page, photos);
        await page.WaitForFunctionAsync("label => window.progress[label]?.length > 4", $"Sending {Title}", new() { Timeout = Long });
        await CancelButton(page).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Uploads" })).ToBeHiddenAsync();
        AssertRises(await ProgressAsync(page, $"Sending {Title}"));
        Assert.Empty(await ImagesAsync(owner, project));
        Assert.Empty(await JobsAsync(owner, project));

        await LimitAsync(network, bytesPerSecond: -1);
        await RecordProgressAsync(page);
        await ChooseAsync(page, photos);
        await page.WaitForFunctionAsync(
            """
            ([bar, button]) => {
              const begun = window.progress[bar]?.some((value) => value > 0) === true;
              if (begun) document.querySelector(`[aria-label="${button}"]`).click();
              return begun;
            }
            """,
            new[] { $"Taking in {Title}", $"Cancel {Title}" },
            new() { Timeout = Long });
        await Patience.UntilAsync(async () => (await JobsAsync(owner, project))[0].GetProperty("state").GetString(), state => state == "cancelled");
        var kept = await ImagesAsync(owner, project);
        Assert.InRange(kept.Count, 1, Count - 1);
        await AssertWholeAsync(owner, kept);

        await RecordProgressAsync(page);
        await ChooseAsync(page, photos);
        await Expect(page.GetByText(new Regex($"^{Grouped(Count - kept.Count)} added · {Grouped(kept.Count)} already there$"))).ToBeVisibleAsync(new() { Timeout = Long });
        AssertRises(await ProgressAsync(page, $"Taking in {Title}"));
        var all = await ImagesAsync(owner, project);
        Assert.Equal(photos.Select(Path.GetFileName), all.Select(image => image.GetProperty("path").GetString()));
        await AssertWholeAsync(owner, all);
        await Expect(page.GetByRole(AriaRole.Grid, new() { Name = "Images" })).ToBeVisibleAsync();
        await Expect(page.GetByText($"All {Grouped(Count)}", new() { Exact = true })).ToBeVisibleAsync();
        await PageChecks.ScreenshotAsync(page, "many-photos");
    }

    [Fact]
    public async Task An_upload_goes_on_after_a_reload_of_the_page_and_the_ingest_after_a_restart_of_the_server()
    {
        using var folder = new PhotoFolder();
        var photos = folder.AddMany(Count);
        await using var server = await TestServer.StartAsync();
        using var owner = await ApiClient.OwnerAsync(server);
        var project = await owner.CreateProjectAsync();
        await using var person = await browser.OpenAsync(server, $"/projects/{project}/images", signedInAs: owner);
        var page = person.Page;
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        var (sent, arrived) = (new List<string>(), new List<string>());
        var firstArrived = new TaskCompletionSource();
        page.Request += (_, request) =>
        {
            if (PartOf(request) is { } part) sent.Add(part);
        };
        page.Response += (_, response) =>
        {
            if (!response.Ok || PartOf(response.Request) is not { } part) return;
            arrived.Add(part);
            firstArrived.TrySetResult();
        };
        var network = await page.Context.NewCDPSessionAsync(page);
        await LimitAsync(network, bytesPerSecond: Count * 30_000);

        await ChooseAsync(page, photos);
        await firstArrived.Task.WaitAsync(TimeSpan.FromMilliseconds(Long));
        await page.ReloadAsync();
        var uploads = page.GetByRole(AriaRole.Region, new() { Name = "Uploads" });
        await Expect(uploads.GetByText(new Regex("^Interrupted"))).ToBeVisibleAsync();
        await PageChecks.ScreenshotAsync(page, "upload-interrupted");
        var before = arrived.ToHashSet();
        sent.Clear();
        await LimitAsync(network, bytesPerSecond: -1);
        await RecordProgressAsync(page);
        var chooser = await page.RunAndWaitForFileChooserAsync(() => uploads.GetByRole(AriaRole.Button, new() { Name = "Choose files" }).ClickAsync());
        await chooser.SetFilesAsync(photos);

        await page.WaitForFunctionAsync("label => window.progress[label]?.some((value) => value > 0)", $"Taking in {Title}", new() { Timeout = Long });
        await server.StopAsync();
        await server.StartAgainAsync();
        await Expect(page.GetByText($"{Grouped(Count)} added", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = Long });
        Assert.Empty(before.Intersect(sent));
        using var again = await ApiClient.SignInAsync(server, owner.Email);
        var all = await ImagesAsync(again, project);
        Assert.Equal(photos.Select(Path.GetFileName), all.Select(image => image.GetProperty("path").GetString()));
        await AssertWholeAsync(again, all);
        Assert.Single(await JobsAsync(again, project));
        await Expect(page.GetByText($"All {Grouped(Count)}", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>As the page writes it.</summary>
    private static string Grouped(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string? PartOf(IRequest request) =>
        request.Method == "PUT" && request.Url.Contains("/parts/", StringComparison.Ordinal) ? request.Url.Split('/')[^1] : null;

    private static ILocator CancelButton(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = $"Cancel {Title}" });

    private static async Task ChooseAsync(IPage page, string[] files)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Files or a ZIP …" }).ClickAsync();
        });
        await chooser.SetFilesAsync(files);
    }

    /// <summary>Lets so many bytes leave the browser; −1: as many as can.</summary>
    private static async Task LimitAsync(ICDPSession network, int bytesPerSecond)
    {
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });
    }

    /// <summary>Notes every value that each progress bar of the page takes from now on.</summary>
    private static Task RecordProgressAsync(IPage page) => page.EvaluateAsync(
        """
        () => {
          window.progress = {};
          window.progressObserver?.disconnect();
          const note = () => {
            for (const bar of document.querySelectorAll('[role=progressbar]')) {
              const values = (window.progress[bar.ariaLabel] ??= []);
              const value = Number(bar.ariaValueNow ?? NaN);
              if (value >= 0 && values.at(-1) !== value) values.push(value);
            }
          };
          window.progressObserver = new MutationObserver(note);
          window.progressObserver.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuenow'] });
        }
        """);

    private static Task<double[]> ProgressAsync(IPage page, string label) => page.EvaluateAsync<double[]>("label => window.progress[label]", label);

    private static void AssertRises(double[] values)
    {
        Assert.True(values.Length > 3, $"The bar showed only {string.Join(", ", values)}.");
        Assert.Equal(values.Order(), values);
        Assert.InRange(values[^1], 0, 100);
    }

    private static async Task<List<JsonElement>> ImagesAsync(ApiClient who, string project)
    {
        var images = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var part = await who.GetAsync($"/api/projects/{project}/images?sort=path&limit=500{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            images.AddRange(part.GetProperty("items").EnumerateArray());
            cursor = part.GetProperty("next").GetString();
        }

        return images;
    }

    private static async Task<List<JsonElement>> JobsAsync(ApiClient who, string project) => [.. (await who.GetAsync($"/api/projects/{project}/jobs")).GetProperty("items").EnumerateArray()];

    /// <summary>Each is there once, with its picture, its thumbnail and a set to label.</summary>
    private static async Task AssertWholeAsync(ApiClient who, IReadOnlyCollection<JsonElement> images)
    {
        Assert.Equal(images.Count, images.Select(image => image.GetProperty("path").GetString()).Distinct().Count());
        foreach (var image in images.Where((_, index) => index % 20 == 0))
        {
            var id = image.GetProperty("id").GetString();
            var detail = await who.GetAsync($"/api/images/{id}");
            Assert.Equal((1200, 900), (detail.GetProperty("width").GetInt32(), detail.GetProperty("height").GetInt32()));
            Assert.NotEmpty(await who.Http.GetByteArrayAsync(detail.GetProperty("pixelsUrl").GetString(), TestContext.Current.CancellationToken));
            Assert.NotEmpty(await who.Http.GetByteArrayAsync($"/api/images/{id}/thumbnail?size=256", TestContext.Current.CancellationToken));
            await who.GetAsync($"/api/annotation-sets/{image.GetProperty("setId").GetString()}");
        }
    }
}
