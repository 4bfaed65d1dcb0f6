using Plumbline.Formats.Files;

namespace Plumbline.Formats.Pictures;

/// <summary>Finds the picture that a label file speaks of.</summary>
/// <param name="trees">Where pictures may lie, the likeliest first.</param>
public sealed class PictureFinder(IReadOnlyList<IFileTree> trees)
{
    /// <summary>Extensions that count as pictures, the commonest first.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif", ".JPG", ".JPEG", ".PNG"];

    /// <summary>Whether a path has a picture's extension.</summary>
    public static bool IsPicture(string path) => TreePath.Extension(path) is ".jpg" or ".jpeg" or ".png" or ".webp" or ".bmp" or ".tif" or ".tiff" or ".gif";

    /// <summary>Looks for a path under each of the folders; null when it is in none.</summary>
    public DatasetPicture? Find(string path, params ReadOnlySpan<string> folders)
    {
        foreach (var tree in trees)
        {
            if (tree.Exists(path)) return DatasetPicture.InTree(tree, path);
            foreach (var folder in folders)
            {
                var candidate = TreePath.Join(folder, path);
                if (candidate != path && tree.Exists(candidate)) return DatasetPicture.InTree(tree, candidate);
            }
        }

        return null;
    }
}
