using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Files;

/// <summary>
/// Where a writer puts its files. Nothing shows under the final name before <see cref="Commit"/>; disposing without it leaves no trace.
/// Writing is synchronous on purpose: label files are many and tiny, and an asynchronous open costs several times the write.
/// </summary>
public abstract class TreeTarget : IDisposable
{
    private string? lastPicture;

    /// <summary>True when the target is one file: a writer may then create a single file, of any name.</summary>
    public virtual bool IsSingleFile => false;

    /// <summary>Creates a file and the folders above it.</summary>
    /// <exception cref="ArgumentException">The path is not one of <see cref="TreePath"/>.</exception>
    public abstract Stream Create(string path);

    /// <summary>Creates a small file in one go.</summary>
    public virtual void Write(string path, ReadOnlySpan<byte> content)
    {
        using var stream = Create(path);
        stream.Write(content);
    }

    /// <summary>Puts a picture in place, by copy or by hard link. One that was put last is there: COCO may speak of a picture twice, one record after the other.</summary>
    public void Add(string path, DatasetPicture picture, PictureMode mode)
    {
        if (path == lastPicture) return;
        Put(path, picture, mode);
        lastPicture = path;
    }

    /// <summary>Copies or links one picture.</summary>
    protected virtual void Put(string path, DatasetPicture picture, PictureMode mode)
    {
        using var source = picture.OpenRead();
        using var stream = Create(path);
        source.CopyTo(stream, 1 << 16);
    }

    /// <summary>Makes everything visible under the final name.</summary>
    public abstract void Commit();

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Throws unless the path stays inside the target.</summary>
    protected static void Check(string path)
    {
        if (!TreePath.TryNormalise(path, out var normal) || normal != path) throw new ArgumentException($"'{path}' is not a path inside the target.", nameof(path));
    }

    /// <summary>Takes away what was written when it was not committed.</summary>
    protected abstract void Dispose(bool disposing);
}
