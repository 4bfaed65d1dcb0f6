using System.Text;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.SageMaker;

/// <summary>The manifests of a tree: files whose first line has <c>source-ref</c>.</summary>
internal static class SageMakerFiles
{
    private const int HeadBytes = 4096;

    /// <summary>One manifest.</summary>
    /// <param name="Path">In the tree.</param>
    /// <param name="Split">Its name where that is a split's; null otherwise.</param>
    internal sealed record Manifest(string Path, string? Split);

    /// <summary>What a manifest of images without a split is called.</summary>
    public const string Default = "output";

    /// <summary>The manifests, ordered by path.</summary>
    public static List<Manifest> Of(IFileTree tree) =>
        [.. tree.Files.Where(f => TreePath.Extension(f) is ".manifest" or ".jsonl" or ".json").Take(500).Where(f => LooksLike(tree, f)).Select(f => new Manifest(f, SplitOf(f)))];

    /// <summary>The split that a manifest holds.</summary>
    public static string? SplitOf(string path) => TreePath.FileName(TreePath.Stem(path)) is var name && name is Default or "manifest" or "augmented" ? null : name;

    private static bool LooksLike(IFileTree tree, string file)
    {
        var text = Encoding.UTF8.GetString(FileHead.Read(tree, file, HeadBytes));
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        return line.TrimStart().StartsWith('{') && line.Contains("\"source-ref\"", StringComparison.Ordinal);
    }
}
