using Plumbline.Formats.Files;

namespace Plumbline.Server.Features.Imports;

/// <summary>One file to take in.</summary>
/// <param name="Key">Its name in the job, the same on every try: <c>folder/photo.jpg</c>, or <c>photos.zip!/photo.jpg</c>.</param>
/// <param name="Path">The path that the image shall have in the project.</param>
/// <param name="Open">Opens its bytes; null when it is refused unread.</param>
/// <param name="Refusal">Why it is refused unread.</param>
public sealed record IngestItem(string Key, string Path, Func<Stream>? Open, ItemRefusal? Refusal);

/// <summary>Why one file is not taken in.</summary>
/// <param name="Code">A stable word, such as <c>truncated</c>.</param>
/// <param name="Message">For the person whose file it is.</param>
public sealed record ItemRefusal(string Code, string Message);

/// <summary>All files of a tree in a fixed order, with ZIP archives unfolded. What operating systems leave lying about is passed over.</summary>
public sealed class IngestItems : IDisposable
{
    private const int MaxPathLength = 1_000;
    private static readonly TreeLimits ZipLimits = new(500_000, 4L << 30, 1L << 40, 250);
    private readonly List<ZipTree> _archives = [];

    /// <summary>Lists the tree. The tree must stay open while items are read.</summary>
    public IngestItems(IFileTree files)
    {
        var found = new List<IngestItem>();
        foreach (var path in files.Files)
        {
            if (IsClutter(path)) continue;
            if (TreePath.Extension(path) == ".zip") Unfold(files, path, found);
            else found.Add(Item(files, path, path, path));
        }

        found.AddRange(files.Refused.Select(entry => Unusable(entry, "")));
        All = found;
    }

    /// <summary>The files, each key once.</summary>
    public IReadOnlyList<IngestItem> All { get; }

    /// <inheritdoc />
    public void Dispose() => _archives.ForEach(archive => archive.Dispose());

    private void Unfold(IFileTree files, string zip, List<IngestItem> found)
    {
        try
        {
            var archive = new ZipTree(files.OpenRead(zip), zip, ZipLimits);
            _archives.Add(archive);
            foreach (var entry in archive.Files.Where(entry => !IsClutter(entry)))
            {
                found.Add(Item(archive, entry, $"{zip}!/{entry}", TreePath.Join(TreePath.Folder(zip), entry)));
            }

            found.AddRange(archive.Refused.Where(entry => !IsClutter(entry.Name)).Select(entry => Unusable(entry, $"{zip}!/")));
        }
        catch (InvalidDataException e)
        {
            found.Add(new IngestItem(zip, zip, null, new ItemRefusal("bad-archive", e.Message)));
        }
    }

    private static IngestItem Item(IFileTree tree, string file, string key, string path)
    {
        if (path.Length <= MaxPathLength && TextRules.IsPlain(path)) return new IngestItem(key, path, () => tree.OpenRead(file), null);
        return new IngestItem(Printable(key), Printable(path), null, new ItemRefusal("bad-path", $"The path is over {MaxPathLength} characters or holds control characters."));
    }

    private static IngestItem Unusable(RefusedEntry entry, string prefix) =>
        new(prefix + Printable(entry.Name), Printable(entry.Name), null, new ItemRefusal("bad-path", $"Not taken in: {entry.Why}."));

    private static string Printable(string name)
    {
        var shown = string.Concat(name.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune)));
        return shown.Length <= MaxPathLength ? shown : shown[..MaxPathLength];
    }

    private static bool IsClutter(string path)
    {
        var name = TreePath.FileName(path);
        return path.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.StartsWith("._", StringComparison.Ordinal)
            || name is ".DS_Store" or "Thumbs.db" or "desktop.ini" || path.Contains("/@eaDir/", StringComparison.Ordinal);
    }
}
