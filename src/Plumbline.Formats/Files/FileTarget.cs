namespace Plumbline.Formats.Files;

/// <summary>One single file, written beside its final name and renamed at the end; an existing one is replaced in one step.</summary>
public sealed class FileTarget(string path) : TreeTarget
{
    private readonly string final = Path.GetFullPath(path);
    private readonly string aside = AsidePath.For(path);
    private bool committed;

    /// <inheritdoc />
    public override bool IsSingleFile => true;

    /// <inheritdoc />
    public override Stream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(final)!); // a full path of a file has a folder
        return new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <inheritdoc />
    public override void Commit()
    {
        File.Move(aside, final, overwrite: true);
        committed = true;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (!committed) File.Delete(aside);
    }
}
