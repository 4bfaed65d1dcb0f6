using Microsoft.Playwright;
using Plumbline.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>Every screen in light and dark: read by axe, watched while it loads, and photographed when <c>PLUMBLINE_SCREENSHOTS</c> names a folder.</summary>
public sealed class ScreensTests(BrowserFixture browser, Installation installation) : IClassFixture<Installation>
{
    /// <summary>More would be seen as a jump; the sum of all shifts of a page.</summary>
    internal const double LargestShift = 0.02;
    private static readonly (int, int)[] LargeWindows = [(1920, 1080), (3840, 2160)];

    private static readonly Dictionary<string, Screen> Screens = new()
    {
        ["setup"] = new(_ => "/setup", "Setup code", Visitor.Newcomer),
        ["sign-in"] = new(_ => "/sign-in", "Sign in", Visitor.Nobody),
        ["join"] = new(at => at.Invitation, "Join Road users", Visitor.Nobody),
        ["reset"] = new(at => at.ResetLink, "New password", Visitor.Nobody),
        ["projects-empty"] = new(_ => "/projects", "Make your first project", Visitor.Stranger),
        ["projects"] = new(_ => "/projects", "Weld seams") { Large = true },
        ["images-empty"] = new(at => at.EmptyProject + "/images", "Drop pictures here"),
        ["images"] = new(at => at.Project + "/images", "street-004.jpg") { Large = true },
        ["ontology-empty"] = new(at => at.EmptyProject + "/ontology", "Add your first class"),
        ["ontology"] = new(at => at.Project + "/ontology", "Version 2, saved") { Large = true },
        ["members"] = new(at => at.Project + "/members", "next@example.org"),
        ["jobs-empty"] = new(at => at.EmptyProject + "/jobs", "No jobs yet"),
        ["jobs"] = new(at => at.Project + "/jobs", "Export"),
        ["exports-empty"] = new(at => at.EmptyProject + "/exports", "Nothing exported yet"),
        ["job-import"] = new(at => at.ImportJob, "Show 1 note"),
        ["job-export"] = new(at => at.ExportJob, "that the format cannot say"),
        ["exports"] = new(at => at.Project + "/exports", "COCO"),
        ["settings"] = new(at => at.Project + "/settings", "Delete"),
        ["account"] = new(_ => "/account", "Nightly export"),
        ["admin"] = new(_ => "/admin", "owner@example.org"),
        ["not-found"] = new(_ => "/nowhere", "There is no page here"),
        ["editor"] = new(at => at.Image, "Saved") { Large = true },
        ["import-dialog"] = new(at => at.Project + "/images", "street-004.jpg") { Open = OpenImportAsync },
        ["import-preview"] = new(at => at.LookJob, "Look at the dataset") { Open = OpenPreviewAsync, Large = true },
        ["export-dialog"] = new(at => at.Project + "/images", "street-004.jpg") { Open = OpenExportAsync, Large = true },
        ["practice"] = new(_ => "/practice", "A tight box"),
        ["shortcuts"] = new(at => at.Image, "Saved") { Open = OpenShortcutsAsync },
    };

    /// <summary>Every screen in both themes.</summary>
    public static TheoryData<string, ColorScheme> Cases => new(Screens.Keys.SelectMany(name => new[] { (name, ColorScheme.Light), (name, ColorScheme.Dark) }));

    /// <summary>Every screen, with its answers held back.</summary>
    public static TheoryData<string> Names => new(Screens.Keys.Where(name => Screens[name].Open is null));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_jumps_nothing_fails_and_everybody_can_read_it(string name, ColorScheme theme)
    {
        var screen = Screens[name];
        await using var person = await OpenAsync(screen, theme);
        var page = person.Page;
        await Expect(ShownBy(screen, page)).ToBeVisibleAsync();
        await PageChecks.SettleAsync(page);
        var shift = await PageChecks.LayoutShiftAsync(page);
        if (screen.Open is not null)
        {
            await screen.Open(page);
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await PageChecks.SettleAsync(page);
        }

        var findings = await PageChecks.SeriousAxeFindingsAsync(page);
        await PageChecks.ScreenshotAsync(page, $"{name}-{theme.ToString().ToLowerInvariant()}", screen.Large ? LargeWindows : []);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
        Assert.True(shift.Sum <= LargestShift, $"Jumped by {shift.Sum:0.####}:\n{shift.What}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_jumps_in_whatever_order_the_answers_come(string name)
    {
        var screen = Screens[name];
        foreach (var answers in new[] { HeldAnswers.LastFirst(), HeldAnswers.Shuffled(7) })
        {
            await using var person = await OpenAsync(screen, ColorScheme.Light, answers.HoldAsync);
            await answers.ReleaseUntilAsync(person.Page, ShownBy(screen, person.Page));
            var shift = await PageChecks.LayoutShiftAsync(person.Page);
            Assert.True(shift.Sum <= LargestShift, $"Jumped by {shift.Sum:0.####} with answers in the order {string.Join(", ", answers.Order)}:\n{shift.What}");
            if (answers.Order.Count < 3) break;
        }
    }

    private static ILocator ShownBy(Screen screen, IPage page) => page.GetByText(screen.Shows).Filter(new() { Visible = true }).First;

    private Task<Person> OpenAsync(Screen screen, ColorScheme theme, Func<IPage, Task>? before = null) =>
        browser.OpenAsync(
            screen.Visitor == Visitor.Newcomer ? installation.Fresh : installation.Server, screen.Path(installation), theme, 1280, 720,
            screen.Visitor switch
            {
                Visitor.Owner => installation.Owner,
                Visitor.Stranger => installation.Stranger,
                _ => null,
            },
            before);

    private static async Task OpenImportAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Add images" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("^A labelled dataset") }).ClickAsync();
    }

    private static async Task OpenPreviewAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the dataset" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("figure img").First).ToBeVisibleAsync();
    }

    private static Task OpenExportAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();

    private static Task OpenShortcutsAsync(IPage page) => page.Keyboard.PressAsync("?");

    private enum Visitor
    {
        Owner,
        Stranger,
        Nobody,
        Newcomer,
    }

    /// <summary>A page, a text on it that shows that it is there, who looks at it, and what they open first.</summary>
    private sealed record Screen(Func<Installation, string> Path, string Shows, Visitor Visitor = Visitor.Owner)
    {
        public Func<IPage, Task>? Open { get; init; }

        public bool Large { get; init; }
    }
}
