using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using Plumbline.Formats.Files;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.LabelStudio;

/// <summary>The labelling configuration beside an export, where there is one: labels in order with colours, and the points of each keypoint control.</summary>
internal sealed partial class LabelStudioConfig
{
    private const int MaxBytes = 16 << 20;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly string[] Colours = ["red:ff0000", "green:008000", "blue:0000ff", "yellow:ffff00", "orange:ffa500", "purple:800080", "black:000000", "white:ffffff", "gray:808080", "grey:808080", "pink:ffc0cb", "brown:a52a2a", "cyan:00ffff", "magenta:ff00ff"];

    /// <summary>Labels and their colours in the order of the file, names of keypoints left out.</summary>
    public List<(string Name, string? Color)> Labels { get; } = [];

    /// <summary>Names of keypoints by control, in order of <c>model_index</c>.</summary>
    public Dictionary<string, List<string>> Keypoints { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the XML files of a tree whose root is <c>View</c>; empty when there is none.</summary>
    public static LabelStudioConfig Read(IFileTree tree)
    {
        var config = new LabelStudioConfig();
        foreach (var file in tree.Files.Where(f => TreePath.Extension(f) == ".xml").Take(20))
        {
            try
            {
                using var stream = tree.OpenRead(file);
                using var memory = new MemoryStream();
                var block = new byte[8192];
                for (int count; memory.Length <= MaxBytes && (count = stream.Read(block)) > 0;) memory.Write(block, 0, count);
                if (memory.Length > MaxBytes) continue;
                using var xml = XmlFragment.Open(memory.GetBuffer().AsMemory(0, (int)memory.Length));
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "View") config.Take(xml);
            }
            catch (XmlException)
            {
                // Not a configuration that can be read: labels are then those found in the tasks.
            }
        }

        return config;
    }

    private void Take(XmlReader xml)
    {
        var control = "";
        var isKeypoints = false;
        var points = new List<(int Index, string Name)>();
        do
        {
            if (xml.NodeType == XmlNodeType.EndElement && isKeypoints && xml.LocalName == "KeyPointLabels") EndKeypoints();
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.GetAttribute("name") is { } name) (control, isKeypoints) = (name, xml.LocalName == "KeyPointLabels");
            if (xml.LocalName is not ("Label" or "Choice") || xml.GetAttribute("value") is not { Length: > 0 } value) continue;
            if (isKeypoints && int.TryParse(xml.GetAttribute("model_index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) points.Add((index, value));
            else if (!Labels.Any(l => l.Name == value) && !(xml.LocalName == "Choice" && xml.GetAttribute("alias") == "attribute")) Labels.Add((value, ColorOf(xml.GetAttribute("background"))));
        }
        while (xml.Read());

        void EndKeypoints()
        {
            if (points.Count > 0) Keypoints[control] = [.. points.OrderBy(p => p.Index).Select(p => p.Name).Distinct(StringComparer.Ordinal)];
            points.Clear();
            isKeypoints = false;
        }
    }

    private static string? ColorOf(string? background)
    {
        if (background is null) return null;
        if (background.Length == 7 && background[0] == '#' && !background.AsSpan(1).ContainsAnyExcept(HexDigits)) return background.ToLowerInvariant();
        if (Rgb().Match(background) is { Success: true } match)
        {
            var parts = Enumerable.Range(1, 3).Select(i => int.Parse(match.Groups[i].Value, CultureInfo.InvariantCulture)).ToArray();
            return parts.All(p => p < 256) ? string.Create(CultureInfo.InvariantCulture, $"#{parts[0]:x2}{parts[1]:x2}{parts[2]:x2}") : null;
        }

        return Colours.FirstOrDefault(c => c.StartsWith(background.ToLowerInvariant() + ":", StringComparison.Ordinal)) is { } named ? $"#{named.Split(':')[1]}" : null;
    }

    [GeneratedRegex(@"^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)$")]
    private static partial Regex Rgb();
}
