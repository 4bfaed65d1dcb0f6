namespace Plumbline.Server.Features.Exports;

/// <summary>What becomes of the pictures.</summary>
public enum ExportImages
{
    /// <summary>Copied into the archive, upright.</summary>
    Upright,

    /// <summary>Left out.</summary>
    None,
}

/// <summary>Which images are exported.</summary>
public enum ExportScope
{
    /// <summary>Those with annotations, and those called labelled or verified empty. Unusable ones are not.</summary>
    Labelled,

    /// <summary>Every image of the project.</summary>
    All,
}

/// <summary>What was asked for; the job's payload.</summary>
/// <param name="Format">Name of the format.</param>
/// <param name="Images">What becomes of the pictures.</param>
/// <param name="Scope">Which images.</param>
/// <param name="Options">Choices of the format, by name.</param>
public sealed record ExportPlan(string Format, ExportImages Images, ExportScope Scope, IReadOnlyDictionary<string, string> Options);

/// <summary>What came of it; the job's result.</summary>
/// <param name="FileName">Name for the downloaded archive.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Images">Images in it.</param>
/// <param name="Annotations">Annotations in it.</param>
/// <param name="Losses">What the format could not say, in items.</param>
/// <param name="LabelLosses">How many of these change what the labels say; the rest is bookkeeping, such as who drew what.</param>
/// <param name="Sha256">The archive in the blob store.</param>
/// <param name="LossesSha256">The list of losses in the blob store, one JSON object a line.</param>
public sealed record ExportResult(string FileName, long Bytes, long Images, long Annotations, long Losses, long LabelLosses, string Sha256, string LossesSha256);
