using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Formats.Yolo;

/// <summary>Reads what matters of a <c>data.yaml</c> from parser events: no object graph, so neither aliases nor nesting can blow it up.</summary>
internal sealed class YoloYaml
{
    private const int MaxEvents = 1_000_000;
    private const int MaxClasses = 100_000;
    private const int MaxDepth = 32;
    private const int MaxPoints = 1_000;
    private readonly SortedDictionary<int, string> names = [];
    private readonly List<(string Split, string Path)> splits = [];
    private readonly List<int> shape = [], flipped = [];
    private readonly List<string> pointNames = [];
    private string? root, section, number, task;
    private bool pointNamesDone;
    private bool hasNames, namesAreNumbered;

    /// <summary>Null when the text is not YAML with <c>names</c>.</summary>
    public static YoloNames? TryRead(string text, string file)
    {
        try
        {
            var yaml = new YoloYaml();
            yaml.Walk(new Parser(new StringReader(text)));
            return yaml.hasNames ? yaml.Result(file) : null;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException) // the scanner throws the latter on some broken scalars
        {
            return null; // some other YAML file lying about; if it was meant, the class numbers will lack names and say so
        }
    }

    /// <summary>Whether a key of <c>data.yaml</c> names a split.</summary>
    private static bool IsSplit(string key) => key is "train" or "val" or "valid" or "validation" or "test" or "minival";

    private void Walk(Parser parser)
    {
        var depth = 0;
        for (var events = 0; parser.MoveNext(); events++)
        {
            if (events > MaxEvents) throw new YamlException("more than a million elements");
            switch (parser.Current)
            {
                case MappingStart or SequenceStart:
                    if (++depth > MaxDepth) throw new YamlException("nested more than 32 deep");
                    if (depth == 2 && section == "names") (hasNames, namesAreNumbered) = (true, parser.Current is MappingStart);
                    break;
                case MappingEnd or SequenceEnd:
                    if (--depth == 1) section = null;
                    pointNamesDone |= depth == 2 && section == "kpt_names";
                    break;
                case Scalar scalar when depth == 3 && section == "kpt_names" && !pointNamesDone && pointNames.Count < MaxPoints:
                    pointNames.Add(scalar.Value);
                    break;
                case Scalar scalar when depth == 1 && section is null:
                    section = scalar.Value;
                    break;
                case Scalar scalar when depth == 1:
                    TakeValue(scalar.Value);
                    section = null;
                    break;
                case Scalar scalar when depth == 2:
                    TakeValue(scalar.Value);
                    break;
                case AnchorAlias when depth == 1:
                    section = null;
                    break;
            }
        }
    }

    private void TakeValue(string value)
    {
        if (section == "path")
        {
            root = value;
        }
        else if (section == "task")
        {
            task = value;
        }
        else if (section is "kpt_shape" or "flip_idx")
        {
            var list = section == "kpt_shape" ? shape : flipped;
            if (list.Count < MaxPoints && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) list.Add(whole);
        }
        else if (section == "names" && hasNames)
        {
            TakeName(value);
        }
        else if (section is not null && value.Length > 0 && (IsSplit(section) || value == $"images/{section}"))
        {
            splits.Add((section, value));
        }
    }

    private void TakeName(string value)
    {
        if (!namesAreNumbered)
        {
            names[names.Count] = value;
        }
        else if (number is null)
        {
            number = value;
        }
        else
        {
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < MaxClasses) names[place] = value;
            number = null;
        }
    }

    private YoloNames Result(string file)
    {
        var list = ImmutableArray.CreateBuilder<string>();
        foreach (var (place, name) in names)
        {
            while (list.Count < place) list.Add(string.Create(CultureInfo.InvariantCulture, $"class_{list.Count}"));
            list.Add(name);
        }

        YoloTask? named = task switch { "detect" => YoloTask.Detect, "segment" => YoloTask.Segment, "pose" => YoloTask.Pose, "obb" => YoloTask.Oriented, _ => null };
        var points = shape is [> 0 and <= MaxPoints, 2 or 3] ? new YoloPoints(shape[0], shape[1], [.. pointNames], [.. flipped]) : null;
        return new(file, list.ToImmutable(), [.. splits.Select(s => (s.Split, root is null or "" or "." ? s.Path : $"{root.TrimEnd('/')}/{s.Path}"))], true, named, points);
    }
}
