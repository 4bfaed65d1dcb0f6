using Plumbline.Formats.Datasets;

namespace Plumbline.Formats.Reports;

/// <summary>One way in which a target says less than its source.</summary>
/// <param name="Code">Stable kebab-case name.</param>
/// <param name="Field">The field that loses something.</param>
/// <param name="Why">The reason, for people.</param>
/// <param name="Bookkeeping">
/// Whether no label changes by it: the target has no place for something that only helps to keep files (ids, areas and boxes stated beside outlines, who made it, <c>info</c>).
/// It is listed like any other; <c>--strict</c> lets it pass.
/// </param>
public sealed record LossKind(string Code, string Field, string Why, bool Bookkeeping = false);

/// <summary>One loss of one item.</summary>
/// <param name="Item">The image's split and path, with <c>#</c> and the annotation's id or place where it is about one; <c>*</c> for the whole dataset.</param>
/// <param name="Code">The kind's stable name.</param>
/// <param name="Field">The field that loses something.</param>
/// <param name="Why">The reason, for people.</param>
public sealed record LossEntry(string Item, string Code, string Field, string Why)
{
    /// <summary>Whether the item is not in the target at all; codes of such losses end in <c>left-out</c>.</summary>
    public bool LeavesOut => Code.EndsWith("left-out", StringComparison.Ordinal);
}

/// <summary>
/// What a conversion could not keep: counted by kind, each entry handed on as it comes, none held. What touches every item alike
/// (annotation ids, say) is one entry for the whole dataset, with the number of items.
/// </summary>
/// <param name="onLoss">Receives each entry; null to count only, which costs no text.</param>
public sealed class LossReport(Action<LossEntry>? onLoss = null)
{
    private readonly Dictionary<LossKind, Counter> counts = [];
    private LossKind? lastKind;
    private Counter last = new();

    /// <summary>Losses by kind, in order of code.</summary>
    public IEnumerable<(LossKind Kind, long Count)> Counts => counts.OrderBy(c => c.Key.Code, StringComparer.Ordinal).ThenBy(c => c.Key.Field, StringComparer.Ordinal).Select(c => (c.Key, c.Value.Count));

    /// <summary>All losses.</summary>
    public long Total { get; private set; }

    /// <summary>Losses that change what the labels say: all but <see cref="LossKind.Bookkeeping"/>.</summary>
    public long OfLabels { get; private set; }

    /// <summary>An image, or one annotation of it, lost something.</summary>
    /// <param name="kind">What and why.</param>
    /// <param name="item">The image.</param>
    /// <param name="annotation">The annotation; null when it is about the image.</param>
    /// <param name="detail">More words than the kind's; null for none.</param>
    public void Add(LossKind kind, DatasetItem item, DatasetAnnotation? annotation = null, string? detail = null)
    {
        Count(kind, 1);
        onLoss?.Invoke(new(annotation is null ? item.Name : item.NameOf(annotation), kind.Code, kind.Field, detail ?? kind.Why));
    }

    /// <summary>The whole dataset lost something, in so many items.</summary>
    public void AddForAll(LossKind kind, long count = 1)
    {
        if (count == 0) return;
        Count(kind, count);
        onLoss?.Invoke(new("*", kind.Code, kind.Field, count == 1 ? kind.Why : FormattableString.Invariant($"{kind.Why} ({count} items)")));
    }

    private void Count(LossKind kind, long count)
    {
        // Losses come in runs of one kind, and to look one up is to hash all its words.
        if (!ReferenceEquals(kind, lastKind))
        {
            if (!counts.TryGetValue(kind, out var counter)) counts[kind] = counter = new();
            (lastKind, last) = (kind, counter);
        }

        last.Count += count;
        Total += count;
        if (!kind.Bookkeeping) OfLabels += count;
    }

    private sealed class Counter
    {
        public long Count { get; set; }
    }
}
