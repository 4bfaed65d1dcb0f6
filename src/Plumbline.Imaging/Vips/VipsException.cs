using System.Runtime.InteropServices;

namespace Plumbline.Imaging.Vips;

/// <summary>
/// libvips could not do an operation. libvips keeps one error text for the whole process, so while several threads work the message may
/// tell of another thread's file: it is for logs, and nothing decides by it.
/// </summary>
internal sealed class VipsException(string message) : Exception(message)
{
    internal static VipsException FromLibrary()
    {
        var text = VipsNative.vips_error_buffer_copy(); // reads and clears under the library's lock
        try
        {
            return new VipsException(Marshal.PtrToStringUTF8(text)?.Trim() ?? "libvips gave no reason");
        }
        finally
        {
            VipsNative.g_free(text);
        }
    }
}
