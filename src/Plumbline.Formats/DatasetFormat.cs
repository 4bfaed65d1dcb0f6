using System.Collections.Immutable;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats;

/// <summary>What a reader is asked for.</summary>
/// <param name="Detail">How much of each annotation is needed.</param>
/// <param name="Options">Choices of the format.</param>
/// <param name="Issues">Receives faults of the data.</param>
public sealed record ReadRequest(ReadDetail Detail, FormatOptions Options, IssueLog Issues);

/// <summary>What a writer is asked for.</summary>
/// <param name="Target">Where files go; the caller commits.</param>
/// <param name="Options">Choices of the format.</param>
/// <param name="Pictures">What happens to the pictures.</param>
/// <param name="Losses">Receives what the format cannot say.</param>
/// <param name="Issues">Receives items that cannot be written at all.</param>
public sealed record WriteRequest(TreeTarget Target, FormatOptions Options, PictureMode Pictures, LossReport Losses, IssueLog Issues);

/// <summary>What was written.</summary>
public readonly record struct WriteSummary(long Images, long Annotations);

/// <summary>One dataset format. A new one is a folder with a subclass, and a line in <see cref="DatasetFormats"/>.</summary>
public abstract class DatasetFormat
{
    /// <summary>The name on the command line and in the API.</summary>
    public abstract string Name { get; }

    /// <summary>The name for people.</summary>
    public abstract string Title { get; }

    /// <summary>Whose <c>Raw</c> and <c>Other</c> it reads and writes as they stand; formats of one family share one.</summary>
    public virtual string Dialect => Name;

    /// <summary>The extension of a target that is one file (<c>.json</c>); null for a format of many files, which goes into a folder or ZIP.</summary>
    public virtual string? FileExtension => null;

    /// <summary>What it can say.</summary>
    public abstract FormatAbilities Abilities { get; }

    /// <summary>Choices it leaves to the user.</summary>
    public virtual ImmutableArray<FormatOption> Options => [];

    /// <summary>Whether a tree holds this format, judged from its content.</summary>
    /// <returns>What was recognised, for people; null when it does not.</returns>
    public abstract string? Recognise(IFileTree tree);

    /// <summary>Opens a dataset for reading.</summary>
    /// <exception cref="DatasetFormatException">It cannot be read at all.</exception>
    public abstract Task<DatasetReader> OpenAsync(DatasetSource source, ReadRequest request, CancellationToken cancellationToken = default);

    /// <summary>How much of each annotation <see cref="WriteAsync"/> needs from a reader of the given format.</summary>
    public abstract ReadDetail DetailNeeded(string sourceFormat);

    /// <summary>The same, where it depends on the options.</summary>
    public virtual ReadDetail DetailNeeded(string sourceFormat, FormatOptions options) => DetailNeeded(sourceFormat);

    /// <summary>Writes a dataset. Same data, same bytes.</summary>
    public abstract Task<WriteSummary> WriteAsync(DatasetReader dataset, WriteRequest request, CancellationToken cancellationToken = default);
}
