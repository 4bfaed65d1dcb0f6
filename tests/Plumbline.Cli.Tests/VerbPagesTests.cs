using System.Text.RegularExpressions;
using Plumbline.Formats;

namespace Plumbline.Cli.Tests;

/// <summary>Runs the examples on the pages of the verbs that work on datasets, in their order, on small made-up ones.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class VerbPagesTests : IDisposable
{
    private static readonly string Pages = Path.Combine(Golden.Root, "docs/cli");
    private readonly Workplace place = new();

    public static TheoryData<string> Verbs => ["convert", "formats", "stats", "validate", "diff", "merge", "split", "dedupe", "sample", "render", "synth"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Examples_of_the_page_run(string verb)
    {
        Environment.CurrentDirectory = place.Folder;
        await PrepareAsync();
        var examples = Blocks().Matches(File.ReadAllText(Path.Combine(Pages, $"{verb}.md"))).SelectMany(b => b.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.NotEmpty(examples);
        foreach (var line in examples)
        {
            var words = Words().Matches(line).Select(w => w.Value.Trim('"')).ToArray();
            Assert.Equal(["plumbline", verb], words[..2]);
            var run = await Workplace.RunAsync(words[1..]);
            Assert.True(run.Exit == ExitCode.Done || (verb == "validate" && run.Exit == ExitCode.NotGood), $"{line} ended with {run.Exit}: {run.Errors}");
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_page_names_every_option(string verb)
    {
        var help = (await Workplace.RunAsync(verb, "--help")).Output;
        var ofFormats = DatasetFormats.All.SelectMany(f => f.Options).Select(o => $"--{o.Name}").Append("--help").ToHashSet(StringComparer.Ordinal); // on the formats' pages
        var page = File.ReadAllText(Path.Combine(Pages, $"{verb}.md")) + File.ReadAllText(Path.Combine(Pages, "README.md"));
        Assert.All(OptionName().Matches(help).Select(o => o.Value).Where(o => !ofFormats.Contains(o)).Distinct(), option => Assert.Contains(option, page, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        place.Dispose();
    }

    private static async Task PrepareAsync()
    {
        Assert.Equal(ExitCode.Done, (await Workplace.RunAsync("synth", "street", "--images", "6", "--size", "160x120")).Exit);
        Assert.Equal(ExitCode.Done, (await Workplace.RunAsync("synth", "shelf", "--images", "2", "--size", "160x120", "--scene", "shelf")).Exit);
        Assert.Equal(ExitCode.Done, (await Workplace.RunAsync("synth", "street-fixed", "--images", "6", "--size", "160x120", "--shape", "box")).Exit);
        File.WriteAllText("map.json", """{"car":"vehicle","sign":null}""");
        File.WriteAllText("contract.json", """{"name":"example","requiredClasses":["Nothing"],"minImages":3}""");
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex OptionName();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Words();
}
