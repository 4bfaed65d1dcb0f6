using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Reports;

namespace Plumbline.Benchmarks.Measures;

/// <summary>A thousand polygons of the images of 640 × 480 of a COCO file, their masks and boxes.</summary>
internal sealed record MediumMasks(Polygon[] Polygons, CocoRle[] Masks, Box[] Boxes)
{
    public const int Width = 640;
    public const int Height = 480;
    private const int Wanted = 1_000;

    public static async Task<MediumMasks> ReadAsync(string path)
    {
        using var source = DatasetSource.Open(path);
        var polygons = new List<Polygon>();
        await using var reader = await DatasetFormats.Find("coco")!.OpenAsync(source, new ReadRequest(ReadDetail.Shapes, FormatOptions.Defaults, new IssueLog())); // a format of this build
        await foreach (var item in reader.ReadItemsAsync())
        {
            if (item.Size is { Width: Width, Height: Height }) polygons.AddRange(item.Annotations.Select(a => a.Shape).OfType<PolygonShape>().Select(s => s.Polygon));
            if (polygons.Count >= Wanted) break;
        }

        var chosen = polygons.Take(Wanted).ToArray();
        return new(chosen, [.. chosen.Select(p => Rasterizer.Rasterize(p, Width, Height))], [.. chosen.Select(p => p.Bounds())]);
    }
}
