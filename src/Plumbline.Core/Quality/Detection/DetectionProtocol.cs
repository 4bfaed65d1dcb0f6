namespace Plumbline.Core.Quality.Detection;

/// <summary>A range of object areas in square pixels, both ends included, with the name its scores carry.</summary>
public readonly record struct AreaRange(string Name, double Least, double Most);

/// <summary>The parameters of COCO's detection scores.</summary>
/// <remarks>pycocotools, <c>cocoeval.py</c>, class <c>Params</c>.</remarks>
public sealed record DetectionProtocol
{
    /// <summary>Overlaps at which a detection counts as found, ascending; at most 16.</summary>
    public required IReadOnlyList<double> Thresholds { get; init; }

    /// <summary>Recalls at which precision is read, ascending.</summary>
    public required IReadOnlyList<double> Recalls { get; init; }

    /// <summary>Object sizes; the first one is "all".</summary>
    public required IReadOnlyList<AreaRange> Areas { get; init; }

    /// <summary>How many detections an image and class count, best scores first; ascending. The last one is used for precision.</summary>
    public required IReadOnlyList<int> MaximumDetections { get; init; }

    /// <summary>Whether recall is given at .5 and .75 beside its mean, as for keypoints.</summary>
    public bool RecallByThreshold { get; init; }

    /// <summary>Boxes, masks and boundaries: .50:.05:.95, 101 recalls, sizes split at 32² and 96², 1/10/100 detections.</summary>
    public static DetectionProtocol Coco { get; } = new()
    {
        Thresholds = Evenly(.5, .95, 10),
        Recalls = Evenly(0, 1, 101),
        Areas = [new("all", 0, 1e10), new("small", 0, 32 * 32), new("medium", 32 * 32, 96 * 96), new("large", 96 * 96, 1e10)],
        MaximumDetections = [1, 10, 100],
    };

    /// <summary>Keypoints: the same overlaps on OKS, no small objects, 20 detections.</summary>
    public static DetectionProtocol CocoKeypoints { get; } = Coco with
    {
        Areas = [new("all", 0, 1e10), new("medium", 32 * 32, 96 * 96), new("large", 96 * 96, 1e10)],
        MaximumDetections = [20],
        RecallByThreshold = true,
    };

    /// <summary>Federated evaluation: as for boxes and masks, with up to 300 detections an image over all classes together.</summary>
    /// <remarks>Gupta, Dollár and Girshick, "LVIS: a dataset for large vocabulary instance segmentation", CVPR 2019; lvis-api, <c>eval.py</c>.</remarks>
    public static DetectionProtocol Federated { get; } = Coco with { MaximumDetections = [300] };

    /// <summary>Computed as numpy's <c>linspace</c> does, so that a borderline overlap falls on the same side.</summary>
    private static double[] Evenly(double first, double last, int count)
    {
        var step = (last - first) / (count - 1);
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = (i * step) + first;
        values[^1] = last;
        return values;
    }
}
