namespace Plumbline.Server.Description;

/// <summary>How problem documents look (RFC 9457); only described by this type, written by <see cref="Problems"/>.</summary>
/// <param name="Type">Stable name of the problem: <c>/problems/stale</c>.</param>
/// <param name="Title">For people: what is wrong and what to do.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">More about this occurrence.</param>
/// <param name="Errors">What exactly is wrong, part by part.</param>
public sealed record Problem(string Type, string Title, int Status, string? Detail = null, IReadOnlyList<ProblemError>? Errors = null);
