namespace Plumbline.Cli;

/// <summary>How a command ends; scripts depend on these numbers.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, and the answer is "not good".</summary>
    public const int NotGood = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The input cannot be read, or the target cannot be written.</summary>
    public const int Unreadable = 3;

    /// <summary>Some items were refused; see the report.</summary>
    public const int PartlyDone = 4;

    /// <summary>Stopped by Ctrl+C.</summary>
    public const int Interrupted = 130;
}
