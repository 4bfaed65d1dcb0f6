using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.Cvat;

/// <summary>Which XML files of a tree are CVAT's, judged from their first elements, and which split each holds.</summary>
internal static class CvatFiles
{
    private const int MaxCandidates = 200;

    /// <summary>One file.</summary>
    /// <param name="Path">In the tree.</param>
    /// <param name="Split">What its images belong to where they do not say themselves.</param>
    internal sealed record Choice(string Path, string? Split);

    /// <summary>The files to read, ordered by path.</summary>
    public static List<Choice> Of(IFileTree tree)
    {
        var files = tree.Files.Where(f => TreePath.Extension(f) == ".xml").Take(MaxCandidates).Where(f => LooksLike(tree, f)).ToList();
        return [.. files.Select(f => new Choice(f, SplitOf(f, files.Count)))];
    }

    /// <summary>The one XML file of a tree that holds nothing else: what a user names is read, recognised or not.</summary>
    public static Choice? OnlyXml(IFileTree tree) => tree.Files.Count == 1 && TreePath.Extension(tree.Files[0]) == ".xml" ? new Choice(tree.Files[0], null) : null;

    private static string? SplitOf(string path, int files)
    {
        var name = TreePath.FileName(TreePath.Stem(path));
        if (SplitNames.Is(name)) return name;
        var folder = TreePath.FileName(TreePath.Folder(path));
        return SplitNames.Is(folder) ? folder : files > 1 ? TreePath.Stem(path).Replace('/', '-') : null;
    }

    private static bool LooksLike(IFileTree tree, string path)
    {
        try
        {
            using var stream = tree.OpenRead(path);
            using var xml = new XmlFile(stream, path);
            if (xml.Root != "annotations") return false;
            while (xml.Next(out var child, out _))
            {
                var name = new XmlTag(child[..XmlSkip.Tag(child, 0)]).Name;
                if (name.SequenceEqual("meta"u8) || name.SequenceEqual("image"u8) || name.SequenceEqual("track"u8)) return true;
            }

            return false;
        }
        catch (DatasetFormatException)
        {
            return false;
        }
    }
}
