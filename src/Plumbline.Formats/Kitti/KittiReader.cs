using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Kitti;

/// <summary>Reads one file an image. The classes are the types found, in alphabetical order, which takes a pass of its own.</summary>
internal sealed class KittiReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly ItemPaths paths;
    private readonly List<KittiFiles.Entry> entries;
    private readonly Dictionary<string, int> classes;

    private KittiReader(DatasetSource source, IssueLog issues, List<KittiFiles.Entry> entries, IReadOnlyCollection<string> types)
    {
        this.source = source;
        this.issues = issues;
        paths = new(issues);
        this.entries = entries;
        classes = types.Select((t, i) => (t, i)).ToDictionary(t => t.t, t => t.i, StringComparer.Ordinal);
        Header = new DatasetHeader { Format = "kitti", Classes = [.. types.Select(t => new DatasetClass { Name = t })], Splits = [.. entries.Select(e => e.Split).Distinct()] };
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => entries.Count;

    public static KittiReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var entries = KittiFiles.Of(source.Tree);
        if (entries.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are no KITTI labels here (label_2/*.txt).");
        var types = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var line in Lines(source.Tree, entry.Labels))
            {
                if (KittiRow.TryParse(line, out var row, out _) && row is not null) types.Add(row.Type);
            }
        }

        return new KittiReader(source, request.Issues, entries, types);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // small local files: synchronous reading costs a fraction of an await and a queued read each
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (path, picture) = PicturesByStem.Find(source.Pictures, entry.Stem, ".png", TreePath.Join(entry.Root, "image_2"), "image_2", "images", entry.Root);
            yield return paths.Unique(new DatasetItem { Path = path, Split = entry.Split, Size = PictureSize.Of(picture), Picture = picture, Annotations = Read(entry, path) }, entry.Labels);
        }
    }

    private static IEnumerable<string> Lines(IFileTree tree, string file)
    {
        using var reader = new StreamReader(tree.OpenRead(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private List<DatasetAnnotation> Read(KittiFiles.Entry entry, string path)
    {
        var annotations = new List<DatasetAnnotation>();
        var number = 0;
        foreach (var line in Lines(source.Tree, entry.Labels))
        {
            number++;
            if (!KittiRow.TryParse(line, out var row, out var fault)) issues.Error("bad-row", entry.Labels, path, null, $"{fault}; the row is left out.", new(Line: number));
            else if (row is not null)
                annotations.Add(new DatasetAnnotation { ClassIndex = classes[row.Type], Shape = new BoxShape(row.Box), Ignore = row.Type == KittiRow.DontCare, Score = ReadScore.Of(row.Score, issues, entry.Labels, path, new(Line: number)), Attributes = row.Attributes() });
        }

        return annotations;
    }
}
