using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Imaging.Vips;

/// <summary>Follows a long computation whose input is a picture, and stops it.</summary>
internal sealed unsafe class VipsWatch : IDisposable
{
    private readonly VipsImage _image;
    private readonly Action<int> _told;
    private readonly Func<bool> _mustStop;
    private readonly nuint _handler;
    private GCHandle _self;
    private int _last = -1;

    /// <summary>Begins to watch.</summary>
    /// <param name="image">What is computed, or what it is computed from.</param>
    /// <param name="told">Gets each new percentage, on whatever thread computes; must not throw.</param>
    /// <param name="mustStop">Asked before <paramref name="told"/>; yes makes the operation fail. Must not throw.</param>
    internal VipsWatch(VipsImage image, Action<int> told, Func<bool> mustStop)
    {
        (_image, _told, _mustStop) = (image, told, mustStop);
        _self = GCHandle.Alloc(this);
        VipsNative.vips_image_set_progress(image.Pointer, 1);
        _handler = VipsNative.g_signal_connect_data(image.Pointer, "eval", &OnEval, GCHandle.ToIntPtr(_self), 0, 0);
    }

    public void Dispose()
    {
        VipsNative.g_signal_handler_disconnect(_image.Pointer, _handler);
        VipsNative.vips_image_set_progress(_image.Pointer, 0);
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEval(nint image, VipsProgress* progress, nint self)
    {
        if (GCHandle.FromIntPtr(self).Target is not VipsWatch watch) return;
        if (Interlocked.Exchange(ref watch._last, progress->Percent) == progress->Percent) return;
        if (watch._mustStop()) VipsNative.vips_image_set_kill(watch._image.Pointer, 1);
        watch._told(progress->Percent);
    }
}

/// <summary>libvips' <c>VipsProgress</c>; only what it tells is of use.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VipsProgress
{
    public nint Image;
    public int Seconds;
    public int SecondsLeft;
    public long Pixels;
    public long PixelsDone;
    public int Percent;
}
