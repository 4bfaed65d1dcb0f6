using FsCheck;
using FsCheck.Fluent;
using Plumbline.Core.Masks;
using Plumbline.Formats.LabelStudio;

namespace Plumbline.Formats.Tests.LabelStudio;

public class BrushRleTests
{
    [Fact]
    public void What_is_packed_comes_back() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        int width = random.Next(1, 300), height = random.Next(1, 300);
        var bitmap = new byte[width * height];
        for (var i = random.Next(20); i > 0; i--) bitmap.AsSpan(random.Next(bitmap.Length)..).Slice(0, 1).Fill(1);
        if (random.Next(2) == 0) bitmap.AsSpan(0, random.Next(bitmap.Length)).Fill(1);
        var mask = Mask.FromBitmap(bitmap, width, height);
        Assert.True(BrushRle.Decode(BrushRle.Encode(mask, width, height), width, height).SamePixels(mask));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Bytes_that_are_not_repeated_are_read_one_by_one_and_only_alpha_counts()
    {
        // 2 × 1 pixels, words of 8 bits, lengths of 3, 4, 8 and 16 bits; one run of 8 single bytes: 255 0 0 0, 0 0 0 9.
        var bits = Bits(8, 32) + Bits(7, 5) + Bits(2, 4) + Bits(3, 4) + Bits(7, 4) + Bits(15, 4) + "0" + Bits(0, 2) + Bits(7, 3) + Bits(255, 8) + Bits(0, 48) + Bits(9, 8);
        var packed = Enumerable.Range(0, (bits.Length + 7) / 8).Select(i => Convert.ToByte(bits.PadRight(bits.Length + 7, '0').Substring(8 * i, 8), 2)).ToArray();
        Assert.True(BrushRle.Decode(packed, 2, 1).SamePixels(Mask.FromRectangle(1, 0, 1, 1)));
    }

    [Theory]
    [InlineData(2, 2, "bytes")]
    [InlineData(3, 1, "end early")]
    public void A_brush_of_another_size_or_cut_off_is_refused(int width, int height, string word)
    {
        var packed = BrushRle.Encode(Mask.FromRectangle(0, 0, 2, 1), 3, 1);
        if (width * height == 3) packed = packed[..^2];
        Assert.Contains(word, Assert.Throws<FormatException>(() => BrushRle.Decode(packed, width, height)).Message, StringComparison.Ordinal);
    }

    private static string Bits(long value, int count) => Convert.ToString(value, 2).PadLeft(count, '0');
}
