using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Json;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.LabelStudio;

/// <summary>The first pass: where each task stands, which labels there are, and which keypoints belong to which.</summary>
internal sealed class LabelStudioIndex(LabelStudioConfig config, string results, IssueLog issues)
{
    private readonly ItemPaths paths = new(issues);
    private readonly List<(string Name, string? Color)> labels = [.. config.Labels];
    private readonly Dictionary<string, int> places = config.Labels.Select((l, i) => (l.Name, i)).ToDictionary(l => l.Name, l => l.i, StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> points = new(StringComparer.Ordinal);

    /// <summary>One task.</summary>
    internal sealed record Entry(string? Split, string Path, string? Field, int File, long Offset, int Length);

    /// <summary>Tasks, ordered by split, then path.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Predictions beside annotations that are not asked for.</summary>
    public long PredictionsLeft { get; private set; }

    /// <summary>Place of a label among the classes; null when there is none of this name.</summary>
    public int? ClassOf(string label) => places.TryGetValue(label, out var place) ? place : null;

    /// <summary>Names of the keypoints of a class's objects; empty when they have none.</summary>
    public IReadOnlyList<string> PointsOf(string label) => points.TryGetValue(label, out var names) ? names : [];

    /// <summary>Labels: those of the configuration, then those found.</summary>
    public ImmutableArray<DatasetClass> Classes() => [.. labels.Select(l => new DatasetClass
    {
        Name = l.Name,
        Color = l.Color,
        Skeleton = points.TryGetValue(l.Name, out var names) ? SkeletonOf(l.Name, names) : null,
    })];

    private static SkeletonDefinition SkeletonOf(string name, List<string> points)
    {
        var skeleton = new SkeletonDefinition { Id = name, Name = name, Points = [.. points] };
        return skeleton with { Mirrored = MirroredPoints.Of(skeleton) };
    }

    /// <summary>Whether a set of results is read.</summary>
    public static bool IsWanted(LabelStudioResultSet set, string results) => !set.IsCancelled && results switch { "annotations" => !set.IsPrediction, "predictions" => set.IsPrediction, _ => true };

    /// <summary>Reads one file through.</summary>
    /// <exception cref="DatasetFormatException">It cannot be read on.</exception>
    public void Add(Stream stream, string file, int number, CancellationToken cancellationToken)
    {
        using var json = new JsonFile(stream, file);
        var place = 0;
        if (json.Peek() == (byte)'{')
        {
            var only = json.Value(out var offset);
            AddTask(only, file, number, offset, place);
        }
        else
        {
            if (json.Peek() != (byte)'[') throw json.Fault("a Label Studio export is a list of tasks");
            for (var first = true; json.NextElement(ref first); place++)
            {
                if ((place & 0xFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                var element = json.Value(out var offset);
                AddTask(element, file, number, offset, place);
            }
        }

        json.End();
    }

    /// <summary>Call once, when all files are added.</summary>
    public void Sort() => Entries.Sort((a, b) => string.CompareOrdinal(a.Split, b.Split) is var s and not 0 ? s : string.CompareOrdinal(a.Path, b.Path));

    private void AddTask(ReadOnlySpan<byte> element, string file, int number, long offset, int place)
    {
        LabelStudioTask task;
        try
        {
            task = LabelStudioTaskJson.Read(element, withShapes: false);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            issues.Error("broken-task", file, string.Create(CultureInfo.InvariantCulture, $"task at place {place}"), null, "it is not a valid task; it is left out.", new(Offset: offset));
            return;
        }

        var name = $"task {task.Id ?? place.ToString(CultureInfo.InvariantCulture)}";
        var image = LabelStudioImage.Of(task);
        if (image is null) issues.Warning("no-image", file, name, "data", "no field of the task's data names a picture; the task's id stands for it.", new(Offset: offset));
        var split = task.Data.Where(d => d.Name == "split").Select(d => d.Value as string).FirstOrDefault(s => !string.IsNullOrEmpty(s));
        if (paths.Take(split, image?.Path ?? string.Create(CultureInfo.InvariantCulture, $"task-{(task.Id ?? $"{place}").Trim('"')}"), file, name, image?.Field ?? "data", new(Offset: offset)) is not { } path) return;
        Entries.Add(new(split, path, image?.Field, number, offset, element.Length));
        foreach (var set in task.Sets)
        {
            if (set.IsPrediction && results == "annotations") PredictionsLeft++;
            if (IsWanted(set, results)) AddNames(set);
        }
    }

    private void AddNames(LabelStudioResultSet set)
    {
        var assembly = new LabelStudioAssembly();
        assembly.Add(set);
        foreach (var region in assembly.Regions)
        {
            foreach (var label in region.Labels)
            {
                if (places.TryAdd(label, labels.Count)) labels.Add((label, null));
            }

            foreach (var child in region.Children) AddPoint(region.Labels[0], child);
        }
    }

    private void AddPoint(string owner, LabelStudioAssembly.Region child)
    {
        if (!points.TryGetValue(owner, out var names)) points[owner] = names = [];
        if (child.First.FromName is { } control && config.Keypoints.TryGetValue(control, out var all)) names.AddRange(all.Except(names));
        names.AddRange(child.Labels.Take(1).Except(names));
    }
}
