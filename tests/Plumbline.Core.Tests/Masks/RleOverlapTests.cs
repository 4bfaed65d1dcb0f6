using Plumbline.Core.Geometry;

namespace Plumbline.Core.Tests.Masks;

public class RleOverlapTests
{
    [Fact]
    public void Overlap_of_COCOs_polygons()
    {
        CocoRle[] masks = [CocoRleText.Parse("U36>1OO2Lm6", 20, 20), CocoRleText.Parse("h02`012N_O0`00@1>OB3`0MQ8", 20, 20), CocoRleText.Parse("]1120=210AN>1BOT9", 20, 20)];
        var iou = new double[9];
        RleOverlap.Matrix(masks, masks, [], iou);
        Assert.Equal([1, .1562, .1, .1562, 1, .2174, .1, .2174, 1], iou.Select(v => Math.Round(v, 4)));
    }

    [Fact]
    public void A_crowd_divides_by_the_detections_area()
    {
        CocoRle[] masks = [CocoRleText.Parse("Q21c000000o7", 20, 20), CocoRleText.Parse("W35?000]7", 20, 20)];
        var iou = new double[4];
        RleOverlap.Matrix(masks, masks, [true, true], iou);
        Assert.Equal([1, .5, 2 / 15d, 1], iou);
        RleOverlap.Matrix(masks, masks, [], iou);
        Assert.Equal([1, 2 / 17d, 2 / 17d, 1], iou);
    }

    [Fact]
    public void Matrix_pair_and_pixels_agree() => Law.Holds(random =>
    {
        var masks = Enumerable.Range(0, 5).Select(_ => RandomMasks.Mask(random).WithBox(0, 0, 30, 27)).ToArray();
        var rles = masks.Select(m => CocoRle.FromMask(m, 30, 27)).ToArray();
        var iou = new double[25];
        RleOverlap.Matrix(rles, rles, [], iou);
        return Enumerable.Range(0, 25).All(i => iou[i].Equals(masks[i / 5].IntersectionOverUnion(masks[i % 5])) && iou[i].Equals(RleOverlap.IntersectionOverUnion(rles[i / 5], rles[i % 5])));
    });

    [Fact]
    public void Large_ragged_and_very_tall_masks_agree_with_the_plain_walk() => Law.Holds(random =>
    {
        // Combs with up to eleven spans a column, some columns empty; a canvas that is too tall for 16 bits now and then.
        var (width, height) = (random.Next(1, 90), random.Next(6) == 0 ? 40_000 : random.Next(30, 400));
        CocoRle Comb()
        {
            var columns = new List<int>();
            var (left, right) = (random.Next(width), random.Next(1, width + 1));
            for (var x = 0; x < width; x++)
            {
                var cuts = x < left || x >= right || random.Next(9) == 0 ? [] : Enumerable.Range(0, 2 * random.Next(1, 12)).Select(_ => random.Next(height + 1)).Order().ToArray();
                var at = 0;
                foreach (var cut in cuts)
                {
                    columns.Add(cut - at);
                    at = cut;
                }

                columns.AddRange([height - at, 0]);
            }

            return new CocoRle(width, height, [.. columns]);
        }

        var masks = Enumerable.Range(0, 4).Select(_ => Comb()).ToArray();
        var iou = new double[16];
        RleOverlap.Matrix(masks, masks, [], iou);
        return Enumerable.Range(0, 16).All(i => iou[i].Equals(RleOverlap.IntersectionOverUnion(masks[i / 4], masks[i % 4])));
    }, 300);

    [Fact]
    public void Two_empty_masks_are_undefined_and_canvases_must_agree()
    {
        var empty = new CocoRle(4, 5, [20]);
        Assert.Equal(double.NaN, RleOverlap.IntersectionOverUnion(empty, empty));
        Assert.Throws<ArgumentException>(() => RleOverlap.IntersectionOverUnion(empty, new CocoRle(5, 4, [20])));
        Assert.Throws<ArgumentException>(() => RleOverlap.Matrix([empty], [new CocoRle(5, 4, [20])], [], new double[1]));
    }
}
