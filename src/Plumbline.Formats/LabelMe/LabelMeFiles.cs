using System.Text;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.LabelMe;

/// <summary>Which files of a tree are LabelMe's: JSON with <c>shapes</c> and <c>imagePath</c>, or XML of the MIT tool with <c>imagesize</c> or polygons of <c>pt</c>.</summary>
internal static class LabelMeFiles
{
    private const int Judged = 20;

    /// <summary>The annotation files, ordered by path: all files of the kind that the first ones are; empty when none of the first is LabelMe's.</summary>
    public static List<string> Of(IFileTree tree)
    {
        var json = tree.Files.Where(f => TreePath.Extension(f) == ".json").ToList();
        if (json.Take(Judged).Any(f => JsonFiles.TopFields(tree, f) is var fields && fields.Contains("shapes") && (fields.Contains("imagePath") || fields.Contains("imageData")))) return json;
        var xml = tree.Files.Where(f => TreePath.Extension(f) == ".xml").ToList();
        return xml.Take(Judged).Any(f => IsMitXml(tree, f)) ? xml : [];
    }

    /// <summary>Names of <c>labels.txt</c>, without <c>__ignore__</c> and <c>_background_</c>; empty when there is none.</summary>
    public static List<string> Labels(IFileTree tree)
    {
        var file = tree.Files.Where(f => TreePath.FileName(f) == "labels.txt").OrderBy(f => f.Length).FirstOrDefault();
        if (file is null) return [];
        using var reader = new StreamReader(tree.OpenRead(file), Encoding.UTF8);
        var names = new List<string>();
        while (reader.ReadLine() is { } line && names.Count < 100_000)
        {
            if (line.Length > 0 && line is not ("__ignore__" or "_background_") && !names.Contains(line)) names.Add(line);
        }

        return names;
    }

    private static bool IsMitXml(IFileTree tree, string file)
    {
        try
        {
            using var stream = tree.OpenRead(file);
            using var xml = new XmlFile(stream, file);
            if (xml.Root != "annotation") return false;
            for (var i = 0; i < 50 && xml.Next(out var child, out _); i++)
            {
                if (child.StartsWith("<imagesize>"u8) || (child.StartsWith("<object>"u8) && (child.IndexOf("<pt>"u8) >= 0 || child.IndexOf("<segm>"u8) >= 0))) return true;
                if (child.StartsWith("<size>"u8)) return false;
            }

            return false;
        }
        catch (DatasetFormatException)
        {
            return false;
        }
    }
}
