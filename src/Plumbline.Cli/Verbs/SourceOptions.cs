using System.CommandLine;

namespace Plumbline.Cli.Verbs;

/// <summary>What every verb that reads one dataset asks for.</summary>
internal sealed class SourceOptions
{
    public Argument<string> Source { get; } = new("SOURCE") { Description = "The dataset: a file, a folder or a ZIP." };

    public Option<string?> Format { get; } = new("--format") { HelpName = "FORMAT", Description = "The source's format, where it cannot be recognised." };

    public Option<string?> ImageRoot { get; } = new("--image-root") { HelpName = "DIR", Description = "Where the pictures lie, when not beside the labels." };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the answer as JSON." };

    public void AddTo(Command command)
    {
        command.Add(Source);
        command.Add(Format);
        command.Add(ImageRoot);
        command.Add(Json);
    }
}
