using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.Browser.Tests;

/// <summary>What a class means, in words and pictures, beside the picture that is labelled.</summary>
public sealed class ClassGuideTests(BrowserFixture browser)
{
    [Fact]
    public async Task An_object_becomes_an_example_of_its_class_which_is_shown_beside_the_picture_and_edited_in_the_ontology()
    {
        await using var room = await Workroom.OpenAsync(browser);
        await room.ChangeClassesAsync(classes => [.. classes.Select((c, i) => i == 0 ? new(c) { ["description"] = "Everything on four wheels, shadow not." } : c)]);
        await using var person = await room.OpenImageAsync(room.Owner);
        var page = person.Page;
        await page.DrawBoxAsync("1", 100, 80, 120, 60);
        await page.SelectAtAsync(160, 110);
        await page.KeysAsync("Shift+I");
        var guide = page.GetByRole(AriaRole.Complementary, new() { Name = "What the class means" });
        await Expect(guide.GetByText("Everything on four wheels, shadow not.")).ToBeVisibleAsync();

        await guide.GetByRole(AriaRole.Button, new() { Name = "Use as an example…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "An example of “car”" });
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Caption" }).FillAsync("Mirrors count");
        await Expect(dialog.GetByRole(AriaRole.Img, new() { Name = "Mirrors count" })).ToBeVisibleAsync();
        await ExpectReadableAsync(page);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add example" }).ClickAsync();

        await Expect(guide.GetByRole(AriaRole.Figure).GetByText("Mirrors count")).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await ExpectReadableAsync(page);
        var ontology = (await room.Owner.GetAsync($"/api/projects/{room.ProjectId}/ontology")).GetProperty("ontology");
        var example = Assert.Single(ontology.GetProperty("classes")[0].GetProperty("examples").EnumerateArray());
        Assert.Equal((room.Images[0].Id, "Mirrors count"), (example.GetProperty("imageId").GetString(), example.GetProperty("caption").GetString()));
        Assert.Equal([100, 80, 120, 60], new[] { "x", "y", "width", "height" }.Select(name => Math.Round(example.GetProperty("region").GetProperty(name).GetDouble())));

        // Another class in hand, another definition.
        await page.KeysAsync("Escape", "Escape", "2");
        await Expect(guide.GetByRole(AriaRole.Heading, new() { Name = "person" })).ToBeVisibleAsync();
        await Expect(guide.GetByRole(AriaRole.Figure)).ToHaveCountAsync(0);
        await page.KeysAsync("Shift+I");
        await Expect(guide).ToBeHiddenAsync();

        await page.GotoAsync($"/projects/{room.ProjectId}/ontology?part=classes&class=car");
        var examples = page.GetByRole(AriaRole.Region, new() { Name = "Examples" });
        await Expect(examples.GetByRole(AriaRole.Img, new() { Name = "Mirrors count" })).ToBeVisibleAsync();
        await ExpectReadableAsync(page);
        await examples.GetByRole(AriaRole.Button, new() { Name = "Remove example 1" }).ClickAsync();
        await Expect(examples.GetByRole(AriaRole.Img)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_may_not_change_the_ontology_sees_the_definition_and_no_button()
    {
        await using var room = await Workroom.OpenAsync(browser);
        using var ann = await room.Owner.InviteAsync(room.ProjectId, Server.Security.ProjectRole.Annotator, "ann@example.org");
        await using var person = await room.OpenImageAsync(ann);
        var page = person.Page;
        await page.KeysAsync("Shift+I");
        var guide = page.GetByRole(AriaRole.Complementary, new() { Name = "What the class means" });
        await Expect(guide.GetByText("Nobody has written down yet")).ToBeVisibleAsync();
        await Expect(guide.GetByRole(AriaRole.Button, new() { Name = "Use as an example…" })).ToHaveCountAsync(0);

        // A page enlarged to twice its size: it lies over the picture, and can be read and closed.
        await page.SetViewportSizeAsync(640, 400);
        var frame = await guide.BoundingBoxAsync() ?? throw new InvalidOperationException("The definition has no place.");
        Assert.InRange(frame.X + frame.Width, 100, 640);
        await guide.GetByRole(AriaRole.Button, new() { Name = "Close the definition" }).ClickAsync();
        await Expect(guide).ToBeHiddenAsync();
    }

    private static async Task ExpectReadableAsync(IPage page)
    {
        await PageChecks.SettleAsync(page);
        var findings = await PageChecks.SeriousAxeFindingsAsync(page);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }
}
