using System.CommandLine;
using Plumbline.Formats;

namespace Plumbline.Cli.Verbs;

/// <summary>What every verb that writes one dataset from another asks for.</summary>
internal sealed class TargetOptions
{
    public Argument<string> Target { get; } = new("TARGET") { Description = "What to write: a folder or a .zip (or one .json for COCO)." };

    public Option<string?> To { get; } = new("--to") { HelpName = "FORMAT", Description = "The target's format (default: the source's)." };

    public Option<string?> Images { get; } = new("--images") { HelpName = "copy|link|none", Description = "What becomes of the pictures (default: copied when they are found)." };

    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace the target when it exists." };

    public void AddTo(Command command)
    {
        command.Add(Target);
        command.Add(To);
        command.Add(Images);
        command.Add(Overwrite);
    }

    /// <summary>How the target is written.</summary>
    public TargetWriting Writing(ParseResult arguments) => new(arguments.GetRequiredValue(Target), arguments.GetValue(Images), arguments.GetValue(Overwrite));

    /// <summary>The format to write.</summary>
    public DatasetFormat Format(ParseResult arguments, DatasetFormat source) => arguments.GetValue(To) is { } name ? SourceOpening.Named(name, "--to") : source;
}
