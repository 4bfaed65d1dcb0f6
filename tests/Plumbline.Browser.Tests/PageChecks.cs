using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Testing;

namespace Plumbline.Browser.Tests;

/// <summary>What every screen must pass: no serious accessibility finding, nothing that jumps while it loads.</summary>
public static class PageChecks
{
    private static readonly string Axe = File.ReadAllText(Checkout.PathOf("web/node_modules/axe-core/axe.min.js"));

    /// <summary>Counts layout shifts from the first paint on and notes when the page last changed; every profile of <see cref="BrowserFixture"/> carries it.</summary>
    public const string Watch =
        """
        window.layoutShift = 0;
        window.jumped = [];
        window.lastChange = 0;
        const nameOf = (node) => node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className} ${node.textContent.slice(0, 40)}` : node?.textContent?.slice(0, 40);
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            window.layoutShift += entry.value;
            window.jumped.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => nameOf(node)).join(', ')}`);
          }
        }).observe({ type: 'layout-shift', buffered: true });
        new MutationObserver(() => { window.lastChange = performance.now(); }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        """;

    /// <summary>Waits until everything that the page shows has been read and drawn, and a quarter of a second has passed without a change.</summary>
    public static Task SettleAsync(IPage page) => page.WaitForFunctionAsync(
        """
        () => document.fonts.status === 'loaded'
          && document.querySelector('[role="status"][aria-label^="Loading"], .mantine-Skeleton-root[data-visible]') === null
          && [...document.images].every((image) => image.complete || image.getBoundingClientRect().top > innerHeight)
          && performance.now() - window.lastChange > 250
        """);

    /// <summary>The sum of all layout shifts so far, and what jumped.</summary>
    public static async Task<(double Sum, string What)> LayoutShiftAsync(IPage page) =>
        (await page.EvaluateAsync<double>("() => window.layoutShift"), await page.EvaluateAsync<string>("() => window.jumped.join('\\n')"));

    /// <summary>Serious and critical findings of axe, one line each.</summary>
    public static async Task<IReadOnlyList<string>> SeriousAxeFindingsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        return found.GetProperty("violations").EnumerateArray()
            .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(violation => $"{violation.GetProperty("id").GetString()}: {violation.GetProperty("help").GetString()} — "
                + string.Join(" | ", violation.GetProperty("nodes").EnumerateArray().Take(4).Select(node => node.GetProperty("html").GetString())))
            .ToList();
    }

    /// <summary>Saves a picture of the page, in the window as it is and in windows of other sizes, when <c>PLUMBLINE_SCREENSHOTS</c> names a folder.</summary>
    public static async Task ScreenshotAsync(IPage page, string name, params (int Width, int Height)[] otherSizes)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        foreach (var (width, height) in otherSizes)
        {
            await page.SetViewportSizeAsync(width, height);
            await SettleAsync(page);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png") });
        }
    }
}
