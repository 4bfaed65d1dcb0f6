using System.Globalization;
using System.Text;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.LabelMasks;

/// <summary>The <c>labelmap.txt</c> beside masks, <c>name:r,g,b:parts:actions</c>; a line's place is the pixel's number. <c>background</c> is no class.</summary>
internal sealed class MasksLabelMap
{
    /// <summary>The name of what is no object.</summary>
    public const string Background = "background";

    /// <summary>Names by number; the background's is null.</summary>
    public List<string?> Names { get; } = [];

    /// <summary>Colours by number, as <c>R + 256·G + 256²·B</c>; null where the map has none.</summary>
    public List<int?> Colors { get; } = [];

    /// <summary>The map nearest to the root; null when there is none.</summary>
    public static string? File(IFileTree tree) => tree.Files.Where(f => TreePath.FileName(f) == "labelmap.txt").OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Reads the map.</summary>
    public static MasksLabelMap Read(IFileTree tree)
    {
        var map = new MasksLabelMap();
        if (File(tree) is not { } file) return map;
        using var reader = new StreamReader(tree.OpenRead(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line && map.Names.Count < 65_536)
        {
            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal)) continue;
            // The name may have colons of its own: what follows it is a colour, parts and actions.
            var fields = line.Split(':');
            var rest = fields.Length >= 4 ? 3 : fields.Length - 1;
            var name = string.Join(':', fields[..^rest]);
            map.Names.Add(name == Background || name.Length == 0 ? null : name);
            map.Colors.Add(rest == 0 ? null : ColorOf(fields[^rest]));
        }

        return map;
    }

    /// <summary>The map for a dataset's classes, background first. Colours that are missing, black or taken are replaced.</summary>
    public static MasksLabelMap For(DatasetHeader header, LossReport losses)
    {
        var map = new MasksLabelMap();
        map.Names.Add(null);
        map.Colors.Add(0);
        var taken = new HashSet<int> { 0 };
        var next = 1;
        long changed = 0, renamed = 0;
        foreach (var item in header.Classes)
        {
            var color = item.Color is { Length: 7 } text && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb) ? ((rgb & 0xFF) << 16) | (rgb & 0xFF00) | (rgb >> 16) : -1;
            if (color < 0 || !taken.Add(color))
            {
                if (color >= 0) changed++;
                do color = VocColor(next++);
                while (!taken.Add(color));
            }

            var name = item.Name.ReplaceLineEndings(" ");
            if (name is "" or Background || name.StartsWith("# ", StringComparison.Ordinal)) name = "_" + name;
            if (name != item.Name) renamed++;
            map.Names.Add(name);
            map.Colors.Add(color);
        }

        losses.AddForAll(new("class-color", "color", "Each class needs a colour of its own that is not black; another is used.", Bookkeeping: true), changed);
        losses.AddForAll(new("class-name", "class", "The label map has no classes that are called background or nothing, or whose names have line ends or start with '# '."), renamed);
        return map;
    }

    /// <summary>The file.</summary>
    public ReadOnlySpan<byte> Format()
    {
        var text = new Utf8Text().Add("# label:color_rgb:parts:actions\n"u8);
        for (var i = 0; i < Names.Count; i++)
        {
            var color = Colors[i] ?? 0;
            text.Add(Names[i] ?? Background).Add(":"u8).Add((long)(color & 0xFF)).Add(","u8).Add((long)((color >> 8) & 0xFF)).Add(","u8).Add((long)(color >> 16)).Add("::\n"u8);
        }

        return text.Written;
    }

    /// <summary>A number's colour as <c>#rrggbb</c>; null when the map has none.</summary>
    public string? Hex(int number) => Colors[number] is { } color ? string.Create(CultureInfo.InvariantCulture, $"#{color & 0xFF:x2}{(color >> 8) & 0xFF:x2}{color >> 16:x2}") : null;

    // The devkit's colour map: bits of the number, spread over the channels from the highest down.
    private static int VocColor(int number)
    {
        int r = 0, g = 0, b = 0;
        for (var bit = 7; bit >= 0 && number > 0; bit--, number >>= 3)
        {
            r |= (number & 1) << bit;
            g |= ((number >> 1) & 1) << bit;
            b |= ((number >> 2) & 1) << bit;
        }

        return r | (g << 8) | (b << 16);
    }

    private static int? ColorOf(string field)
    {
        var parts = field.Split(',');
        Span<byte> rgb = stackalloc byte[3];
        if (parts.Length != 3) return null;
        for (var i = 0; i < 3; i++)
        {
            if (!byte.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out rgb[i])) return null;
        }

        return rgb[0] | (rgb[1] << 8) | (rgb[2] << 16);
    }
}
