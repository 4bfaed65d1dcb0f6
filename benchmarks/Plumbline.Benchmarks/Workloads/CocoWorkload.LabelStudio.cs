using Plumbline.Core.Geometry;

namespace Plumbline.Benchmarks.Workloads;

/// <summary>The same objects as boxes in an export of Label Studio: a task an image that has any (others say no size there), a result an object.</summary>
internal sealed partial class CocoWorkload
{
    /// <summary>The export; written unless it is there.</summary>
    /// <param name="folder">Where workloads are kept.</param>
    /// <param name="size">One of <see cref="Counts"/>.</param>
    public static string EnsureLabelStudio(string folder, string size) => Ensure(folder, size, "labelstudio.json", (workload, path) => workload.WriteLabelStudio(path));

    private void WriteLabelStudio(string path)
    {
        using var file = Open(path);
        file.Write('[');
        var next = 0;
        for (var i = 0; i < images.Length; i++)
        {
            if (next == things.Length || things[next].Image != i) continue;
            var (width, height) = images[i];
            file.Write(Text($"{Comma(next)}{{\"id\":{i + 1},\"data\":{{\"image\":\"/data/upload/1/{ids[i]:D12}.jpg\"}},\"annotations\":[{{\"id\":{i + 1},\"completed_by\":1,\"was_cancelled\":false,\"ground_truth\":false,\"created_at\":\"2024-05-13T09:21:44.123456Z\",\"lead_time\":12.5,\"result\":["));
            for (var first = next; next < things.Length && things[next].Image == i; next++)
            {
                var thing = things[next];
                var share = new Box(thing.X / width * 100, thing.Y / height * 100, thing.Width / width * 100, thing.Height / height * 100);
                file.Write(Text($"{Comma(next - first)}{{\"original_width\":{width},\"original_height\":{height},\"image_rotation\":0,\"value\":{{\"x\":{share.X},\"y\":{share.Y},\"width\":{share.Width},\"height\":{share.Height},\"rotation\":0,\"rectanglelabels\":[\"class_{thing.Class:D2}\"]}},\"id\":\"r{next:x8}\",\"from_name\":\"label\",\"to_name\":\"image\",\"type\":\"rectanglelabels\",\"origin\":\"manual\"}}"));
            }

            file.Write("]}],\"predictions\":[]}");
        }

        file.Write(']');
    }
}
