using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Validation;
using Plumbline.Core.Checks;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli.Verbs;

/// <summary><c>validate SOURCE</c>.</summary>
internal static class ValidateVerb
{
    private static readonly SourceOptions Options = new();
    private static readonly Option<string?> Ontology = new("--ontology") { HelpName = "FILE", Description = "What may be labelled and how: the JSON of a project's ontology." };
    private static readonly Option<string?> Contract = new("--contract") { HelpName = "FILE", Description = "What the delivery must have; see docs/cli/validate.md." };
    private static readonly Option<bool> Fix = new("--fix") { Description = "Mend what needs no judgement: writes the labels again beside the old ones, then renames." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "With --fix: only say what would be mended." };
    private static readonly Option<string> FailOn = new("--fail-on") { HelpName = "error|warning", Description = "Exit with 1 when there is a finding this bad.", DefaultValueFactory = _ => "error" };
    private static readonly Option<string> Output = new("--output") { HelpName = "text|json|junit|sarif", Description = "The form of the answer.", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        var command = new Command("validate", "Runs every automated check over a dataset.\n\nExample:\n  plumbline validate dataset/ --contract delivery.json --output sarif > findings.sarif") { Ontology, Contract, Fix, DryRun, FailOn, Output };
        Options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var failOn = arguments.GetRequiredValue(FailOn);
        if (failOn is not ("error" or "warning")) throw new UsageException($"--fail-on takes error or warning, not '{failOn}'.");
        if (arguments.GetValue(DryRun) && !arguments.GetValue(Fix)) throw new UsageException("--dry-run goes with --fix.");
        var path = arguments.GetRequiredValue(Options.Source);
        var ontology = arguments.GetValue(Ontology) is { } file ? await JsonInput.ReadAsync<Ontology>(file, "an ontology", cancellationToken) : null;
        var contract = arguments.GetValue(Contract) is { } terms ? await JsonInput.ReadAsync<DatasetContract>(terms, "a contract", cancellationToken) : null;
        using var writer = FindingWriter.Create(arguments.GetValue(Options.Json) ? "json" : arguments.GetRequiredValue(Output));
        var validation = new Validation.Validation(writer);
        await using var dataset = await OpenDataset.OpenAsync(
            path, arguments.GetValue(Options.Format), arguments.GetValue(Options.ImageRoot), ReadDetail.Shapes, new IssueLog(validation.Add), cancellationToken);
        var summary = await ProgressLine.WatchAsync("Validating", progress => validation.RunAsync(dataset, path, ontology, contract, progress, cancellationToken));
        writer.Finish(summary);
        if (arguments.GetValue(Fix)) await MendAsync(dataset, validation, arguments.GetValue(DryRun), cancellationToken);
        return summary.Errors > 0 || (failOn == "warning" && summary.Warnings > 0) ? ExitCode.NotGood : ExitCode.Done;
    }

    private static async Task MendAsync(OpenDataset dataset, Validation.Validation validation, bool dryRun, CancellationToken cancellationToken)
    {
        if (validation.Mendable == 0)
        {
            await Console.Error.WriteLineAsync("Nothing here is mended without a person's judgement.");
            return;
        }

        if (validation.Unmendable.Count > 0) throw new UsageException($"Not mended: writing the labels again would drop what could not be read ({string.Join(", ", validation.Unmendable)}). Mend that by hand first.");
        if (dryRun)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"--fix would mend {validation.Mendable:N0} findings; nothing was written."));
            return;
        }

        try
        {
            var files = await new DatasetRepair(dataset.Format, dataset.Source, validation.Repairs).RunAsync(cancellationToken);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Mended {validation.Mendable:N0} findings in {files.Count:N0} files: {string.Join(", ", files.Take(5))}{(files.Count > 5 ? ", …" : "")}. Validate again to see what is left."));
        }
        catch (NotSupportedException e)
        {
            throw new UsageException($"Not mended: {e.Message}");
        }
    }
}
