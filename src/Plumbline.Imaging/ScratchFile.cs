namespace Plumbline.Imaging;

/// <summary>
/// A file that libvips writes and that goes when it has been read. libvips does not tell a full disk from a damaged picture, and cutting into tiles waits for ever when it meets one:
/// so its work is stopped while there is still some room.
/// </summary>
internal sealed class ScratchFile : IDisposable
{
    private const int NoSpace = 28; // ENOSPC
    private const long LeastRoom = 64 << 20;
    private readonly string _path;
    private readonly DriveInfo _disk;

    /// <summary>Looks whether there is room.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    internal ScratchFile(string path)
    {
        _path = path;
        _disk = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file has a folder
        if (IsFull) throw Full(null);
    }

    /// <summary>Whether writing must stop: there is no room left, or the disk is gone. Does not throw, for libvips asks.</summary>
    internal bool MustStop
    {
        get
        {
            try
            {
                return IsFull;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return true; // Write says why
            }
        }
    }

    private bool IsFull => _disk.AvailableFreeSpace < LeastRoom;

    /// <summary>Runs what writes the file and stops by itself when the disk is full.</summary>
    /// <exception cref="IOException">The disk is full, or gone.</exception>
    internal T Write<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ImageRefusedException e) when (MustStop)
        {
            if (IsFull) throw Full(e);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(_path);

    private static IOException Full(Exception? cause) => new("No space left on device.", cause) { HResult = NoSpace };
}
