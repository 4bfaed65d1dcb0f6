using Plumbline.Formats.Datasets;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Yolo;

/// <summary>Writes <c>data.yaml</c>.</summary>
internal static class YoloDataFile
{
    /// <param name="header">Gives the names.</param>
    /// <param name="task">Named where the rows alone could be those of another one.</param>
    /// <param name="splits">Splits with at least one image, or known beforehand.</param>
    /// <param name="points">The skeleton of a pose dataset.</param>
    public static byte[] Format(DatasetHeader header, YoloTask task, IReadOnlyCollection<string> splits, YoloPoints? points)
    {
        var text = new Utf8Text();
        var train = splits.FirstOrDefault(s => s.StartsWith("train", StringComparison.OrdinalIgnoreCase)) ?? splits.FirstOrDefault() ?? "train";
        var validation = splits.FirstOrDefault(s => s.StartsWith("val", StringComparison.OrdinalIgnoreCase));
        if (!splits.Contains(train) || validation == train) text.Add("# There is no training split; Ultralytics wants the key.\n"u8);
        text.Add("train: "u8).AddYaml($"images/{train}").Add("\n"u8);
        if (validation is null) text.Add("# There is no validation split; Ultralytics wants the key.\n"u8);
        text.Add("val: "u8).AddYaml($"images/{validation ?? train}").Add("\n"u8);
        foreach (var split in splits.Where(s => s != train && s != validation)) text.AddYaml(split).Add(": "u8).AddYaml($"images/{split}").Add("\n"u8);
        if (task == YoloTask.Segment) text.Add("task: segment\n"u8);
        if (task == YoloTask.Oriented) text.Add("task: obb\n"u8);
        points?.Write(text, header.Classes.Length);
        text.Add("nc: "u8).Add((long)header.Classes.Length).Add("\nnames:"u8).Add(header.Classes.IsEmpty ? " []\n"u8 : "\n"u8);
        for (var i = 0; i < header.Classes.Length; i++) text.Add("  "u8).Add((long)i).Add(": "u8).AddYaml(header.Classes[i].Name).Add("\n"u8);
        return text.Written.ToArray();
    }
}
