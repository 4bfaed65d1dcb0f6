using System.Globalization;
using System.Text;
using Plumbline.Core.Masks;

namespace Plumbline.Benchmarks.Workloads;

/// <summary>
/// COCO files of a wanted size, as they are in the wild: many small objects, few large ones, a long tail of classes and of objects an image, 84 % polygons of about 30 points (8 % of two
/// parts), 5 % run lengths, 1 % crowds, 10 % boxes; and detections of them: 18 % missed, 15 % found twice, 5 % of the wrong class, and two false ones for five true ones.
/// </summary>
internal sealed partial class CocoWorkload
{
    /// <summary>Images and annotations of each size; <c>large</c> is that of COCO train2017, <c>ten</c> ten times <c>medium</c>.</summary>
    public static readonly IReadOnlyDictionary<string, (int Images, int Annotations)> Counts = new Dictionary<string, (int, int)>
    {
        ["small"] = (1_000, 10_000),
        ["medium"] = (20_000, 200_000),
        ["large"] = (118_287, 860_001),
        ["ten"] = (200_000, 2_000_000),
    };

    private const int Classes = 80;
    private const int Seed = 7;
    private static readonly (int Width, int Height)[] Sizes = [(640, 480), (480, 640), (640, 427), (427, 640), (500, 375), (640, 640), (612, 612), (333, 500)];
    private readonly Chance chance;
    private readonly (int Width, int Height)[] images;
    private readonly int[] ids;
    private readonly Thing[] things;

    private CocoWorkload(int imageCount, int annotationCount)
    {
        chance = new Chance(Seed);
        images = [.. Enumerable.Range(0, imageCount).Select(_ => Sizes[chance.Index(Sizes.Length)])];
        ids = new int[imageCount];
        for (var i = 0; i < imageCount; i++) ids[i] = (i == 0 ? 0 : ids[i - 1]) + 1 + chance.Index(5);
        var crowding = Sum(Enumerable.Range(0, imageCount).Select(_ => chance.Happens(.01) ? 0 : chance.Gamma(1.2)));
        var frequency = Sum(Enumerable.Range(1, Classes).Select(rank => 1 / Math.Pow(rank, .8)));
        var owners = Enumerable.Range(0, annotationCount).Select(_ => chance.Weighted(crowding)).Order().ToArray();
        things = [.. owners.Select(owner => NewThing(owner, chance.Weighted(frequency)))];
    }

    private readonly record struct Thing(int Image, int Class, double X, double Y, double Width, double Height);

    /// <summary>A file of COCO instances; written unless it is there.</summary>
    /// <param name="folder">Where workloads are kept.</param>
    /// <param name="size">One of <see cref="Counts"/>.</param>
    public static string EnsureInstances(string folder, string size) => Ensure(folder, size, "instances.json", (workload, path) => workload.WriteInstances(path));

    private static string Ensure(string folder, string size, string name, Action<CocoWorkload, string> write)
    {
        var path = Path.Combine(folder, size, name);
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(Path.Combine(folder, size));
        var (imageCount, annotationCount) = Counts[size];
        write(new CocoWorkload(imageCount, annotationCount), path + ".partial");
        File.Move(path + ".partial", path);
        return path;
    }

    private Thing NewThing(int image, int category)
    {
        var (w, h) = images[image];
        var size = Math.Clamp(Math.Exp(chance.Normal(-2, .9)), .015, .95);
        var aspect = Math.Exp(chance.Normal(0, .4));
        var (width, height) = (Math.Clamp(w * size * aspect, 4, w - 1), Math.Clamp(h * size / aspect, 4, h - 1));
        return new(image, category, chance.Between(0, w - width), chance.Between(0, h - height), width, height);
    }

    private void WriteInstances(string path)
    {
        using var file = Open(path);
        file.Write("{\"info\":{\"description\":\"synthetic\",\"version\":\"1.0\"},\"licenses\":[{\"id\":1,\"name\":\"none\",\"url\":\"\"}],\"images\":[");
        for (var i = 0; i < images.Length; i++)
            file.Write(Text($"{Comma(i)}{{\"id\":{ids[i]},\"file_name\":\"{ids[i]:D12}.jpg\",\"width\":{images[i].Width},\"height\":{images[i].Height},\"license\":1,\"date_captured\":\"2013-11-14 16:28:13\"}}"));
        file.Write("],\"categories\":[");
        for (var c = 0; c < Classes; c++) file.Write(Text($"{Comma(c)}{{\"id\":{CategoryId(c)},\"name\":\"class_{c:D2}\",\"supercategory\":\"super_{c / 10}\"}}"));
        file.Write("],\"annotations\":[");
        for (var i = 0; i < things.Length; i++)
        {
            file.Write(Text($"{Comma(i)}{{\"id\":{i + 1},\"image_id\":{ids[things[i].Image]},\"category_id\":{CategoryId(things[i].Class)},\"segmentation\":"));
            file.Write(Outline(things[i]));
        }

        file.Write("]}");
    }

    /// <summary>The segmentation and the fields that follow from it.</summary>
    private string Outline(Thing thing) => chance.Between(0, 1) switch
    {
        < .05 => RunLengths(thing, crowd: false),
        < .06 => RunLengths(thing, crowd: true),
        < .16 => Text($"[],\"area\":{thing.Width * thing.Height:0.##},\"bbox\":[{thing.X:0.##},{thing.Y:0.##},{thing.Width:0.##},{thing.Height:0.##}],\"iscrowd\":0}}"),
        _ => Rings(thing),
    };

    private string RunLengths(Thing thing, bool crowd)
    {
        var mask = Ellipse(thing.Image, thing.X, thing.Y, thing.Width, thing.Height);
        var box = mask.Bounds;
        return Text($"{{\"counts\":[{string.Join(',', mask.Counts)}],\"size\":[{mask.Height},{mask.Width}]}},\"area\":{mask.Area},\"bbox\":[{box.X},{box.Y},{box.Width},{box.Height}],\"iscrowd\":{(crowd ? 1 : 0)}}}");
    }

    private string Rings(Thing thing)
    {
        var (w, h) = images[thing.Image];
        var points = Math.Max(4, chance.Poisson(30));
        (double From, double To)[] parts = chance.Happens(.08) ? [(0, .45), (.55, 1)] : [(0, 1)];
        double area = 0, left = w, top = h, right = 0, bottom = 0;
        var text = new StringBuilder("[");
        foreach (var (from, to) in parts)
        {
            var count = parts.Length == 1 ? points : Math.Max(4, points / 2);
            var (cx, cy, rx, ry) = (thing.X + (thing.Width * (from + to) / 2), thing.Y + (thing.Height / 2), thing.Width * (to - from) / 2, thing.Height / 2);
            var ring = new (double X, double Y)[count];
            for (var i = 0; i < count; i++)
            {
                var (sin, cos) = Math.SinCos(Math.Tau * i / count);
                var r = chance.Between(.75, 1);
                ring[i] = (Math.Round(Math.Clamp(cx + (r * cos * rx), 0, w), 2), Math.Round(Math.Clamp(cy + (r * sin * ry), 0, h), 2));
                (left, top, right, bottom) = (Math.Min(left, ring[i].X), Math.Min(top, ring[i].Y), Math.Max(right, ring[i].X), Math.Max(bottom, ring[i].Y));
            }

            double twice = 0;
            for (var i = 0; i < count; i++) twice += (ring[i].X * ring[(i + 1) % count].Y) - (ring[(i + 1) % count].X * ring[i].Y);
            area += Math.Abs(twice) / 2;
            text.Append(text.Length == 1 ? "[" : ",[").AppendJoin(',', ring.Select(p => Text($"{p.X:0.0#},{p.Y:0.0#}"))).Append(']');
        }

        return text.Append(Text($"],\"area\":{area:0.##},\"bbox\":[{left:0.##},{top:0.##},{right - left:0.##},{bottom - top:0.##}],\"iscrowd\":0}}")).ToString();
    }

    private CocoRle Ellipse(int image, double x, double y, double width, double height)
    {
        var (w, h) = images[image];
        var (cx, cy, rx, ry) = (x + (width / 2), y + (height / 2), Math.Max(width / 2, 1), Math.Max(height / 2, 1));
        var counts = new List<int>();
        var position = 0;
        for (var column = (int)Math.Max(0, Math.Ceiling(cx - rx - .5)); column <= (int)Math.Min(w - 1, Math.Floor(cx + rx - .5)); column++)
        {
            var half = ry * Math.Sqrt(Math.Max(0, 1 - Math.Pow((column + .5 - cx) / rx, 2)));
            var top = (int)Math.Clamp(Math.Round(cy - half), 0, h - 1);
            var end = Math.Max(top + 1, (int)Math.Clamp(Math.Round(cy + half), 1, h));
            var start = (column * h) + top;
            if (counts.Count > 0 && start == position) counts[^1] += end - top;
            else counts.AddRange([start - position, end - top]);
            position = (column * h) + end;
        }

        if (position < w * h) counts.Add((w * h) - position);
        return new CocoRle(w, h, [.. counts]);
    }

    private static int CategoryId(int c) => c + 1 + (c / 8);

    private static string Comma(int place) => place == 0 ? "" : ",";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double[] Sum(IEnumerable<double> weights)
    {
        double sum = 0;
        return [.. weights.Select(weight => sum += weight)];
    }

    private static StreamWriter Open(string path) => new(path, append: false, new UTF8Encoding(false), 1 << 20);
}
