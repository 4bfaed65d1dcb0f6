using Plumbline.Server;

namespace Plumbline.Server.Tests.BadInput;

/// <summary>One row of the table: what somebody does, what the server answers, and what must be so afterwards.</summary>
/// <param name="Name">The row, in the words of the guide.</param>
/// <param name="Act">What is done to a scene in which one box has been saved.</param>
/// <param name="Expected">What comes back.</param>
/// <param name="Afterwards">Looks at what is stored, and that the way out which the answer names is one.</param>
internal sealed record BadInputRow(string Name, Func<BadInputScene, Task<Answer>> Act, Answer Expected, Func<BadInputScene, Task> Afterwards)
{
    /// <summary>What the server is started with, when not as always.</summary>
    public Func<ServerOptions, ServerOptions>? Options { get; init; }

    /// <summary>Whether everything the server stores lies on a disk of so many megabytes; null for the usual one.</summary>
    public int? DiskMegabytes { get; init; }
}

/// <summary>What comes back: the status, the last part of the problem's type, and what is said about single things.</summary>
/// <param name="Status">HTTP status; 0 when the connection broke.</param>
/// <param name="Problem">Last part of the problem's type; empty when the request was taken.</param>
/// <param name="Detail">JSON pointer of the fault; what became of each change; or file and reason of each that an import refused.</param>
internal sealed record Answer(int Status, string Problem = "", string Detail = "")
{
    /// <summary>The answer as the guide says it.</summary>
    public override string ToString() => (Status, Problem, Detail) switch
    {
        (0, _, _) => "connection lost",
        (202, "", { Length: > 0 }) => $"202, report: {Detail.Split(": ")[^1]}",
        (_, "", { Length: > 0 }) => $"{Status}, {Detail}",
        _ => $"{Status} {Problem}".Trim(),
    };
}
