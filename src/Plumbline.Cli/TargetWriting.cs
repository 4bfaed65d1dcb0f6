using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Cli;

/// <summary>How verbs write a dataset: aside first, then renamed; losses summed up on standard error.</summary>
/// <param name="target">What to write.</param>
/// <param name="images">What becomes of the pictures: copy, link, none; null for copy.</param>
/// <param name="overwrite">Whether an existing target is replaced.</param>
internal sealed class TargetWriting(string target, string? images, bool overwrite)
{
    /// <summary>What becomes of the pictures.</summary>
    public PictureMode Pictures { get; } = images switch
    {
        null or "copy" => PictureMode.Copy,
        "link" => PictureMode.Link,
        "none" => PictureMode.None,
        var other => throw new UsageException($"--images takes copy, link or none, not '{other}'."),
    };

    /// <summary>Whether the target looks like one file.</summary>
    public bool IsSingleFile { get; } = TargetOpening.LooksLikeSingleFile(target);

    /// <summary>Refuses one file as the target of a format of many.</summary>
    public void RefuseSingleFile(DatasetFormat format) => TargetOpening.Check(target, format);

    /// <summary>Refuses a target that is, or holds, a source.</summary>
    public void RefuseSameTarget(params IEnumerable<string> sources)
    {
        var to = Path.GetFullPath(target).TrimEnd('/');
        foreach (var source in sources)
        {
            var from = Path.GetFullPath(source).TrimEnd('/');
            if (from == to) throw new UsageException("The target is the source; choose another.");
            if (from.StartsWith(to + "/", StringComparison.Ordinal)) throw new UsageException($"The source lies inside the target {target}; choose another.");
        }
    }

    /// <summary>Refuses a file beside the dataset that is the target or lies in it: the target shows only when it is whole, and then it is all that is there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="option">The option that names it.</param>
    public void RefuseInside(string file, string option)
    {
        var to = Path.GetFullPath(target).TrimEnd('/');
        if ($"{Path.GetFullPath(file)}/".StartsWith($"{to}/", StringComparison.Ordinal)) throw new UsageException($"{option} {file} lies inside the target {target}; choose another place.");
    }

    /// <summary>Opens the target for a format; it shows once it is committed.</summary>
    public TreeTarget Open(DatasetFormat format) => TargetOpening.Open(target, format, overwrite);

    /// <summary>Writes the dataset.</summary>
    public async Task<WriteSummary> WriteAsync(DatasetFormat format, DatasetReader dataset, IssueLog issues, CancellationToken cancellationToken)
    {
        var losses = new LossReport();
        using var files = Open(format);
        var written = await format.WriteAsync(dataset, new WriteRequest(files, FormatOptions.Defaults, Pictures, losses, issues), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        files.Commit();
        foreach (var (kind, count) in losses.Counts.Where(c => !c.Kind.Bookkeeping)) await Console.Error.WriteLineAsync(FormattableString.Invariant($"lost {count:N0} × {kind.Field}: {kind.Why}"));
        return written;
    }
}
