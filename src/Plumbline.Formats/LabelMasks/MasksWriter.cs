using System.Buffers.Binary;
using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.LabelMasks;

/// <summary>Writes <c>labelmap.txt</c>, <c>masks/</c> and pictures in <c>images/</c>, by split where there are some. What is drawn later lies on top.</summary>
internal sealed class MasksWriter(MasksFormat format, DatasetReader dataset, WriteRequest request)
{
    private const long MaxPixels = 1L << 28;
    private static readonly LossKind OtherSplit = new("split", "split", "Splits are told by their names, such as train or val; this one is not read as a split.");
    private static readonly LossKind Merged = new("instance-left-out", "annotation", "A semantic mask has one area for each class; this object is part of the area of the first of its class.");
    private static readonly LossKind Changed = new("shape", "shape", "A semantic mask has one area for each class and one class for each pixel; the area is that of all objects of the class that nothing covers.");
    private readonly LossReport losses = request.Losses;
    private readonly CommonLosses common = new(format, dataset.Header, request.Losses);
    private readonly ShapeFit fit = new(format, request.Losses);
    private readonly ReportedPaths paths = new(request.Losses);
    private readonly MasksLabelMap map = MasksLabelMap.For(dataset.Header, request.Losses);
    private readonly bool rgb = request.Options[MasksFormat.Pixels] == "rgb";
    private long imageCount, annotationCount;

    public async Task<WriteSummary> WriteAsync(CancellationToken cancellationToken)
    {
        if (map.Names.Count > 65_536) throw new DatasetFormatException("", $"masks have numbers for 65,535 classes; the dataset has {dataset.Header.Classes.Length}.");
        await foreach (var item in dataset.ReadItemsAsync(cancellationToken)) Write(item);
        request.Target.Write("labelmap.txt", map.Format());
        common.Finish();
        return new(imageCount, annotationCount);
    }

    private void Write(DatasetItem item)
    {
        if (item.Size is not { } size || (long)size.Width * size.Height > MaxPixels)
        {
            request.Issues.Error("no-size", item.Path, item.Path, "size", item.Size is null ? "the image's size is not known and its picture is not here; give --image-root. It is left out." : "the image has more than 268 million pixels; it is left out.");
            return;
        }

        common.Count(item);
        imageCount++;
        if (item.Split is { } split && !SplitNames.Is(split)) losses.Add(OtherSplit, item);
        var path = paths.Of(item, item.Split);
        var pixels = new int[size.Width * size.Height];
        Paint(item, size, pixels);
        using (var stream = request.Target.Create(TreePath.Join(TreePath.Join("masks", item.Split ?? ""), $"{TreePath.Stem(path)}.png"))) PngWriter.Write(stream, Encode(pixels, size));
        if (item.Picture is { } picture && request.Pictures != PictureMode.None) request.Target.Add(TreePath.Join(TreePath.Join("images", item.Split ?? ""), path), picture, request.Pictures);
    }

    private void Paint(DatasetItem item, PictureSize size, int[] pixels)
    {
        var drawn = new List<(DatasetAnnotation Annotation, Mask Mask)>();
        foreach (var annotation in item.Annotations)
        {
            if (fit.Of(item, annotation) is MaskShape shape) drawn.Add((annotation, shape.Mask));
        }

        foreach (var (annotation, mask) in drawn.OrderBy(d => d.Annotation.Z)) LabelRegions.Paint(pixels, size.Width, size.Height, mask, annotation.ClassIndex + 1, 0);
        var regions = LabelRegions.Of(pixels, size.Width, size.Height);
        var seen = new HashSet<int>();
        foreach (var (annotation, mask) in drawn)
        {
            if (!regions.TryGetValue(annotation.ClassIndex + 1, out var region))
            {
                fit.LeaveOut(item, annotation, "Other objects cover every pixel of it; it is left out.");
            }
            else if (!seen.Add(annotation.ClassIndex))
            {
                losses.Add(Merged, item, annotation);
            }
            else
            {
                common.Count(item, annotation);
                annotationCount++;
                if (!region.SamePixels(mask)) losses.Add(Changed, item, annotation);
            }
        }
    }

    private PngImage Encode(int[] pixels, PictureSize size)
    {
        if (rgb)
        {
            var colors = new byte[pixels.Length * 3];
            for (var i = 0; i < pixels.Length; i++)
            {
                var color = map.Colors[pixels[i]] ?? 0;
                (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = ((byte)color, (byte)(color >> 8), (byte)(color >> 16));
            }

            return new(size.Width, size.Height, PngColor.Rgb, 8, colors, []);
        }

        if (map.Names.Count > 256)
        {
            var wide = new byte[pixels.Length * 2];
            for (var i = 0; i < pixels.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(wide.AsSpan(2 * i), (ushort)pixels[i]);
            return new(size.Width, size.Height, PngColor.Grey, 16, wide, []);
        }

        var palette = map.Colors.SelectMany(c => new[] { (byte)(c ?? 0), (byte)((c ?? 0) >> 8), (byte)((c ?? 0) >> 16) }).ToArray();
        return new(size.Width, size.Height, PngColor.Palette, 8, Array.ConvertAll(pixels, p => (byte)p), palette);
    }
}
