using System.Runtime.InteropServices;

namespace Plumbline.Imaging.Vips;

/// <summary>Numbers of libvips' <c>VipsBandFormat</c>.</summary>
internal enum VipsBandFormat
{
    UChar = 0, Char = 1, UShort = 2, Short = 3, UInt = 4, Int = 5, Float = 6, Complex = 7, Double = 8, DoubleComplex = 9,
}

/// <summary>Numbers of libvips' <c>VipsInterpretation</c>, as far as we tell them apart.</summary>
internal enum VipsInterpretation
{
    Multiband = 0, BlackWhite = 1, Lab = 13, Cmyk = 15, LabQ = 16, Rgb = 17, Srgb = 22, Rgb16 = 25, Grey16 = 26, ScRgb = 28,
}

/// <summary>A libvips picture: mostly a recipe, computed when it is written. Owns one reference.</summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    internal VipsImage(nint image) : base(0, ownsHandle: true) => SetHandle(image);

    public override bool IsInvalid => handle == 0;

    internal int Width => VipsNative.vips_image_get_width(handle);

    internal int Height => VipsNative.vips_image_get_height(handle);

    internal int Bands => VipsNative.vips_image_get_bands(handle);

    internal VipsBandFormat Format => (VipsBandFormat)VipsNative.vips_image_get_format(handle);

    internal VipsInterpretation Interpretation => (VipsInterpretation)VipsNative.vips_image_get_interpretation(handle);

    /// <summary>EXIF orientation, 1 when the file does not say.</summary>
    internal int Orientation => VipsNative.vips_image_get_orientation(handle);

    internal bool HasAlpha => VipsNative.vips_image_hasalpha(handle) != 0;

    internal nint Pointer => handle;

    internal static VipsImage FromMemory(ReadOnlySpan<byte> samples, int width, int height, int bands)
    {
        VipsLibrary.EnsureLoaded();
        fixed (byte* data = samples)
        {
            var image = VipsNative.vips_image_new_from_memory_copy(data, (nuint)samples.Length, width, height, bands, (int)VipsBandFormat.UChar);
            return image != 0 ? new VipsImage(image) : throw VipsException.FromLibrary();
        }
    }

    /// <summary>Computes the picture now and keeps its samples, so that several later steps can read it in any order.</summary>
    internal VipsImage ToMemory()
    {
        var copy = VipsNative.vips_image_copy_memory(handle);
        return copy != 0 ? new VipsImage(copy) : throw VipsException.FromLibrary();
    }

    /// <summary>Computes all samples, band-interleaved, row by row.</summary>
    internal byte[] Samples() => Copied(VipsNative.vips_image_write_to_memory(handle, out var length), length);

    /// <summary>The same of a small picture that is in memory or comes straight from its loader, all at once and on the calling thread: to hand its rows to a worker costs more than to compute them.</summary>
    internal byte[] SamplesAtOnce()
    {
        var region = VipsNative.vips_region_new(handle);
        if (region == 0) throw VipsException.FromLibrary();
        try
        {
            return Copied(VipsNative.vips_region_fetch(region, 0, 0, Width, Height, out var length), length);
        }
        finally
        {
            VipsNative.g_object_unref(region);
        }
    }

    private static byte[] Copied(nint memory, nuint length)
    {
        if (memory == 0) throw VipsException.FromLibrary();
        try
        {
            return new ReadOnlySpan<byte>((void*)memory, checked((int)length)).ToArray();
        }
        finally
        {
            VipsNative.g_free(memory);
        }
    }

    internal bool Has(string field) => VipsNative.vips_image_get_typeof(handle, field) != 0;

    internal int? Int(string field) => Has(field) && VipsNative.vips_image_get_int(handle, field, out var value) == 0 ? value : null;

    internal string? Text(string field)
    {
        if (!Has(field) || VipsNative.vips_image_get_as_string(handle, field, out var text) != 0) return null;
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            VipsNative.g_free(text);
        }
    }

    internal byte[]? Blob(string field) =>
        Has(field) && VipsNative.vips_image_get_blob(handle, field, out var data, out var length) == 0
            ? new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray()
            : null;

    protected override bool ReleaseHandle()
    {
        VipsNative.g_object_unref(handle);
        return true;
    }
}
