using Plumbline.Formats.Files;

namespace Plumbline.Cli;

/// <summary>Turns a target path into the place that is written: a folder, a <c>.zip</c>, or one <c>.json</c>.</summary>
internal static class TargetOpening
{
    public static TreeTarget Open(string path, bool overwrite)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension is not (".zip" or ".json") || Directory.Exists(path)) return Folder(path, overwrite);
        if (File.Exists(path) && !overwrite) throw new UsageException($"{path} exists; choose another target or pass --overwrite.");
        if (extension == ".json") return new FileTarget(path);
        var aside = $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.partial";
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
                stream.Dispose();
                File.Delete(aside);
            });
    }

    private static DirectoryTarget Folder(string path, bool overwrite)
    {
        try
        {
            return new DirectoryTarget(path, overwrite);
        }
        catch (IOException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
