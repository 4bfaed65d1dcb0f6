using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Records;

/// <summary>Files of one JSON object a line, each an image: a first pass notes where each stands, so that they can be read in the order of split and path whatever theirs.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly List<Stream> streams = [];
    private readonly List<Entry> entries = [];

    /// <summary>One line.</summary>
    /// <param name="Path">Of the image.</param>
    /// <param name="Split">Its split; null for none.</param>
    /// <param name="Line">From 1.</param>
    /// <param name="Offset">Bytes before it.</param>
    /// <param name="Length">Bytes of it.</param>
    /// <param name="File">The place of its file among those added.</param>
    internal readonly record struct Entry(string Path, string? Split, long Line, long Offset, int Length, int File);

    /// <summary>Sees the annotations' JSON of every line, before any is read.</summary>
    internal delegate void LineSeen(ReadOnlySpan<byte> line);

    /// <summary>Lines in the order of split and path, once all files are added and <see cref="Sort"/> was called.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>Notes the lines of one file.</summary>
    /// <param name="stream">Becomes this object's.</param>
    /// <param name="file">For messages.</param>
    /// <param name="defaultSplit">Split of lines that name none.</param>
    /// <param name="issues">Receives broken lines, which are left out.</param>
    /// <param name="seen">Null for nothing.</param>
    /// <param name="cancellationToken">Stops the pass.</param>
    public void Add(Stream stream, string file, string? defaultSplit, IssueLog issues, LineSeen? seen, CancellationToken cancellationToken)
    {
        streams.Add(stream);
        using var scanner = new LineScanner(stream, file);
        while (scanner.Next(out var line))
        {
            if ((scanner.Line & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            Note(line, scanner.Offset, scanner.Line, file, defaultSplit, issues, seen);
        }
    }

    /// <summary>Brings the lines in order and leaves out images that appear twice.</summary>
    public void Sort(IssueLog issues, Func<int, string> fileName)
    {
        entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path) is var p and not 0 ? p : a.File != b.File ? a.File.CompareTo(b.File) : a.Offset.CompareTo(b.Offset));
        var kept = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            if (kept > 0 && entries[kept - 1].Path == entries[i].Path && entries[kept - 1].Split == entries[i].Split)
                issues.Error("duplicate-path", fileName(entries[i].File), entries[i].Path, "image", "this image appears twice; the later line is left out.", new(Line: entries[i].Line));
            else entries[kept++] = entries[i];
        }

        entries.RemoveRange(kept, entries.Count - kept);
    }

    /// <summary>The bytes of a line.</summary>
    public ReadOnlyMemory<byte> Read(Entry entry)
    {
        var bytes = new byte[entry.Length];
        var stream = streams[entry.File];
        stream.Position = entry.Offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var stream in streams) stream.Dispose();
    }

    private void Note(ReadOnlySpan<byte> line, long offset, long number, string file, string? defaultSplit, IssueLog issues, LineSeen? seen)
    {
        if (offset == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
            offset = 3;
        }

        var lead = line.Length - line.TrimStart(" \t\r"u8).Length;
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty) return;
        try
        {
            string? path = null, split = defaultSplit;
            var cursor = new JsonCursor(line);
            while (cursor.Next(out var key, out var value))
            {
                if (key.SequenceEqual("image"u8)) path = JsonCursor.Text(value);
                else if (key.SequenceEqual("split"u8)) split = JsonCursor.Text(value) is { Length: > 0 } given ? given : defaultSplit;
            }

            if (path is null) throw new FormatException("it has no \"image\"");
            if (split is not null && !IsName(split)) throw new FormatException("its \"split\" cannot be the name of a folder");
            if (ItemPath.Of(path, "image", file, new(Line: number), issues) is not { } usable) return;
            seen?.Invoke(line);
            entries.Add(new(usable, split, number, offset + lead, line.Length, streams.Count - 1));
        }
        catch (FormatException e)
        {
            issues.Error("broken-line", file, null, null, $"{e.Message}; the line is left out.", new(Line: number));
        }
    }

    // Splits become folders.
    private static bool IsName(string split) => TreePath.TryNormalise(split, out var normal) && normal == split && !split.Contains('/', StringComparison.Ordinal);
}
