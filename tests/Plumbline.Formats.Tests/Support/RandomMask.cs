using Plumbline.Core.Masks;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Support;

internal static class RandomMask
{
    /// <summary>A small mask of random pixels somewhere in the image, at least one of them set.</summary>
    public static Mask Make(Random random, PictureSize size)
    {
        int width = random.Next(1, Math.Min(20, size.Width)), height = random.Next(1, Math.Min(20, size.Height));
        var bits = Enumerable.Range(0, width * height).Select(i => i == 0 ? (byte)1 : (byte)random.Next(2)).ToArray();
        return Mask.FromBitmap(bits, width, height, random.Next(size.Width - width), random.Next(size.Height - height));
    }
}
