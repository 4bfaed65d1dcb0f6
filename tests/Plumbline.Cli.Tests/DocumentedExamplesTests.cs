using System.Text.RegularExpressions;
using Plumbline.Cli;

namespace Plumbline.Cli.Tests;

/// <summary>The examples on the pages of <c>docs/cli</c> print what the pages say. <c>PLUMBLINE_UPDATE_GOLDEN=1</c> writes the pages anew.</summary>
[Collection(nameof(ConsoleCollection))]
public sealed partial class DocumentedExamplesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plumbline-test-").FullName;
    private readonly string before = Environment.CurrentDirectory;

    public static TheoryData<string> Pages => new(Directory.EnumerateFiles(Path.Combine(Golden.Root, "docs", "cli"), "*.md").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Examples_print_what_their_page_says(string page)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Golden.Root, "testdata", "examples"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        Environment.CurrentDirectory = folder;
        var path = Path.Combine(Golden.Root, "docs", "cli", page);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var renewed = text;
        foreach (Match example in Example().Matches(text))
        {
            using var output = new CapturedOutput();
            var exit = await CommandLine.RunAsync(example.Groups["line"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);
            Assert.True(exit is ExitCode.Done or ExitCode.NotGood, $"{example.Groups["line"].Value} answered {exit}: {output.Errors}");
            if (Golden.Renews) renewed = renewed.Replace(example.Value, $"```sh\n{example.Groups["line"].Value}\n```\n\n```{example.Groups["kind"].Value}\n{output.Standard.TrimEnd('\n')}\n```", StringComparison.Ordinal);
            else Assert.Equal(example.Groups["output"].Value.TrimEnd('\n'), output.Standard.TrimEnd('\n'));
        }

        if (renewed != text) await File.WriteAllTextAsync(path, renewed, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = before;
        Directory.Delete(folder, recursive: true);
    }

    // A command in a block of its own, and its output in the block that follows.
    [GeneratedRegex(@"```sh\n(?<line>plumbline [^\n]+)\n```\n\n```(?<kind>text|json)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
