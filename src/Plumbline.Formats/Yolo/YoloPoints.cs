using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Yolo;

/// <summary>The skeleton of a pose dataset: all its objects have the same points.</summary>
/// <param name="Count">How many points.</param>
/// <param name="Numbers">Numbers of a point: 2, or 3 with its visibility.</param>
/// <param name="Names">Their names; fewer than <paramref name="Count"/> when the file does not name them.</param>
/// <param name="Flipped">For each point the one that it becomes when left and right are swapped; empty when the file does not say.</param>
internal sealed record YoloPoints(int Count, int Numbers, ImmutableArray<string> Names, ImmutableArray<int> Flipped)
{
    /// <summary>The skeleton that a dataset's classes define: the one with the most points. Null when none does.</summary>
    public static YoloPoints? Of(DatasetHeader header)
    {
        var skeleton = header.Classes.Select(c => c.Skeleton).OfType<SkeletonDefinition>().Where(s => s.Points.Length > 0).MaxBy(s => s.Points.Length);
        if (skeleton is null) return null;
        var flipped = Enumerable.Range(0, skeleton.Points.Length).ToArray();
        foreach (var pair in skeleton.Mirrored) (flipped[pair.From], flipped[pair.To]) = (pair.To, pair.From);
        return new(skeleton.Points.Length, 3, skeleton.Points, skeleton.Mirrored.IsEmpty ? [] : [.. flipped]);
    }

    /// <summary>As a definition; YOLO has no edges.</summary>
    public SkeletonDefinition ToSkeleton() => new()
    {
        Id = "pose",
        Name = "pose",
        Points = [.. Enumerable.Range(0, Count).Select(i => i < Names.Length ? Names[i] : string.Create(CultureInfo.InvariantCulture, $"point {i + 1}"))],
        Mirrored = [.. Flipped.Take(Count).Select((to, from) => new SkeletonEdge(from, to)).Where(e => e.From < e.To && e.To < Count)],
    };

    /// <summary>Its lines of <c>data.yaml</c>.</summary>
    public void Write(Utf8Text text, int classes)
    {
        text.Add("kpt_shape: ["u8).Add((long)Count).Add(", "u8).Add((long)Numbers).Add("]\n"u8);
        if (!Flipped.IsEmpty) text.Add("flip_idx: ["u8).Add(string.Join(", ", Flipped.Select(f => f.ToString(CultureInfo.InvariantCulture)))).Add("]\n"u8);
        if (Names.IsEmpty) return;
        text.Add("kpt_names:\n"u8);
        for (var i = 0; i < classes; i++)
        {
            text.Add("  "u8).Add((long)i).Add(":\n"u8);
            foreach (var name in Names) text.Add("    - "u8).AddYaml(name).Add("\n"u8);
        }
    }
}
