using Plumbline.Formats.Files;

namespace Plumbline.Formats.Yolo;

/// <summary>Tells YOLO label folders by their content: rows of a class number and shares of one.</summary>
internal static class YoloRecognition
{
    private const int SampleFiles = 50;
    private const int SampleBytes = 16 * 1024;

    /// <summary>The task that the labels are for, and what was seen; null when this is not YOLO.</summary>
    public static (YoloTask Task, string Why)? TaskOf(IFileTree tree)
    {
        var labels = tree.Files.Where(YoloLayout.IsLabelFile).ToList();
        var names = YoloNames.Find(tree);
        if (names is null && labels.Count == 0) return null;
        if (names is { Task: { } named }) return (named, $"{names.File} names its task");
        if (names is { Points: not null }) return (YoloTask.Pose, $"{names.File} has kpt_shape");
        string? box = null, ring = null, quad = null;
        var turned = false;
        foreach (var file in Spread(labels))
        {
            switch (RowsOf(tree, file, ref turned))
            {
                case null or 0: break;
                case 5: box ??= file; break;
                case 9: quad ??= file; break;
                default: ring ??= file; break;
            }
        }

        // Rows of four corners alone are turned boxes; where all of them stand upright, they are outlines of boxes.
        if (quad is not null && ring is null && box is null && turned) return (YoloTask.Oriented, $"{quad} has rows of a class and four corners");
        ring ??= quad;

        if (ring is not null) return (YoloTask.Segment, $"{ring} has rows of a class and a ring");
        if (box is not null) return (YoloTask.Detect, $"{box} has rows of a class and a box");
        return names is { } given && given.IsUltralytics ? (YoloTask.Detect, $"{given.File} lists names") : null;
    }

    private static IEnumerable<string> Spread(List<string> files)
    {
        var step = Math.Max(1, files.Count / SampleFiles);
        for (var i = 0; i < files.Count; i += step) yield return files[i];
    }

    // The widest row's count of columns: 5 for a box, 9 for four corners, others for a ring; 0 for an empty file; null when it is not a label file.
    private static int? RowsOf(IFileTree tree, string file, ref bool turned)
    {
        var head = new byte[SampleBytes];
        int length;
        using (var stream = tree.OpenRead(file)) length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var text = head.AsSpan(0, length);
        if (length == SampleBytes) text = text[..Math.Max(0, text.LastIndexOf((byte)'\n'))];
        var widest = 0;
        var row = new YoloRow();
        foreach (var range in text.Split((byte)'\n'))
        {
            if (!row.Read(text[range])) return null;
            if (row.Count > 0 && row.Count != 5 && row.Count != 6 && (row.Count < 7 || row.Count % 2 == 0)) return null;
            widest = Math.Max(widest, row.Count == 6 ? 5 : row.Count);
            turned |= row.Count == 9 && row[1] != row[3] && row[2] != row[4];
        }

        return widest;
    }
}
