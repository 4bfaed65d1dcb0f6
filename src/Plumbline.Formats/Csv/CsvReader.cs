using System.Runtime.CompilerServices;
using Plumbline.Formats.Collections;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Csv;

/// <summary>Reads rows grouped by image, wherever they stand: a first pass notes images, classes and the places of rows, a second reads image by image.</summary>
internal sealed class CsvReader : DatasetReader
{
    private readonly List<(string File, CsvColumns Columns, Stream Stream)> files = [];
    private readonly List<Image> images = [];
    private readonly ChunkedList<Row> rows = new();
    private readonly SortedDictionary<string, int> classes = new(StringComparer.Ordinal);
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private Grouped<Row> rowsOf = Grouped<Row>.Empty;
    private int[] order = [];

    private CsvReader(DatasetSource source, IssueLog issues)
    {
        this.source = source;
        this.issues = issues;
    }

    private readonly record struct Image(string Path, string? Split, PictureSize? Size);

    private readonly record struct Row(int Image, int File, long Offset, int Length, long Line);

    public override DatasetHeader Header => field ??= MakeHeader();

    public override long? ItemCount => images.Count;

    /// <summary>The files whose first row has an image, a class and boxes or shapes.</summary>
    public static IReadOnlyList<string> Choose(IFileTree tree) => [.. tree.Files.Where(f => TreePath.Extension(f) is ".csv" or ".tsv").Where(f => ColumnsOf(tree, f) is { HasShapes: true })];

    public static CsvReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var chosen = Choose(source.Tree);
        if (chosen.Count == 0 && source.Tree.Files is [var only]) chosen = [only];
        if (chosen.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no CSV file here whose first row names image, class, xmin, ymin, xmax and ymax.");
        var reader = new CsvReader(source, request.Issues);
        try
        {
            var known = new Dictionary<(string? Split, string Path), int>();
            foreach (var file in chosen)
            {
                var columns = ColumnsOf(source.Tree, file) ?? throw new DatasetFormatException(file, "its first row must name at least an image column (image, filename) and a class column (class, label).", new(Line: 1));
                reader.Index(file, columns, chosen.Count > 1 ? SplitNames.OfFile(file) : null, known, cancellationToken);
            }

            reader.Settle();
            return reader;
        }
        catch
        {
            reader.Close();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // rows are local: an await for each image would cost more than the read
        foreach (var image in order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ReadItem(image);
        }
    }

    public override ValueTask DisposeAsync()
    {
        Close();
        return base.DisposeAsync();
    }

    private static CsvColumns? ColumnsOf(IFileTree tree, string file)
    {
        var head = new byte[1 << 14];
        int length;
        using (var stream = tree.OpenRead(file)) length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var end = head.AsSpan(0, length).IndexOf((byte)'\n');
        return end < 0 && length == head.Length ? null : CsvColumns.From(head.AsSpan(0, end < 0 ? length : end));
    }

    private void Index(string file, CsvColumns columns, string? defaultSplit, Dictionary<(string? Split, string Path), int> known, CancellationToken cancellationToken)
    {
        var stream = SpoolStream.Seekable(source.Tree.OpenRead(file), cancellationToken);
        files.Add((file, columns, stream));
        using var scanner = new LineScanner(stream, file, quotes: true);
        scanner.Next(out _);
        while (scanner.Next(out var line))
        {
            if ((scanner.Line & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (line.Trim(" \t\r"u8).IsEmpty) continue;
            try
            {
                Note(columns, CsvFields.Split(line, columns.Mark), scanner, line.Length, defaultSplit, known);
            }
            catch (FormatException e)
            {
                issues.Error("broken-row", file, null, null, $"{e.Message}; the row is left out.", new(Line: scanner.Line));
            }
        }
    }

    private void Note(CsvColumns columns, List<string> fields, LineScanner scanner, int length, string? defaultSplit, Dictionary<(string? Split, string Path), int> known)
    {
        if (columns.Field(fields, "image") is not { } name) throw new FormatException("it names no image");
        var split = columns.Field(fields, "split") ?? defaultSplit;
        if (split is not null && (!TreePath.TryNormalise(split, out var normal) || normal != split || split.Contains('/', StringComparison.Ordinal))) throw new FormatException("its split cannot be the name of a folder");
        if (ItemPath.Of(name, "image", files[^1].File, new(Line: scanner.Line), issues) is not { } path) return;
        if (!known.TryGetValue((split, path), out var image))
        {
            image = images.Count;
            known.Add((split, path), image);
            images.Add(new(path, split, columns.Side(fields, "width") is { } width && columns.Side(fields, "height") is { } height ? new PictureSize(width, height) : null));
        }

        if (columns.Field(fields, "class") is not { } label)
        {
            if (CsvColumns.Places.Any(c => columns.Field(fields, c) is not null)) throw new FormatException("it has a shape and no class");
            return;
        }

        classes.TryAdd(label, 0);
        rows.Add(new(image, files.Count - 1, scanner.Offset, length, scanner.Line));
    }

    private void Settle()
    {
        var place = 0;
        foreach (var name in classes.Keys.ToList()) classes[name] = place++;
        rowsOf = Grouped<Row>.From(rows, r => r.Image, images.Count);
        order = [.. Enumerable.Range(0, images.Count).OrderBy(i => images[i].Split, StringComparer.Ordinal).ThenBy(i => images[i].Path, StringComparer.Ordinal)];
    }

    private DatasetHeader MakeHeader() => new()
    {
        Format = "csv",
        Classes = [.. classes.Keys.Select(n => new DatasetClass { Name = n })],
        Splits = [.. order.Select(i => images[i].Split).Distinct()],
    };

    private DatasetItem ReadItem(int place)
    {
        var image = images[place];
        var picture = image.Split is { } split ? source.Pictures.Find(image.Path, "images", $"images/{split}", split) : source.Pictures.Find(image.Path, "images");
        var size = image.Size ?? PictureSize.Of(picture);

        var annotations = new List<DatasetAnnotation>();
        foreach (var row in rowsOf[place])
        {
            var (file, columns, stream) = files[row.File];
            var bytes = new byte[row.Length];
            stream.Position = row.Offset;
            stream.ReadExactly(bytes);
            try
            {
                if (columns.Annotation(CsvFields.Split(bytes, columns.Mark), classes) is { } annotation) annotations.Add(annotation.Score is null ? annotation : annotation with { Score = ReadScore.Of(annotation.Score, issues, file, image.Path, new(Line: row.Line)) });
            }
            catch (FormatException e)
            {
                issues.Error("broken-row", file, image.Path, null, $"{e.Message}; the row is left out.", new(Line: row.Line));
            }
        }

        return new DatasetItem { Path = image.Path, Split = image.Split, Size = size, Picture = picture, Annotations = annotations };
    }

    private void Close()
    {
        foreach (var (_, _, stream) in files) stream.Dispose();
    }
}
