using System.Globalization;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Core.Quality.Overlap;

namespace Plumbline.Benchmarks.Masks;

/// <summary>Mask and box kernels, one thread, beside what the Python libraries with C kernels reached on the project's reference machine (docs: measured as whole processes, CPU seconds).</summary>
internal static class MaskSuite
{
    public static Task<int> RunAsync(string[] arguments)
    {
        _ = arguments;
        Console.WriteLine($"{"kernel",-46}{"per second",16}  {"peer, per second",-40}");
        foreach (var (kernel, unit, peer, rate) in Kernels())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kernel,-46}{Scaled(rate(), unit),16}  {peer,-40}"));
        }

        return Task.FromResult(0);
    }

    private static IEnumerable<(string Kernel, string Unit, string Peer, Func<double> Rate)> Kernels()
    {
        var scene = new MaskWorkload(seed: 1);
        var one = scene.Masks[0];
        var bitmap = new byte[one.Width * one.Height];
        one.Decode(bitmap);
        var busy = CocoRle.Encode(scene.Busy, one.Width, one.Height);
        var pixels = (long)scene.Masks.Length * bitmap.Length;
        var pairs = (long)scene.Masks.Length * scene.Masks.Length;
        var iou = new double[pairs];
        var (boxPairs, boxIou) = ((long)scene.Boxes.Length * scene.Boxes.Length, new double[scene.Boxes.Length * scene.Boxes.Length]);

        yield return ("polygon of 30 points → RLE (COCO's rule)", "", "46k pycocotools · 24k faster_coco_eval", () => Meter.PerSecond(scene.Rings.Length, () => scene.Rings.Sum(ring => (double)Rasterizer.Rasterize(ring, MaskWorkload.Width, MaskWorkload.Height).Counts.Length)));
        yield return ("polygon of 30 points → Mask (centre rule)", "", "", () => Meter.PerSecond(scene.Rings.Length, () => scene.Rings.Sum(ring => (double)CentreRasterizer.Rasterize(ring, MaskWorkload.Width, MaskWorkload.Height).Runs.Length)));
        yield return ("RLE decode, 640 × 480", "px", "321 Mpx pycocotools · 254 Mpx faster_coco_eval", () => Meter.PerSecond(pixels, () => scene.Masks.Sum(mask => Decoded(mask, bitmap))));
        yield return ("RLE encode, 640 × 480", "px", "2,035 Mpx pycocotools · 1,418 Mpx faster_…", () => Meter.PerSecond(pixels, () => scene.Bitmaps.Sum(b => (double)CocoRle.Encode(b, one.Width, one.Height).Counts.Length)));
        yield return ("RLE decode, runs of about 10 pixels", "px", "", () => Meter.PerSecond(bitmap.Length, () => Decoded(busy, bitmap)));
        yield return ("RLE encode, runs of about 10 pixels", "px", "", () => Meter.PerSecond(bitmap.Length, () => CocoRle.Encode(scene.Busy, one.Width, one.Height).Counts.Length));
        yield return ("RLE columns → Mask rows", "", "", () => Meter.PerSecond(scene.Masks.Length, () => scene.Masks.Sum(mask => (double)mask.ToMask().Width)));
        yield return ("RLE text → counts", "", "", () => Meter.PerSecond(scene.Texts.Length, () => scene.Texts.Sum(text => (double)CocoRleText.Parse(text, one.Width, one.Height).Counts.Length)));
        yield return ("mask IoU pairs, 200 × 200 objects of one image", "", "3.4 M faster_coco_eval · 1.9 M pycocotools", () => Meter.PerSecond(pairs, () => Overlapped(scene.Masks, scene.Masks, iou)));
        yield return ("mask IoU pairs, all overlapping", "", "", () => Meter.PerSecond(pairs, () => Overlapped(scene.Pile, scene.Pile, iou)));
        yield return ("box IoU pairs, 1,000 × 1,000", "", "101 M faster_coco_eval · 64 M pycocotools", () => Meter.PerSecond(boxPairs, () =>
        {
            BoxOverlap.Matrix(scene.Boxes, scene.Boxes, [], boxIou);
            return boxIou[^1];
        }));
        yield return ("mask → rim (boundary IoU)", "", "", () => Meter.PerSecond(scene.Masks.Length, () => scene.Masks.Sum(mask => (double)mask.Rim(16).Counts.Length)));
        yield return ("boundary F of two masks", "", "", () => Meter.PerSecond(scene.RowMasks.Length - 1, () => Enumerable.Range(1, scene.RowMasks.Length - 1).Sum(i => BoundaryAccuracy.Of(scene.RowMasks[i], scene.RowMasks[i - 1], MaskWorkload.Width, MaskWorkload.Height))));
        yield return ("union of two masks", "", "", () => Meter.PerSecond(scene.RowMasks.Length - 1, () => Enumerable.Range(1, scene.RowMasks.Length - 1).Sum(i => (double)scene.RowMasks[i].Union(scene.RowMasks[i - 1]).Width)));
        yield return ("mask → outline", "", "", () => Meter.PerSecond(scene.RowMasks.Length, () => scene.RowMasks.Sum(mask => (double)ContourTracer.Trace(mask)!.Parts.Length)));
    }

    private static double Decoded(CocoRle mask, byte[] bitmap)
    {
        mask.Decode(bitmap);
        return bitmap[0];
    }

    private static double Overlapped(CocoRle[] detections, CocoRle[] truths, double[] iou)
    {
        RleOverlap.Matrix(detections, truths, [], iou);
        return iou[^1];
    }

    private static string Scaled(double rate, string unit)
    {
        var (value, prefix) = rate >= 1e9 ? (rate / 1e9, "G") : rate >= 1e6 ? (rate / 1e6, "M") : rate >= 1e3 ? (rate / 1e3, "k") : (rate, "");
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {prefix}{unit}");
    }
}
