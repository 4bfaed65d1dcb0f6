using Plumbline.Core.Masks;

namespace Plumbline.Benchmarks.Workloads;

/// <summary>What a model found in the images.</summary>
internal sealed partial class CocoWorkload
{
    private readonly record struct Detection(int Image, int Class, double X, double Y, double Width, double Height, double Score);

    /// <summary>COCO results for <see cref="EnsureInstances"/>; written unless they are there.</summary>
    /// <param name="folder">Where workloads are kept.</param>
    /// <param name="size">One of <see cref="Counts"/>.</param>
    /// <param name="masks">Masks instead of boxes.</param>
    public static string EnsureDetections(string folder, string size, bool masks) =>
        Ensure(folder, size, masks ? "dets_segm.json" : "dets_bbox.json", (workload, path) => workload.WriteDetections(path, workload.Detections(), masks));

    private List<Detection> Detections()
    {
        var found = new List<Detection>();
        foreach (var thing in things)
        {
            if (chance.Happens(.18)) continue;
            found.Add(Near(thing, .06, 0));
            if (chance.Happens(.15)) found.Add(Near(thing, .15, .3));
        }

        for (var i = 0; i < things.Length * 2 / 5; i++)
        {
            var image = chance.Index(images.Length);
            var (w, h) = images[image];
            var (width, height) = (w * chance.Between(.03, .3), h * chance.Between(.03, .3));
            found.Add(Clipped(image, chance.Index(Classes), chance.Between(0, w - width), chance.Between(0, h - height), width, height, Math.Clamp(chance.Beta(1.5, 5), .01, .99)));
        }

        return [.. found.OrderBy(d => d.Image)];
    }

    private Detection Near(Thing thing, double scatter, double lessSure)
    {
        var (width, height) = (thing.Width * Math.Exp(chance.Normal(0, scatter)), thing.Height * Math.Exp(chance.Normal(0, scatter)));
        var (cx, cy) = (thing.X + (thing.Width / 2) + (chance.Normal(0, scatter) * thing.Width), thing.Y + (thing.Height / 2) + (chance.Normal(0, scatter) * thing.Height));
        var category = chance.Happens(.05) ? chance.Index(Classes) : thing.Class;
        return Clipped(thing.Image, category, cx - (width / 2), cy - (height / 2), width, height, Math.Clamp(chance.Beta(5, 2) - lessSure, .01, .999));
    }

    private Detection Clipped(int image, int category, double x, double y, double width, double height, double score)
    {
        var (w, h) = images[image];
        var (right, bottom) = (Math.Clamp(x + width, 2, w), Math.Clamp(y + height, 2, h));
        var (left, top) = (Math.Clamp(x, 0, right - 2), Math.Clamp(y, 0, bottom - 2));
        return new(image, category, left, top, right - left, bottom - top, score);
    }

    private void WriteDetections(string path, List<Detection> detections, bool masks)
    {
        using var file = Open(path);
        file.Write('[');
        for (var i = 0; i < detections.Count; i++)
        {
            var d = detections[i];
            file.Write(Text($"{Comma(i)}{{\"image_id\":{ids[d.Image]},\"category_id\":{CategoryId(d.Class)},"));
            if (masks)
            {
                var mask = Ellipse(d.Image, d.X, d.Y, d.Width, d.Height);
                file.Write(Text($"\"segmentation\":{{\"size\":[{mask.Height},{mask.Width}],\"counts\":\"{CocoRleText.Format(mask).Replace("\\", "\\\\", StringComparison.Ordinal)}\"}}"));
            }
            else
            {
                file.Write(Text($"\"bbox\":[{d.X:F2},{d.Y:F2},{d.Width:F2},{d.Height:F2}]"));
            }

            file.Write(Text($",\"score\":{d.Score:F4}}}"));
        }

        file.Write(']');
    }
}
