using Plumbline.Core.Annotations;

namespace Plumbline.Core.Datasets;

/// <summary>Counts a dataset image by image: classes, shapes, sizes, objects per image. Holds one number an image and nothing an annotation.</summary>
/// <param name="classes">Names of the classes; annotations refer to them by place.</param>
public sealed class DatasetStatistics(IReadOnlyList<string> classes)
{
    private readonly ClassCount[] counts = [.. classes.Select(name => new ClassCount(name))];
    private readonly long[] shapes = new long[Enum.GetValues<ShapeKind>().Length];
    private readonly Dictionary<string, SplitCount> splits = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Width, int Height), long> sizes = [];
    private readonly List<int> perImage = [];
    private readonly long[] objectSizes = new long[3];
    private SplitCount? split;
    private long unlocated;

    /// <summary>Images so far.</summary>
    public long Images => perImage.Count;

    /// <summary>Annotations so far.</summary>
    public long Annotations { get; private set; }

    /// <summary>Images without any annotation.</summary>
    public long EmptyImages { get; private set; }

    /// <summary>Images whose size nobody states.</summary>
    public long ImagesWithoutSize { get; private set; }

    /// <summary>Annotations that are left out of measures: crowd, void, difficult.</summary>
    public long Ignored { get; private set; }

    /// <summary>Annotations without an area: tags, points, lines.</summary>
    public long WithoutArea => unlocated;

    /// <summary>Each class with its counts, in the order given.</summary>
    public IReadOnlyList<ClassCount> Classes => counts;

    /// <summary>Annotations by shape, for shapes that occur.</summary>
    public IReadOnlyDictionary<ShapeKind, long> Shapes => new SortedDictionary<ShapeKind, long>(Enum.GetValues<ShapeKind>().Where(k => shapes[(int)k] > 0).ToDictionary(k => k, k => shapes[(int)k]));

    /// <summary>Images and annotations by split; the empty name stands for none.</summary>
    public IReadOnlyDictionary<string, SplitCount> Splits => new SortedDictionary<string, SplitCount>(splits, StringComparer.Ordinal);

    /// <summary>Objects of less than 32², less than 96² and more square pixels (the limits of the COCO measures).</summary>
    public (long Small, long Medium, long Large) ObjectSizes => (objectSizes[0], objectSizes[1], objectSizes[2]);

    /// <summary>Image sizes, the commonest first.</summary>
    public IEnumerable<(int Width, int Height, long Images)> ImageSizes =>
        sizes.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Select(s => (s.Key.Width, s.Key.Height, s.Value));

    /// <summary>How many annotations images have.</summary>
    public CountSummary PerImage => CountSummary.Of(perImage);

    /// <summary>How uneven the classes are.</summary>
    public ClassBalance Balance => ClassBalance.Of(counts.Select(c => c.Annotations));

    /// <summary>The next image; its annotations follow.</summary>
    /// <param name="splitName">Its split; null for none.</param>
    /// <param name="size">Columns and rows; null when not known.</param>
    public void AddImage(string? splitName, (int Width, int Height)? size)
    {
        CloseImage();
        perImage.Add(0);
        if (!splits.TryGetValue(splitName ?? "", out split)) splits[splitName ?? ""] = split = new SplitCount();
        split.Images++;
        if (size is { } known) System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sizes, known, out _)++;
        else ImagesWithoutSize++;
    }

    /// <summary>The next annotation of the last image.</summary>
    /// <param name="classIndex">Its class: a place in the list given.</param>
    /// <param name="kind">Its shape.</param>
    /// <param name="area">Its area in square pixels; null for shapes without.</param>
    /// <param name="ignore">Whether it is left out of measures.</param>
    public void AddAnnotation(int classIndex, ShapeKind kind, double? area, bool ignore)
    {
        Annotations++;
        perImage[^1]++;
        split!.Annotations++; // an image came first
        counts[classIndex].Add(perImage.Count);
        shapes[(int)kind]++;
        if (ignore) Ignored++;
        if (area is not { } square) unlocated++;
        else objectSizes[square < 32 * 32 ? 0 : square < 96 * 96 ? 1 : 2]++;
    }

    /// <summary>Call once after the last image.</summary>
    public void Finish() => CloseImage();

    private void CloseImage()
    {
        if (perImage.Count > 0 && perImage[^1] == 0) EmptyImages++;
    }
}

/// <summary>How often one class occurs.</summary>
public sealed class ClassCount(string name)
{
    private int lastImage;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its annotations.</summary>
    public long Annotations { get; private set; }

    /// <summary>Images that have it.</summary>
    public long Images { get; private set; }

    internal void Add(int image)
    {
        Annotations++;
        if (image == lastImage) return;
        lastImage = image;
        Images++;
    }
}

/// <summary>What one split has.</summary>
public sealed class SplitCount
{
    /// <summary>Its images.</summary>
    public long Images { get; internal set; }

    /// <summary>Its annotations.</summary>
    public long Annotations { get; internal set; }
}
