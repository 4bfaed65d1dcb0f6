using Plumbline.Formats.Coco;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>The fast way into an <see cref="ObjectTable"/>: one COCO file, instances, keypoints or results.</summary>
public static class CocoTable
{
    private const int HeadBytes = 1 << 16;

    /// <summary>The one COCO file of a tree; null when it holds none or several.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="results">Whether COCO results are wanted too.</param>
    public static string? FileIn(IFileTree tree, bool results)
    {
        if (results && tree.Files.Count == 1 && TreePath.Extension(tree.Files[0]) == ".json" && IsResults(tree, tree.Files[0])) return tree.Files[0];
        var (chosen, _) = CocoFiles.Choose(tree);
        return chosen.Count == 1 ? chosen[0].Path : null;
    }

    /// <summary>Reads the file. Objects that cannot be used become errors in the log.</summary>
    /// <param name="tree">The files.</param>
    /// <param name="file">The one to read.</param>
    /// <param name="needed">Which shapes matter.</param>
    /// <param name="scored">Whether every object must carry a score; those of a results list always must.</param>
    /// <param name="metadata">Whether to keep what image records say.</param>
    /// <param name="issues">Receives objects that cannot be used.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DatasetFormatException">Not COCO.</exception>
    public static ObjectTable Read(IFileTree tree, string file, TableShapes needed, bool scored, bool metadata, IssueLog issues, CancellationToken cancellationToken)
    {
        var stream = SpoolStream.Seekable(tree.OpenRead(file), cancellationToken);
        try
        {
            return CocoTableReader.Read(stream, file, needed, scored, metadata, issues, cancellationToken);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // A list whose first element names an image and a category. The list may be empty: nothing was found.
    private static bool IsResults(IFileTree tree, string path)
    {
        var bytes = FileHead.Read(tree, path, HeadBytes);
        var at = JsonSkip.WhiteSpace(bytes, 0);
        if (at >= bytes.Length || bytes[at] != (byte)'[') return false;
        at = JsonSkip.WhiteSpace(bytes, at + 1);
        if (at < bytes.Length && bytes[at] == (byte)']') return true;
        if (at >= bytes.Length || bytes[at] != (byte)'{') return false;
        var first = bytes[at..];
        return first.IndexOf("\"image_id\""u8) >= 0 && (first.IndexOf("\"category_id\""u8) >= 0 || bytes.Length >= HeadBytes - 3); // cut off, with or without a byte order mark
    }
}
