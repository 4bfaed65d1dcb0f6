using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Records;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Jsonl;

/// <summary>Reads <c>*.jsonl</c>: a first pass finds images and class names, a second reads image by image.</summary>
internal sealed class JsonlReader : DatasetReader
{
    private const int HeadBytes = 64 * 1024;
    private readonly JsonLines lines;
    private readonly IReadOnlyList<ItemJsonReader> records;

    private JsonlReader(DatasetHeader header, JsonLines lines, IReadOnlyList<ItemJsonReader> records)
    {
        Header = header;
        this.lines = lines;
        this.records = records;
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => lines.Entries.Count;

    /// <summary>The files whose first line is an image with annotations.</summary>
    public static IReadOnlyList<string> Choose(IFileTree tree) => tree.Exists(Plumb.PlumbManifest.File) && tree.Exists(Plumb.PlumbManifest.Items)
        ? []
        : [.. tree.Files.Where(f => TreePath.Extension(f) is ".jsonl" or ".ndjson").Where(f => LooksLike(tree, f))];

    public static JsonlReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var files = Choose(source.Tree);
        if (files.Count == 0 && source.Tree.Files is [var only]) files = [only];
        if (files.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no .jsonl file here whose lines have \"image\" and \"annotations\".");
        var lines = new JsonLines();
        try
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var file in files)
                lines.Add(SpoolStream.Seekable(source.Tree.OpenRead(file), cancellationToken), file, files.Count > 1 ? SplitNames.OfFile(file) : null, request.Issues, line => NoteClasses(line, names), cancellationToken);
            lines.Sort(request.Issues, f => files[f]);
            if (lines.Entries.Count == 0 && request.Issues.Errors > 0) throw new DatasetFormatException(files[0], "no line of it is an image.");
            var places = names.Select((name, place) => (name, place)).ToDictionary(n => n.name, n => n.place, StringComparer.Ordinal);
            var header = new DatasetHeader
            {
                Format = "jsonl",
                Classes = [.. names.Select(n => new DatasetClass { Name = n })],
                Splits = [.. lines.Entries.Select(e => e.Split).Distinct()],
            };
            return new(header, lines, [.. files.Select(f => new ItemJsonReader(f, names.Count, places, source, request.Issues))]);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // lines are local: an await for each would cost more than the read
        foreach (var entry in lines.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (records[entry.File].Read(lines.Read(entry), entry) is { } item) yield return item;
        }
    }

    public override ValueTask DisposeAsync()
    {
        lines.Dispose();
        return base.DisposeAsync();
    }

    private static void NoteClasses(ReadOnlySpan<byte> line, SortedSet<string> names)
    {
        var cursor = new JsonCursor(line);
        while (cursor.Next(out var key, out var value))
        {
            if (!key.SequenceEqual("annotations"u8) || value[0] != (byte)'[') continue;
            var at = JsonSkip.WhiteSpace(value, 1);
            while (value[at] == (byte)'{')
            {
                var end = JsonSkip.Value(value, at, final: true);
                if (end == JsonSkip.Incomplete) throw new FormatException("an annotation does not end");
                NoteClass(value[at..end], names);
                at = JsonSkip.WhiteSpace(value, end);
                if (value[at] == (byte)',') at = JsonSkip.WhiteSpace(value, at + 1);
            }
        }
    }

    private static void NoteClass(ReadOnlySpan<byte> annotation, SortedSet<string> names)
    {
        var cursor = new JsonCursor(annotation);
        while (cursor.Next(out var key, out var value))
        {
            if (key.SequenceEqual("class"u8) && JsonCursor.Text(value) is { } name) names.Add(name);
        }
    }

    private static bool LooksLike(IFileTree tree, string file)
    {
        var bytes = FileHead.Read(tree, file, HeadBytes);
        var end = bytes.IndexOf((byte)'\n');
        var reader = new Utf8JsonReader(end < 0 ? bytes : bytes[..end], isFinalBlock: end >= 0, default);
        bool image = false, annotations = false;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1) continue;
                image |= reader.ValueTextEquals("image"u8);
                annotations |= reader.ValueTextEquals("annotations"u8);
                if (image && annotations) return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // half a surrogate pair in a name is an InvalidOperationException
        }

        return false;
    }
}
