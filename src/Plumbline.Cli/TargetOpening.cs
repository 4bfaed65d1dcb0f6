using Plumbline.Formats;
using Plumbline.Formats.Files;

namespace Plumbline.Cli;

/// <summary>Turns a target path into the place that is written: a folder, a <c>.zip</c> or <c>.plumb</c>, or one file where the format can be one.</summary>
internal static class TargetOpening
{
    private static readonly string[] FileExtensions = [.. DatasetFormats.All.Select(f => f.FileExtension).OfType<string>().Distinct()];

    /// <summary>Refuses a target that looks like one file where the format is many.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public static void Check(string path, DatasetFormat format)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (!FileExtensions.Contains(extension) || extension == format.FileExtension) return;
        throw new UsageException(format.FileExtension is null
            ? $"{format.Name} is many files; give a folder or a .zip as the target, not {path}."
            : $"{format.Name} is a {format.FileExtension} file, a folder or a .zip, not {path}.");
    }

    /// <summary>Whether the target is one file, which has no place for pictures.</summary>
    public static bool IsSingleFile(string path, DatasetFormat format) => format.FileExtension is { } extension && Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>Whether a path has the extension of one file of some format.</summary>
    public static bool LooksLikeSingleFile(string path) => FileExtensions.Contains(Path.GetExtension(path).ToLowerInvariant()) && !Directory.Exists(path);

    /// <summary>Opens the target of a dataset.</summary>
    public static TreeTarget Open(string path, DatasetFormat format, bool overwrite)
    {
        if (!IsSingleFile(path, format)) return Open(path, overwrite);
        RefuseExisting(path, overwrite);
        return new FileTarget(path);
    }

    /// <summary>Opens a folder or an archive.</summary>
    public static TreeTarget Open(string path, bool overwrite)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".zip" or ".plumb") || Directory.Exists(path)) return Folder(path, overwrite);
        RefuseExisting(path, overwrite);
        var aside = AsidePath.For(path);
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!); // a full path of a file has a folder
        var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        return new ZipTarget(
            stream,
            () =>
            {
                stream.Dispose();
                File.Move(aside, path, overwrite: true);
            },
            () =>
            {
                try
                {
                    stream.Dispose();
                }
                finally
                {
                    File.Delete(aside); // also where a full disk refuses what the stream still held
                }
            });
    }

    private static void RefuseExisting(string path, bool overwrite)
    {
        if (File.Exists(path) && !overwrite) throw new UsageException($"{path} exists; choose another target or pass --overwrite.");
    }

    private static DirectoryTarget Folder(string path, bool overwrite)
    {
        try
        {
            return new DirectoryTarget(path, overwrite);
        }
        catch (TargetInUseException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
