using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Voc;

/// <summary>VOC's segmentation pictures: <c>SegmentationObject</c> has the place of the object in the XML (from 1) at each pixel, <c>SegmentationClass</c> its class, 0 is background, 255 is void.</summary>
internal static class VocMasks
{
    /// <summary>Places beyond it are no objects: 255 is the border between them.</summary>
    public const int MostObjects = 254;

    private const int Void = 255;

    /// <summary>The devkit's colours, R + 256·G + 256²·B: three bits of the place go to the high bits of each colour in turn (VOCcolormap.m of the 2012 development kit).</summary>
    public static IReadOnlyList<int> Palette { get; } = [.. Enumerable.Range(0, 256).Select(ColorOf)];

    /// <summary>The pixels of each object of an image by its place from 1; null where there is no picture of them or it cannot be used.</summary>
    public static Dictionary<int, Mask>? Read(DatasetSource source, string stem, string? xml, PictureSize? size, IssueLog issues)
    {
        var root = xml is null ? "" : TreePath.Folder(TreePath.Folder(xml));
        var file = $"SegmentationObject/{stem}.png";
        if (source.Pictures.Find(file, root) is not { } picture) return null;
        try
        {
            using var stream = picture.OpenRead();
            var map = SegmentMap.ReadIndices(stream, Palette);
            if (size is { } of && !map.Fits(of)) throw new InvalidDataException($"it is not {of.Width} × {of.Height} pixels as the image is.");
            var masks = map.Masks();
            masks.Remove(Void);
            return masks;
        }
        catch (InvalidDataException e)
        {
            issues.Error("bad-segment-picture", file, stem, null, $"{e.Message} Boxes are used.");
            return null;
        }
    }

    /// <summary>Writes both pictures of an image; false when it has nothing to show.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="stem">The image's path without extension.</param>
    /// <param name="size">Its size.</param>
    /// <param name="objects">Objects in the order of the XML.</param>
    public static bool Write(TreeTarget target, string stem, PictureSize size, IReadOnlyList<DatasetAnnotation> objects)
    {
        if (SegmentMap.Empty(size) is not { } places || SegmentMap.Empty(size) is not { } classes) return false;
        var painted = false;
        foreach (var (annotation, place) in objects.Take(MostObjects).Select((a, i) => (a, i + 1)).OrderBy(o => o.a.Z))
        {
            if (PixelsOf(annotation.Shape, size) is not { Area: > 0 } mask) continue;
            places.Paint(mask, place);
            classes.Paint(mask, Math.Min(MostObjects, annotation.ClassIndex + 1));
            painted = true;
        }

        if (!painted) return false;
        using (var png = target.Create($"SegmentationClass/{stem}.png")) PngWriter.Write(png, classes.ToPng(Palette));
        using (var png = target.Create($"SegmentationObject/{stem}.png")) PngWriter.Write(png, places.ToPng(Palette));
        return true;
    }

    private static Mask? PixelsOf(Shape shape, PictureSize size) => shape switch
    {
        MaskShape mask => mask.Mask,
        BoxShape => null,
        _ => Outlines.Of(shape) is { } outline ? Rasterizer.Rasterize(outline, size.Width, size.Height).ToMask() : null,
    };

    private static int ColorOf(int place)
    {
        int red = 0, green = 0, blue = 0;
        for (var bit = 7; bit >= 0; bit--, place >>= 3)
        {
            red |= (place & 1) << bit;
            green |= ((place >> 1) & 1) << bit;
            blue |= ((place >> 2) & 1) << bit;
        }

        return red | (green << 8) | (blue << 16);
    }
}
