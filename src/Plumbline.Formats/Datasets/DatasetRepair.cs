using Plumbline.Core.Annotations;
using Plumbline.Core.Checks;
using Plumbline.Formats.Coco;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Datasets;

/// <summary>
/// Writes a dataset again in place, without its mendable faults: read with every field, written by its own format beside the originals, then renamed over them. Files of the dataset that hold no
/// labels are not touched. Refused where anything else would change: where the format's writer would lose something, or would lay the labels out differently.
/// </summary>
/// <param name="format">The dataset's format.</param>
/// <param name="source">The dataset.</param>
/// <param name="repairs">Repairs by the place of the item.</param>
public sealed class DatasetRepair(DatasetFormat format, DatasetSource source, IReadOnlyDictionary<int, List<Repair>> repairs)
{
    /// <summary>Mends the dataset.</summary>
    /// <returns>The files that were replaced, relative to the dataset.</returns>
    /// <exception cref="NotSupportedException">It cannot be mended in place; the message says why and what to do.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var files = source.Tree.Files;
        if (files.Count > 0 && source.Tree.LocalPath(files[0]) is null) throw new NotSupportedException("An archive is not mended in place; unpack it and mend the folder.");
        var single = files.Count == 1;
        var aside = Path.Combine(Path.GetTempPath(), $"plumbline.{Guid.NewGuid():N}.fix");
        try
        {
            var written = await WriteAsync(aside, single, cancellationToken);
            if (single) written = [(written[0].Path, files[0])];
            if (written.FirstOrDefault(w => !source.Tree.Exists(w.Target)) is { Target: { } missing })
                throw new NotSupportedException($"The labels would be written as {missing}, which is not how they lie now; name one label file, or convert the dataset to {format.Name} first.");
            cancellationToken.ThrowIfCancellationRequested();
            return Replace(aside, written);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    private async Task<List<(string Path, string Target)>> WriteAsync(string aside, bool single, CancellationToken cancellationToken)
    {
        var losses = new LossReport();
        var issues = new IssueLog();
        await using var opened = await format.OpenAsync(source, new ReadRequest(format.DetailNeeded(format.Name), FormatOptions.Defaults, issues), cancellationToken);
        await using var mended = new MappedReader(opened, opened.Header, Mend);
        using TreeTarget target = single ? new FileTarget(Path.Combine(aside, Path.GetFileName(source.Tree.Files[0]))) : new DirectoryTarget(aside);
        await format.WriteAsync(mended, new WriteRequest(target, FormatOptions.Defaults, PictureMode.None, losses, issues), cancellationToken);
        target.Commit();
        if (losses.OfLabels > 0) throw new NotSupportedException($"Writing {format.Name} again would lose something else: {string.Join(" ", losses.Counts.Where(c => !c.Kind.Bookkeeping).Select(c => c.Kind.Why).Distinct())}");
        return [.. Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(aside, f)).Order(StringComparer.Ordinal).Select(f => (f, f))];
    }

    private DatasetItem Mend(DatasetItem item, int place)
    {
        if (!repairs.TryGetValue(place, out var wanted)) return item;
        if (wanted.Exists(r => r.Place >= item.Annotations.Count)) throw new NotSupportedException($"The annotations of {item.Path} are read in two ways; mend them by hand.");
        var annotations = new List<DatasetAnnotation>(item.Annotations.Count);
        for (var i = 0; i < item.Annotations.Count; i++)
        {
            var annotation = item.Annotations[i];
            var own = wanted.Where(r => r.Place == i).ToList();
            if (own.Exists(r => r.Shape is null)) continue;
            annotations.Add(own is not [.., { Shape: { } shape }] ? annotation : Reshaped(annotation, shape));
        }

        return item with { Annotations = annotations };
    }

    private DatasetAnnotation Reshaped(DatasetAnnotation annotation, Shape shape) => annotation with
    {
        Shape = shape,
        SourceKind = null,
        StatedBox = null,
        StatedArea = null,
        Raw = annotation.Raw.IsEmpty ? default
            : format is CocoFormat ? CocoAmendment.Reshape(annotation.Raw, shape)
            : throw new NotSupportedException($"Shapes of {format.Name} records cannot be changed in place."),
    };

    // All beside their targets first, so that only renames are left, which take no time and hardly fail.
    private List<string> Replace(string aside, List<(string Path, string Target)> written)
    {
        var moves = new List<(string From, string To, string Name)>();
        try
        {
            foreach (var (path, target) in written)
            {
                var to = source.Tree.LocalPath(target)!; // a folder's files lie on disk, and the file exists
                var from = AsidePath.For(to);
                if (Same(Path.Combine(aside, path), to)) continue;
                moves.Add((from, to, target));
                File.Copy(Path.Combine(aside, path), from);
            }
        }
        catch
        {
            foreach (var (from, _, _) in moves) File.Delete(from);
            throw;
        }

        foreach (var (from, to, _) in moves) File.Move(from, to, overwrite: true);
        return [.. moves.Select(m => m.Name)];
    }

    private static bool Same(string a, string b)
    {
        using FileStream first = File.OpenRead(a), second = File.OpenRead(b);
        if (first.Length != second.Length) return false;
        byte[] one = new byte[1 << 16], other = new byte[1 << 16];
        while (true)
        {
            var count = first.ReadAtLeast(one, one.Length, throwOnEndOfStream: false);
            if (second.ReadAtLeast(other, other.Length, throwOnEndOfStream: false) != count || !one.AsSpan(0, count).SequenceEqual(other.AsSpan(0, count))) return false;
            if (count == 0) return true;
        }
    }
}
