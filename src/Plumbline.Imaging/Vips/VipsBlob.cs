using System.Runtime.InteropServices;

namespace Plumbline.Imaging.Vips;

/// <summary>Bytes held by libvips, such as an encoded picture. Owns one reference.</summary>
internal sealed unsafe class VipsBlob : SafeHandle
{
    internal VipsBlob(nint blob) : base(0, ownsHandle: true) => SetHandle(blob);

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    internal static VipsBlob Copy(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            return new VipsBlob(VipsNative.vips_blob_copy(data, (nuint)bytes.Length));
        }
    }

    internal byte[] ToArray()
    {
        var data = VipsNative.vips_blob_get(handle, out var length);
        return new ReadOnlySpan<byte>((void*)data, checked((int)length)).ToArray();
    }

    internal void CopyTo(Stream target)
    {
        var data = VipsNative.vips_blob_get(handle, out var length);
        using var bytes = new UnmanagedMemoryStream((byte*)data, (long)length);
        bytes.CopyTo(target);
    }

    protected override bool ReleaseHandle()
    {
        VipsNative.vips_area_unref(handle);
        return true;
    }
}
