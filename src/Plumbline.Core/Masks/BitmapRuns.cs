using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Core.Masks;

/// <summary>Bitmaps (one byte a pixel, not 0 is inside) to run lengths and back, in whatever order the bytes lie.</summary>
internal static class BitmapRuns
{
    /// <summary>Adds the inside spans of the bitmap: 32 pixels at a time, one step per change rather than per pixel.</summary>
    public static void Encode(ReadOnlySpan<byte> bitmap, ref RunBuilder runs)
    {
        ref var first = ref MemoryMarshal.GetReference(bitmap);
        var start = -1;
        var i = 0;
        var before = 0u;
        for (; i <= bitmap.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var inside = ~Vector256.Equals(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256<byte>.Zero).ExtractMostSignificantBits();
            var changes = inside ^ ((inside << 1) | before);
            before = inside >> 31;
            while (changes != 0)
            {
                start = Turn(start, i + BitOperations.TrailingZeroCount(changes), ref runs);
                changes &= changes - 1;
            }
        }

        for (; i < bitmap.Length; i++)
        {
            if ((bitmap[i] != 0) != (start >= 0)) start = Turn(start, i, ref runs);
        }

        if (start >= 0) runs.AddSpan(start, bitmap.Length);
    }

    /// <summary>Writes 1 for inside and 0 for outside over the whole bitmap, which the runs must fill.</summary>
    public static void Decode(ReadOnlySpan<int> runs, Span<byte> bitmap)
    {
        ref var first = ref MemoryMarshal.GetReference(bitmap);
        var lastBlock = bitmap.Length - Vector256<byte>.Count;
        var position = 0;
        byte value = 0;
        foreach (var run in runs)
        {
            // A short run is written as a whole block: what it writes too far, the next runs write again.
            if (run <= Vector256<byte>.Count && position <= lastBlock) Vector256.Create(value).StoreUnsafe(ref first, (nuint)position);
            else bitmap.Slice(position, run).Fill(value);
            position += run;
            value ^= 1;
        }
    }

    private static int Turn(int start, int position, ref RunBuilder runs)
    {
        if (start < 0) return position;
        runs.AddSpan(start, position);
        return -1;
    }
}
