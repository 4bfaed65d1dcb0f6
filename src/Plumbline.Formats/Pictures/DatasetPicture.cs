using Plumbline.Formats.Files;

namespace Plumbline.Formats.Pictures;

/// <summary>What happens to the pictures of a dataset that is written.</summary>
public enum PictureMode
{
    /// <summary>Copied beside the labels.</summary>
    Copy,

    /// <summary>Hard-linked where the file system can, copied where it cannot.</summary>
    Link,

    /// <summary>Left where they are; only labels are written.</summary>
    None,
}

/// <summary>The pixels of one picture, still encoded.</summary>
public abstract class DatasetPicture
{
    /// <summary>Where it lies on disk; null when it does not.</summary>
    public virtual string? LocalPath => null;

    /// <summary>Opens the encoded bytes.</summary>
    public abstract Stream OpenRead();

    /// <summary>A picture that is a file of a tree.</summary>
    public static DatasetPicture InTree(IFileTree tree, string path) => new TreePicture(tree, path);

    private sealed class TreePicture(IFileTree tree, string path) : DatasetPicture
    {
        public override string? LocalPath => tree.LocalPath(path);

        public override Stream OpenRead() => tree.OpenRead(path);
    }
}
