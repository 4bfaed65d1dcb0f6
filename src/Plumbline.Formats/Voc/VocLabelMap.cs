using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Voc;

/// <summary>The <c>labelmap.txt</c> that CVAT and datumaro keep beside VOC: <c>name:r,g,b:parts:actions</c>. Its <c>background</c> is no class of objects.</summary>
internal static class VocLabelMap
{
    private const string File = "labelmap.txt";
    private const string Head = "# label:color_rgb:parts:actions\n";

    /// <summary>The classes of the map nearest to the root; empty when there is none.</summary>
    public static ImmutableArray<DatasetClass> Read(IFileTree tree)
    {
        var file = tree.Files.Where(f => TreePath.FileName(f) == File).OrderBy(f => f.Length).FirstOrDefault();
        if (file is null) return [];
        var classes = ImmutableArray.CreateBuilder<DatasetClass>();
        using var stream = tree.OpenRead(file);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line && classes.Count < 100_000)
        {
            var fields = line.Split(':');
            var name = fields[0].Trim();
            if (name.Length == 0 || name[0] == '#' || name == "background" || classes.Any(c => c.Name == name)) continue;
            classes.Add(new DatasetClass { Name = name, Color = fields.Length > 1 ? ColorOf(fields[1]) : null });
        }

        return classes.ToImmutable();
    }

    /// <summary>The map of all classes; names with a colon, which the map cannot hold, are left out of it.</summary>
    public static byte[] Format(DatasetHeader header)
    {
        var text = new StringBuilder(Head);
        foreach (var item in header.Classes.Where(c => !c.Name.Contains(':', StringComparison.Ordinal) && c.Name.Trim() == c.Name && c.Name.Length > 0 && c.Name[0] != '#'))
            text.Append(CultureInfo.InvariantCulture, $"{item.Name}:{(item.Color is { Length: 7 } c ? RgbOf(c) : "")}::\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string? ColorOf(string field)
    {
        var parts = field.Split(',');
        Span<byte> rgb = stackalloc byte[3];
        if (parts.Length != 3) return null;
        for (var i = 0; i < 3; i++)
        {
            if (!byte.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out rgb[i])) return null;
        }

        return $"#{Convert.ToHexStringLower(rgb)}";
    }

    private static string RgbOf(string color) => string.Join(',', Convert.FromHexString(color.AsSpan(1)));
}
