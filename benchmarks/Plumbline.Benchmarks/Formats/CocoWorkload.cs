using System.Globalization;
using System.Text;

namespace Plumbline.Benchmarks.Formats;

/// <summary>
/// COCO instances as large as real ones: sparse ids, long-tailed counts an image, polygons of about 30 vertices with two decimals (8 % in two parts), 5 % run lengths, 1 % crowds, 10 % boxes alone.
/// </summary>
internal static class CocoWorkload
{
    public static readonly IReadOnlyDictionary<string, (int Images, int Annotations)> Sizes = new Dictionary<string, (int, int)>
    {
        ["small"] = (1_000, 10_000),
        ["medium"] = (20_000, 200_000),
        ["large"] = (118_287, 860_001),
        ["ten"] = (200_000, 2_000_000),
    };

    private static readonly (int Width, int Height)[] Shapes = [(640, 480), (480, 640), (640, 427), (427, 640), (500, 375), (640, 640), (612, 612), (333, 500)];

    /// <summary>Writes the file; the same size and seed give the same bytes.</summary>
    public static void Write(string path, int images, int annotations, int seed = 7)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("{\"info\":{\"description\":\"synthetic\"},\"licenses\":[{\"id\":1,\"name\":\"none\",\"url\":\"\"}],\"images\":[");
        var sizes = new (long Id, int Width, int Height, double Weight)[images];
        long id = 0;
        for (var i = 0; i < images; i++)
        {
            var (width, height) = Shapes[random.Next(Shapes.Length)];
            id += random.Next(1, 6);
            sizes[i] = (id, width, height, random.Next(100) == 0 ? 0 : -Math.Log(1 - random.NextDouble()));
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"id\":{id},\"file_name\":\"{id:D12}.jpg\",\"width\":{width},\"height\":{height},\"license\":1,\"date_captured\":\"2013-11-14 16:28:13\"}}"));
        }

        file.Write("],\"categories\":[");
        for (var c = 0; c < 80; c++) file.Write(string.Create(CultureInfo.InvariantCulture, $"{(c > 0 ? "," : "")}{{\"id\":{c + 1 + (c / 8)},\"name\":\"class_{c:D2}\",\"supercategory\":\"super_{c / 10}\"}}"));
        file.Write("],\"annotations\":[");
        var total = sizes.Sum(s => s.Weight);
        double owed = 0;
        var done = 0;
        var text = new StringBuilder();
        for (var i = 0; i < images; i++)
        {
            owed += sizes[i].Weight / total * annotations;
            for (; done < (i == images - 1 ? annotations : Math.Min(annotations, (int)owed)); done++)
            {
                text.Clear();
                if (done > 0) text.Append(',');
                Annotation(text, random, done + 1, sizes[i].Id, sizes[i].Width, sizes[i].Height);
                file.Write(text);
            }
        }

        file.Write("]}");
    }

    private static void Annotation(StringBuilder text, Random random, int id, long image, int width, int height)
    {
        var scale = Math.Clamp(Math.Exp(-2 + (0.9 * Normal(random))), 0.015, 0.95);
        double w = Math.Clamp(width * scale, 4, width - 1), h = Math.Clamp(height * scale, 4, height - 1);
        double x = random.NextDouble() * (width - w), y = random.NextDouble() * (height - h);
        var category = (int)(80 * Math.Pow(random.NextDouble(), 2));
        var kind = random.NextDouble();
        text.Append(CultureInfo.InvariantCulture, $"{{\"id\":{id},\"image_id\":{image},\"category_id\":{category + 1 + (category / 8)},\"segmentation\":");
        if (kind < 0.06) Runs(text, (int)x, (int)y, (int)w, (int)h, width, height);
        else if (kind < 0.16) text.Append("[]");
        else Polygon(text, random, x, y, w, h, parts: random.NextDouble() < 0.08 ? 2 : 1);
        text.Append(CultureInfo.InvariantCulture, $",\"area\":{w * h * 0.6:F2},\"bbox\":[{x:F2},{y:F2},{w:F2},{h:F2}],\"iscrowd\":{(kind < 0.01 ? 1 : 0)}}}");
    }

    private static void Polygon(StringBuilder text, Random random, double x, double y, double w, double h, int parts)
    {
        text.Append('[');
        for (var part = 0; part < parts; part++)
        {
            var vertices = Math.Max(4, (int)(30 + (5.5 * Normal(random))) / parts);
            double cx = x + (w * ((part + 0.5) / parts)), cy = y + (h / 2);
            text.Append(part > 0 ? ",[" : "[");
            for (var i = 0; i < vertices; i++)
            {
                var radius = 0.75 + (random.NextDouble() * 0.25);
                var (sin, cos) = Math.SinCos(2 * Math.PI * i / vertices);
                text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{cx + (radius * cos * w / 2 / parts):0.##},{cy + (radius * sin * h / 2):0.##}");
            }

            text.Append(']');
        }

        text.Append(']');
    }

    private static void Runs(StringBuilder text, int x, int y, int w, int h, int width, int height)
    {
        text.Append(CultureInfo.InvariantCulture, $"{{\"counts\":[{(x * height) + y}");
        for (var column = 0; column < w; column++) text.Append(CultureInfo.InvariantCulture, $",{h}{(column < w - 1 ? $",{height - h}" : "")}");
        text.Append(CultureInfo.InvariantCulture, $",{(width * height) - ((x + w - 1) * height) - y - h}],\"size\":[{height},{width}]}}");
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
