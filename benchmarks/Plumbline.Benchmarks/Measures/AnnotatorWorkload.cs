using System.Globalization;
using System.Text;
using Plumbline.Benchmarks.Workloads;

namespace Plumbline.Benchmarks.Measures;

/// <summary>What three annotators drew in 20,000 images of ten objects: boxes that scatter by 3 pixels, 5 % missed, 5 % under another name.</summary>
internal static class AnnotatorWorkload
{
    private const int Images = 20_000, Objects = 10, Classes = 10, Annotators = 3;
    private const int Width = 640, Height = 480;

    /// <summary>The three COCO files; written unless they are there.</summary>
    public static string[] EnsureFiles(string folder, int seed = 5)
    {
        string[] files = [.. Enumerable.Range(1, Annotators).Select(a => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"annotator-{a}.json")))];
        if (files.All(File.Exists)) return files;
        Directory.CreateDirectory(folder);
        var chance = new Chance(seed);
        var things = Enumerable.Range(0, Images * Objects).Select(_ =>
        {
            var (width, height) = (chance.Between(20, 200), chance.Between(20, 200));
            return (Class: chance.Index(Classes), X: chance.Between(0, Width - width), Y: chance.Between(0, Height - height), Width: width, Height: height);
        }).ToArray();
        foreach (var (file, path) in files.Index())
        {
            using var writer = new StreamWriter(path + ".partial", append: false, new UTF8Encoding(false), 1 << 20);
            Write(writer, things, new Chance(seed + 1 + file));
            writer.Close();
            File.Move(path + ".partial", path, overwrite: true);
        }

        return files;
    }

    private static void Write(StreamWriter file, (int Class, double X, double Y, double Width, double Height)[] things, Chance chance)
    {
        file.Write("{\"images\":[");
        for (var i = 0; i < Images; i++) file.Write(Text($"{(i == 0 ? "" : ",")}{{\"id\":{i + 1},\"file_name\":\"{i:D6}.jpg\",\"width\":{Width},\"height\":{Height}}}"));
        file.Write("],\"categories\":[");
        for (var c = 0; c < Classes; c++) file.Write(Text($"{(c == 0 ? "" : ",")}{{\"id\":{c + 1},\"name\":\"class_{c}\"}}"));
        file.Write("],\"annotations\":[");
        var id = 0;
        for (var i = 0; i < things.Length; i++)
        {
            if (chance.Happens(.05)) continue;
            var thing = things[i];
            var category = chance.Happens(.05) ? chance.Index(Classes) : thing.Class;
            var (x, y, w, h) = (thing.X + chance.Normal(0, 3), thing.Y + chance.Normal(0, 3), Math.Max(2, thing.Width + chance.Normal(0, 3)), Math.Max(2, thing.Height + chance.Normal(0, 3)));
            file.Write(Text($"{(id++ == 0 ? "" : ",")}{{\"id\":{id},\"image_id\":{(i / Objects) + 1},\"category_id\":{category + 1},\"bbox\":[{x:F2},{y:F2},{w:F2},{h:F2}],\"area\":{w * h:F2},\"iscrowd\":0}}"));
        }

        file.Write("]}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
