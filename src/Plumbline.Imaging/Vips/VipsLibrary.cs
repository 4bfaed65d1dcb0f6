using System.Runtime.InteropServices;

namespace Plumbline.Imaging.Vips;

/// <summary>Loads libvips once, closes every loader the product does not need, and keeps it to one thread a call: callers run several pictures side by side instead.</summary>
public static class VipsLibrary
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The version of the libvips in use, such as <c>8.14.1</c>.</summary>
    /// <exception cref="InvalidOperationException">libvips is not installed.</exception>
    public static string Version => Loaded.Value;

    internal static void EnsureLoaded() => _ = Loaded.Value;

    private static string Load()
    {
        try
        {
            // libvips writes its warnings about odd files to stderr unless this is set before it starts.
            VipsNative.g_setenv("VIPS_WARNING", "0", 1);
            // It looks for plug-ins below this folder. They read formats that are closed here anyway, and they bring a Brotli whose
            // functions replace those of the .NET runtime in the whole process: the next compressed answer would end it.
            VipsNative.g_setenv("VIPSHOME", "/nonexistent", 1);
            if (VipsNative.vips_init("plumbline") != 0) throw VipsException.FromLibrary();
        }
        catch (DllNotFoundException e)
        {
            throw new InvalidOperationException("libvips is not installed. On Debian: apt-get install --no-install-recommends libvips42", e);
        }

        VipsNative.vips_block_untrusted_set(1);
        VipsNative.vips_operation_block_set("VipsForeignLoad", 1);
        foreach (var loader in (string[])["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadTiff", "VipsForeignLoadNsgif"])
        {
            VipsNative.vips_operation_block_set(loader, 0);
        }

        VipsNative.vips_concurrency_set(1);
        VipsNative.vips_cache_set_max(0); // results are never asked for twice, and cached files would keep their memory
        return Marshal.PtrToStringUTF8(VipsNative.vips_version_string()) ?? "unknown";
    }
}
