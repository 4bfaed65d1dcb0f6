using System.Buffers.Binary;

namespace Plumbline.Imaging.Headers;

/// <summary>Tells a file that was cut off from one that is damaged inside, by looking for the format's own end.</summary>
internal static class FileEnd
{
    private const int TailBytes = 4096;

    /// <returns>True when the end mark of the format is missing; false also for formats without one.</returns>
    internal static bool IsMissing(ImageSource source, ImageFormat format)
    {
        ReadOnlySpan<byte> tail = source.Read(Math.Max(0, source.Length - TailBytes), TailBytes);
        return format switch
        {
            ImageFormat.Jpeg => tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0,
            ImageFormat.Png => tail.LastIndexOf("IEND"u8) < 0,
            ImageFormat.Gif => tail.TrimEnd((byte)0).LastIndexOf((byte)0x3B) != tail.TrimEnd((byte)0).Length - 1 || tail.Length < 14,
            ImageFormat.WebP => RiffLength(source) > source.Length,
            ImageFormat.Bmp or ImageFormat.Tiff => false,
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    private static long RiffLength(ImageSource source)
    {
        var head = source.Read(4, 4);
        return head.Length < 4 ? long.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(head) + 8L;
    }
}
