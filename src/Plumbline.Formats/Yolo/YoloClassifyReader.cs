using System.Runtime.CompilerServices;
using Plumbline.Core.Annotations;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Yolo;

/// <summary>Reads folders of pictures: a tag an image. The same path in two classes of a split becomes two images; the later one is numbered.</summary>
internal sealed class YoloClassifyReader : DatasetReader
{
    private readonly IFileTree tree;
    private readonly List<(string Path, string? Split, int Class, string File)> images;

    private YoloClassifyReader(IFileTree tree, DatasetHeader header, List<(string Path, string? Split, int Class, string File)> images)
    {
        this.tree = tree;
        this.images = images;
        Header = header;
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => images.Count;

    public static YoloClassifyReader Open(string format, DatasetSource source)
    {
        var found = new List<(string? Split, string Name, string Path, string File)>();
        foreach (var file in source.Tree.Files)
        {
            if (PictureFolders.TryPart(file, out var split, out var name, out var path)) found.Add((split, name, path, file));
        }

        if (found.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there are no pictures in folders of classes (train/cat/a.jpg) here.");
        var names = found.Select(f => f.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        var places = names.Select((n, i) => (n, i)).ToDictionary(n => n.n, n => n.i, StringComparer.Ordinal);
        var paths = new PathAllocator();
        var images = found.OrderBy(f => f.Split, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => (Path: paths.Allocate(f.Split, f.Path), f.Split, places[f.Name], f.File))
            .OrderBy(f => f.Split, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal).ToList();
        var header = new DatasetHeader { Format = format, Classes = [.. names.Select(n => new DatasetClass { Name = n })], Splits = [.. images.Select(i => i.Split).Distinct()] };
        return new(source.Tree, header, images);
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // a look at a header is local: an await for each would cost more
        foreach (var (path, split, place, file) in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PictureSize? size;
            using (var stream = tree.OpenRead(file)) size = PictureSize.Read(stream);
            yield return new DatasetItem
            {
                Path = path,
                Split = split,
                Size = size,
                Picture = DatasetPicture.InTree(tree, file),
                Annotations = [new DatasetAnnotation { ClassIndex = place, Shape = new TagShape() }],
            };
        }
    }
}
