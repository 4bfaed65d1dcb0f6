using System.Runtime.InteropServices;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Files;

/// <summary>A folder, written beside its final name and renamed at the end.</summary>
public sealed partial class DirectoryTarget : TreeTarget
{
    private readonly string final;
    private readonly string aside;
    private readonly bool replace;
    private readonly Dictionary<string, string> made = new(StringComparer.Ordinal);
    private readonly FolderHandles? handles = OperatingSystem.IsLinux() ? new() : null;
    private bool committed;

    /// <param name="path">The folder to be.</param>
    /// <param name="replace">Whether a folder of that name with files in it is replaced.</param>
    /// <exception cref="TargetInUseException">It is a file, or has files and may not be replaced.</exception>
    public DirectoryTarget(string path, bool replace = false)
    {
        final = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        this.replace = replace;
        RefuseWhenInUse();
        aside = AsidePath.For(final);
        Directory.CreateDirectory(aside);
    }

    /// <inheritdoc />
    public override Stream Create(string path) => new FileStream(Prepare(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);

    /// <inheritdoc />
    public override void Write(string path, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsLinux() && handles is not null)
        {
            Check(path);
            handles.Write(Folder(TreePath.Folder(path)), path.AsSpan(path.LastIndexOf('/') + 1), content);
            return;
        }

        using var handle = File.OpenHandle(Prepare(path), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        if (!content.IsEmpty) RandomAccess.Write(handle, content, 0);
    }

    /// <inheritdoc />
    protected override void Put(string path, DatasetPicture picture, PictureMode mode)
    {
        if (picture.LocalPath is not { } source)
        {
            base.Put(path, picture, mode);
            return;
        }

        var target = Prepare(path);
        if (mode == PictureMode.Link && HardLink(source, target) == 0) return;
        File.Copy(source, target);
    }

    /// <inheritdoc />
    public override void Commit()
    {
        CloseHandles();
        if (Directory.Exists(final))
        {
            RefuseWhenInUse();
            Directory.Delete(final, recursive: replace);
        }

        Directory.Move(aside, final);
        committed = true;
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        CloseHandles();
        if (!committed && Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
    }

    private void RefuseWhenInUse()
    {
        if (File.Exists(final)) throw new TargetInUseException($"{final} is a file; the target must be a folder.");
        if (!replace && Directory.Exists(final) && Directory.EnumerateFileSystemEntries(final).Any()) throw new TargetInUseException($"{final} is not empty; choose another target or pass --overwrite.");
    }

    // 0 when linked; anything else (another disk, a file system without links) falls back to a copy.
    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string source, string target);

    private string Prepare(string path)
    {
        Check(path);
        Folder(TreePath.Folder(path));
        return $"{aside}/{path}";
    }

    // The folder on disk, made when it is first asked for.
    private string Folder(string folder)
    {
        if (made.TryGetValue(folder, out var known)) return known;
        var onDisk = folder.Length == 0 ? aside : $"{aside}/{folder}";
        Directory.CreateDirectory(onDisk);
        return made[folder] = onDisk;
    }

    private void CloseHandles()
    {
        if (OperatingSystem.IsLinux()) handles?.Dispose();
    }
}
