using System.Collections.Immutable;
using Plumbline.Core.Masks;

namespace Plumbline.Formats.LabelStudio;

/// <summary>
/// Brush masks: the RGBA raster, row by row, packed by @thi.ng/rle-pack; a pixel belongs to the mask where its alpha is not 0.
/// A head (32 bits: bytes in all; 5: bits a value − 1; four times 4: bits of a run's length − 1), then runs (1 bit: repeated or not; 2: which length; the length − 1; one value, or each).
/// Both ways work on runs; the raster is never made.
/// </summary>
/// <remarks>Source: <c>decode_rle</c> and <c>encode_rle</c> of label-studio-sdk's converter/brush.py.</remarks>
internal static class BrushRle
{
    private const int Channels = 4;
    private const int Alpha = 3;
    private static readonly int[] LengthBits = [3, 4, 8, 16];

    /// <summary>The mask that packed bytes are.</summary>
    /// <exception cref="FormatException">They do not fill width × height pixels, or end early.</exception>
    public static Mask Decode(ReadOnlySpan<byte> packed, int width, int height)
    {
        var pixels = (long)width * height;
        var bits = new BitReader(packed);
        var total = (long)bits.Read(32);
        if (total != pixels * Channels) throw new FormatException($"the brush has {total} bytes, an RGBA picture of {width} × {height} has {pixels * Channels}");
        var wordBits = (int)bits.Read(5) + 1;
        Span<int> lengthBits = stackalloc int[4];
        for (var i = 0; i < 4; i++) lengthBits[i] = (int)bits.Read(4) + 1;
        var runs = new SpanRuns();
        for (long at = 0; at < total;)
        {
            var repeats = bits.Read(1) == 1;
            var length = (long)bits.Read(lengthBits[(int)bits.Read(2)]) + 1;
            if (length > total - at) throw new FormatException("the brush has more bytes than its picture");
            if (repeats)
            {
                // Pixels whose alpha lies in the run.
                if (bits.Read(wordBits) != 0) runs.Add(PixelsUpTo(at), PixelsUpTo(at + length));
                at += length;
                continue;
            }

            for (var end = at + length; at < end; at++)
            {
                if (bits.Read(wordBits) != 0 && at % Channels == Alpha) runs.Add(at / Channels, (at / Channels) + 1);
            }
        }

        return pixels == 0 ? Mask.Empty : new Mask(0, 0, width, height, runs.Finish(pixels)).Tight();
    }

    /// <summary>The packed bytes of a mask: opaque white inside, nothing outside.</summary>
    /// <exception cref="FormatException">The picture has more bytes than the head can say.</exception>
    public static byte[] Encode(Mask mask, int width, int height)
    {
        var pixels = (long)width * height;
        if (pixels * Channels > uint.MaxValue) throw new FormatException($"a brush of {width} × {height} pixels has more bytes than its head can say");
        var bits = new BitWriter();
        bits.Write((uint)(pixels * Channels), 32);
        bits.Write(7, 5);
        foreach (var length in LengthBits) bits.Write((uint)(length - 1), 4);
        var inside = false;
        foreach (var run in mask.WithBox(0, 0, width, height).Runs)
        {
            for (var left = (long)run * Channels; left > 0;)
            {
                var length = Math.Min(left, 1 << 16);
                var size = length <= 8 ? 0 : length <= 16 ? 1 : length <= 256 ? 2 : 3;
                bits.Write(1, 1);
                bits.Write((uint)size, 2);
                bits.Write((uint)(length - 1), LengthBits[size]);
                bits.Write(inside ? 255u : 0u, 8);
                left -= length;
            }

            inside = !inside;
        }

        return bits.Finish();
    }

    // Pixels whose alpha byte lies before the given byte.
    private static long PixelsUpTo(long bytes) => (bytes + Channels - 1 - Alpha) / Channels;

    /// <summary>Runs from spans of pixels that come in order.</summary>
    private struct SpanRuns()
    {
        private readonly ImmutableArray<int>.Builder runs = ImmutableArray.CreateBuilder<int>();
        private long position;

        public void Add(long start, long end)
        {
            if (end <= start) return;
            if (start == position && runs.Count > 0 && runs.Count % 2 == 0)
            {
                runs[^1] += (int)(end - start);
            }
            else
            {
                runs.Add((int)(start - position));
                runs.Add((int)(end - start));
            }

            position = end;
        }

        public readonly ImmutableArray<int> Finish(long length)
        {
            if (position < length) runs.Add((int)(length - position));
            return runs.DrainToImmutable();
        }
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int next;
        private ulong window;
        private int held;

        /// <summary>Up to 32 bits, the highest first.</summary>
        public uint Read(int count)
        {
            while (held < count)
            {
                if (next == bytes.Length) throw new FormatException("the brush's bytes end early");
                window = (window << 8) | bytes[next++];
                held += 8;
            }

            held -= count;
            return (uint)((window >> held) & ((1UL << count) - 1));
        }
    }

    private struct BitWriter()
    {
        private readonly List<byte> bytes = [];
        private ulong window;
        private int held;

        public void Write(uint value, int count)
        {
            window = (window << count) | value;
            held += count;
            for (; held >= 8; held -= 8) bytes.Add((byte)(window >> (held - 8)));
        }

        public byte[] Finish()
        {
            if (held > 0) bytes.Add((byte)(window << (8 - held)));
            return [.. bytes];
        }
    }
}
