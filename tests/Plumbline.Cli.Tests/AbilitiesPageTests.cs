using System.Text;
using System.Text.Json;

namespace Plumbline.Cli.Tests;

/// <summary>The page <c>docs/formats/abilities.md</c> is made from <c>plumbline formats --json</c>; <c>PLUMBLINE_UPDATE_GOLDEN=1</c> writes it anew.</summary>
[Collection(nameof(ConsoleCollection))]
public class AbilitiesPageTests
{
    private static readonly string[] Kinds = ["tag", "point", "box", "rotatedBox", "ellipse", "polygon", "polyline", "keypoints", "mask", "cuboid"];

    [Fact]
    public async Task The_page_tells_every_ability_of_every_format()
    {
        var run = await Workplace.RunAsync("formats", "--json");
        var page = Page(JsonDocument.Parse(run.Output).RootElement.GetProperty("formats"));
        var file = Path.Combine(Golden.Root, "docs", "formats", "abilities.md");
        if (Golden.Renews) await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), page);
    }

    private static string Page(JsonElement formats)
    {
        var text = new StringBuilder("""
            # What each format can say

            `plumbline formats` as tables; a test keeps them equal. The [pages of the formats](README.md) say how each thing is stored.

            ## Shapes

            `yes`: kept as it is. `as …`: becomes another shape, which the report lists. A dash: left out, which the report lists too.


            """);
        Row(text, ["format", .. Kinds]);
        Row(text, [.. Kinds.Prepend("").Select(_ => "---")]);
        foreach (var format in formats.EnumerateArray()) Row(text, [Name(format), .. Kinds.Select(kind => Cell(format, kind))]);
        text.Append("""

            ## Everything else

            The words are those of [`plumbline formats --json`](../cli/formats.md), which explains them. What a format has no place for is a loss of the conversion.

            | format | keeps | has no place for |
            |---|---|---|

            """);
        foreach (var format in formats.EnumerateArray()) Row(text, [Name(format), Fields(format, JsonValueKind.True), Fields(format, JsonValueKind.False)]);
        return text.ToString();
    }

    private static string Cell(JsonElement format, string kind) =>
        format.GetProperty("shapes").EnumerateArray().Any(s => s.GetString() == kind) ? "yes"
        : format.GetProperty("storedAs").TryGetProperty(kind, out var other) ? $"as {other.GetString()}"
        : format.GetProperty("leftOut").EnumerateArray().Any(s => s.GetString() == kind) ? "–"
        : throw new InvalidDataException($"{format.GetProperty("name")} does not say what becomes of a {kind}.");

    private static string Name(JsonElement format) => $"`{format.GetProperty("name").GetString()}`";

    private static string Fields(JsonElement format, JsonValueKind value) => string.Join(", ", format.EnumerateObject().Where(p => p.Value.ValueKind == value).Select(p => p.Name));

    private static void Row(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
