using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Datasets;

/// <summary>A dataset path, opened: the files to read labels from and the places to look for pictures.</summary>
/// <param name="Tree">Label files; for a single file, that file alone.</param>
/// <param name="Pictures">Finds pictures.</param>
public sealed record DatasetSource(IFileTree Tree, PictureFinder Pictures) : IDisposable
{
    private IFileTree? Beside { get; init; }

    /// <summary>A source whose pictures lie in its own tree.</summary>
    public static DatasetSource In(IFileTree tree) => new(tree, new PictureFinder([tree]));

    /// <summary>Opens a file, a folder or a ZIP.</summary>
    /// <param name="path">The dataset path.</param>
    /// <param name="imageRoot">Where pictures lie; null to look beside the labels.</param>
    /// <exception cref="FileNotFoundException">There is nothing at the path, or no folder at <paramref name="imageRoot"/>.</exception>
    /// <exception cref="InvalidDataException">A broken or oversized ZIP.</exception>
    public static DatasetSource Open(string path, string? imageRoot = null)
    {
        if (imageRoot is not null && !Directory.Exists(imageRoot)) throw new FileNotFoundException($"There is no folder {imageRoot}.", imageRoot);
        var pictures = imageRoot is null ? null : new DirectoryTree(imageRoot);
        if (Directory.Exists(path))
        {
            var tree = new DirectoryTree(path);
            return new DatasetSource(tree, new PictureFinder(pictures is null ? [tree] : [pictures, tree]));
        }

        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file or folder {path}.", path);
        if (Path.GetExtension(path).ToLowerInvariant() is ".zip" or ".plumb")
        {
            var tree = new ZipTree(File.OpenRead(path), path);
            return new DatasetSource(tree, new PictureFinder(pictures is null ? [tree] : [pictures, tree]));
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!; // a full path of a file has a folder
        IFileTree beside = new DirectoryTree(folder);
        return new DatasetSource(DirectoryTree.OfFile(path), new PictureFinder(pictures is null ? [beside] : [pictures, beside])) { Beside = beside };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Tree.Dispose();
        Beside?.Dispose();
    }
}
