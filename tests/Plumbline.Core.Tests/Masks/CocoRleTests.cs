using System.Text.Json;

namespace Plumbline.Core.Tests.Masks;

public class CocoRleTests
{
    public static TheoryData<int, int, string, string> Counts => [.. Vectors.Read("coco-rle.json").GetProperty("counts").EnumerateArray().Select(v =>
        new TheoryDataRow<int, int, string, string>(v.GetProperty("width").GetInt32(), v.GetProperty("height").GetInt32(), v.GetProperty("counts").GetRawText(), v.GetProperty("text").GetString()!))];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Text_and_counts_are_COCOs(int width, int height, string counts, string text)
    {
        var rle = new CocoRle(width, height, [.. JsonSerializer.Deserialize<int[]>(counts)!]);
        Assert.Equal(text, CocoRleText.Format(rle));
        Assert.Equal(rle, CocoRleText.Parse(text, width, height));
    }

    [Fact]
    public void Text_round_trips() => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random, 60);
        var rle = CocoRle.Encode(bitmap, width, height);
        return CocoRleText.Parse(CocoRleText.Format(rle), width, height).Equals(rle);
    });

    [Theory]
    [InlineData("Q21c000000o", "ends within a number")] // the last group says that more follow
    [InlineData("Q21c0000 00o7", "Character 8")] // not in the alphabet
    [InlineData("Q21c000000o7é", "Character 12")]
    [InlineData("Q21c000000o70", "")] // a trailing 0 repeats the count two before: more than the canvas
    [InlineData("Q2", "65 pixels")] // fewer than the canvas
    [InlineData("O", "Count 0 is -1")] // negative
    [InlineData("ooooooooooo0", "too large")]
    public void Damaged_text_is_an_error(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => CocoRleText.Parse(text, 20, 20)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_leading_run_of_zero_decodes()
    {
        var bitmap = new byte[4];
        CocoRleText.Parse("022", 2, 2).Decode(bitmap);
        Assert.Equal([1, 1, 0, 0], bitmap);
    }

    [Fact]
    public void Rows_and_columns_hold_the_same_pixels() => Law.Holds(random =>
    {
        var (bitmap, width, height) = RandomMasks.Bitmap(random, 40);
        var columns = new byte[bitmap.Length];
        for (var i = 0; i < bitmap.Length; i++) columns[((i % width) * height) + (i / width)] = bitmap[i];
        var mask = Mask.FromBitmap(bitmap, width, height);
        var rle = CocoRle.Encode(columns, width, height);
        return rle.ToMask().Equals(mask) && CocoRle.FromMask(mask, width, height).Equals(rle) && rle.Area == mask.Area && rle.Bounds == mask.Bounds;
    });

    [Fact]
    public void Pixels_outside_the_canvas_are_dropped() => Law.Holds(random =>
    {
        var mask = RandomMasks.Mask(random);
        return CocoRle.FromMask(mask, 20, 17).ToMask().SamePixels(mask.WithBox(0, 0, 20, 17));
    });

    [Fact]
    public void Operations_equal_those_on_rows() => Law.Holds(random =>
    {
        var (a, b) = (RandomMasks.Mask(random).WithBox(0, 0, 30, 20), RandomMasks.Mask(random).WithBox(0, 0, 30, 20));
        var (ca, cb) = (CocoRle.FromMask(a, 30, 20), CocoRle.FromMask(b, 30, 20));
        return ca.Union(cb).ToMask().Equals(a.Union(b)) && ca.Intersect(cb).ToMask().Equals(a.Intersect(b)) && ca.Subtract(cb).ToMask().Equals(a.Subtract(b));
    });
}
