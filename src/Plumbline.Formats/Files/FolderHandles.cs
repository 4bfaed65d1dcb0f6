using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Plumbline.Formats.Files;

/// <summary>
/// Creates many small files with three calls of the system each (open beside its folder's handle, write, close). Through <see cref="File"/> a label file costs twice the processor time: the whole path is walked, and
/// the file is locked and looked at again.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class FolderHandles : IDisposable
{
    private const int WriteOnly = 0x1, Create = 0x40, Exclusive = 0x80, CloseOnExec = 0x80000, CurrentFolder = -100, Mode = 0x1B6, Interrupted = 4;
    private const int MaxOpen = 64;
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);

    /// <summary>Creates a file that is not there yet.</summary>
    /// <param name="folder">Its folder, which is there.</param>
    /// <param name="name">Its name in the folder.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="IOException">It is there, or the disk refuses.</exception>
    public void Write(string folder, ReadOnlySpan<char> name, ReadOnlySpan<byte> content)
    {
        var file = Open(HandleOf(folder), name, WriteOnly | Create | Exclusive | CloseOnExec);
        if (file < 0) throw Fault(folder, name);
        try
        {
            while (!content.IsEmpty)
            {
                nint written;
                fixed (byte* bytes = content) written = Write(file, bytes, (nuint)content.Length);
                if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw Fault(folder, name);
                content = content[(int)Math.Max(0, written)..];
            }
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var handle in open.Values) _ = Close(handle);
        open.Clear();
    }

    private int HandleOf(string folder)
    {
        if (open.TryGetValue(folder, out var handle)) return handle;
        if (open.Count == MaxOpen) Dispose();
        handle = Open(CurrentFolder, folder, CloseOnExec);
        return handle >= 0 ? open[folder] = handle : throw Fault(folder, "");
    }

    private static int Open(int folder, ReadOnlySpan<char> path, int flags)
    {
        var length = Encoding.UTF8.GetByteCount(path);
        Span<byte> utf8 = length < 512 ? stackalloc byte[512] : new byte[length + 1];
        utf8[Encoding.UTF8.GetBytes(path, utf8)] = 0;
        fixed (byte* bytes = utf8) return OpenAt(folder, bytes, flags, Mode);
    }

    private static IOException Fault(string folder, ReadOnlySpan<char> name) => new($"{folder}/{name}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAt(int folder, byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
