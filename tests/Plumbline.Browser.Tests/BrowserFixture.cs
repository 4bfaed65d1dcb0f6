using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Plumbline.Browser.Tests.BrowserFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Plumbline.Browser.Tests;

/// <summary>Debian's Chromium without a window, shared by all tests; each test has a server and a profile of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")))
        {
            throw new InvalidOperationException("The pages are not built: run ./test, or `npm run build` in web/, and build the tests again.");
        }

        Assertions.SetDefaultExpectTimeout(Patience.Milliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh profile on a page of the server. Errors that the page does not catch fail the test when it ends.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The page.</param>
    /// <param name="theme">What the system prefers.</param>
    /// <param name="width">Width of the window in CSS pixels.</param>
    /// <param name="height">Height of the window in CSS pixels.</param>
    /// <param name="signedInAs">Whose session the browser has; null for nobody's.</param>
    /// <param name="before">What to do before the first request leaves.</param>
    public async Task<Person> OpenAsync(
        TestServer server, string path = "/", ColorScheme theme = ColorScheme.Light, int width = 1280, int height = 800, ApiClient? signedInAs = null, Func<IPage, Task>? before = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = server.Url.ToString(),
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = height },
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Patience.Milliseconds);
        await context.AddInitScriptAsync(PageChecks.Watch);
        if (signedInAs is not null)
        {
            await context.AddCookiesAsync(signedInAs.Cookies.GetCookies(server.Url).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = server.Url.ToString() }));
        }

        var page = await context.NewPageAsync();
        var person = new Person(context, page);
        if (before is not null) await before(page);
        await page.GotoAsync(path);
        return person;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>One person at one browser.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    internal Person(IBrowserContext context, IPage page)
    {
        (Context, Page) = (context, page);
        context.Page += (_, opened) => Watch(opened);
        Watch(page);
    }

    /// <summary>The browser's profile.</summary>
    public IBrowserContext Context { get; }

    /// <summary>The first tab.</summary>
    public IPage Page { get; }

    /// <summary>Faults that a person would not see and a developer must: exceptions and violations of the content security policy.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        Assert.Empty(_faults);
    }

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _faults.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) _faults.Add(message.Text);
        };
    }
}
