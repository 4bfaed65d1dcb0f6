using System.Runtime.CompilerServices;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats;

/// <summary>How a conversion is done.</summary>
/// <param name="From">The source's format.</param>
/// <param name="To">The target's format.</param>
/// <param name="Options">Choices of both formats.</param>
/// <param name="Pictures">What happens to pictures.</param>
/// <param name="PicturesRequired">Whether a missing picture is an error; otherwise a remark.</param>
/// <param name="Classes">Renames classes; null for none.</param>
public sealed record ConversionPlan(DatasetFormat From, DatasetFormat To, FormatOptions Options, PictureMode Pictures = PictureMode.Copy, bool PicturesRequired = false, ClassMap? Classes = null);

/// <summary>What a conversion read and wrote.</summary>
/// <param name="ImagesRead">Images that were read.</param>
/// <param name="PicturesFound">Of these, how many had their picture.</param>
/// <param name="Written">What the target has.</param>
public sealed record ConversionResult(long ImagesRead, long PicturesFound, WriteSummary Written);

/// <summary>Reads one format and writes another, item by item.</summary>
public static class DatasetConversion
{
    /// <summary>Converts. The caller commits the target when it likes the result.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="source">What to read.</param>
    /// <param name="openTarget">Called once the source is open, so that a target inside it is not read.</param>
    /// <param name="losses">Receives what the target cannot say.</param>
    /// <param name="issues">Receives faults of the source.</param>
    /// <param name="progress">Called with images done and in all (null when unknown); null for nothing.</param>
    /// <exception cref="DatasetFormatException">The source cannot be read on.</exception>
    public static async Task<ConversionResult> RunAsync(
        ConversionPlan plan,
        DatasetSource source,
        Func<TreeTarget> openTarget,
        LossReport losses,
        IssueLog issues,
        Action<long, long?>? progress = null,
        CancellationToken cancellationToken = default)
    {
        foreach (var entry in source.Tree.Refused) issues.Error("unsafe-entry", source.Tree.Name, entry.Name, null, $"{entry.Why}; it is left out.");
        var detail = plan.To.DetailNeeded(plan.From.Name, plan.Options);
        await using var opened = await plan.From.OpenAsync(source, new ReadRequest(detail, plan.Options, issues), cancellationToken);
        await using var mapped = plan.Classes is null ? opened : plan.Classes.Apply(opened, losses, issues);
        await using var counted = new Counted(mapped, plan, issues, progress);
        var written = await plan.To.WriteAsync(counted, new WriteRequest(openTarget(), plan.Options, plan.Pictures, losses, issues), cancellationToken);
        return new(counted.Images, counted.Pictures, written);
    }

    /// <summary>Counts what goes by, and remarks on missing pictures.</summary>
    private sealed class Counted(DatasetReader inner, ConversionPlan plan, IssueLog issues, Action<long, long?>? progress) : DatasetReader
    {
        public override DatasetHeader Header => inner.Header;

        public override long? ItemCount => inner.ItemCount;

        public long Images { get; private set; }

        public long Pictures { get; private set; }

        public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var item in inner.ReadItemsAsync(cancellationToken))
            {
                Images++;
                if (item.Picture is not null) Pictures++;
                else if (plan is { PicturesRequired: true, Pictures: not PictureMode.None }) issues.Error("no-picture", item.Path, item.Path, null, "its picture is not here; only its labels are written (give --image-root, or --images none).");
                progress?.Invoke(Images, inner.ItemCount);
                yield return item;
            }
        }
    }
}
