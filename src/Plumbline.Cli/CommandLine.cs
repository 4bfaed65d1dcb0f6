using System.CommandLine;
using System.CommandLine.Parsing;
using Plumbline.Cli.Verbs;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>The <c>plumbline</c> command: its verbs, and how it ends.</summary>
public static class CommandLine
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // One line a verb; each lives in a file of its own.
        var root = new RootCommand("Plumbline: turn images into training data, and prove how good it is.")
        {
            AgreeVerb.Create(),
            ConsensusVerb.Create(),
            ConvertVerb.Create(),
            DedupeVerb.Create(),
            DiffVerb.Create(),
            ErrorsVerb.Create(),
            EvaluateVerb.Create(),
            FormatsVerb.Create(),
            MergeVerb.Create(),
            RenderVerb.Create(),
            SampleVerb.Create(),
            ServeVerb.Create(),
            SplitVerb.Create(),
            StatsVerb.Create(),
            SynthVerb.Create(),
            UserVerb.Create(),
            ValidateVerb.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0) return Misused(parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToStop });
        }
        catch (OperationCanceledException)
        {
            return Fail("Interrupted; nothing was left behind.", ExitCode.Interrupted);
        }
        catch (UsageException fault)
        {
            return Fail(fault.Message, ExitCode.WrongUsage);
        }
        catch (DatasetFormatException fault)
        {
            return Fail(fault.Line, ExitCode.Unreadable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(AsidePath.Unnamed(fault.Message), ExitCode.Unreadable);
        }
    }

    private static int Misused(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
        var words = new List<string>();
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            if (at is CommandResult result) words.Insert(0, result.Command is RootCommand ? "plumbline" : result.Command.Name);
        }

        return Fail($"Try: {string.Join(' ', words)} --help", ExitCode.WrongUsage);
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine(Printable.Of(message));
        return code;
    }
}
