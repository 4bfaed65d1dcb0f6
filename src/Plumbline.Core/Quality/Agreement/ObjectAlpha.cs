using Plumbline.Core.Quality.Matching;

namespace Plumbline.Core.Quality.Agreement;

/// <summary>What several annotators drew in one image, already matched.</summary>
/// <param name="Clusters">One entry a real thing: per annotator the class given, <see cref="Missed"/> when assigned but nothing drawn, <see cref="NotAssigned"/> when the annotator never saw the image.</param>
public sealed record ImageRatings(IReadOnlyList<int[]> Clusters)
{
    /// <summary>The annotator saw the image and drew nothing there.</summary>
    public const int Missed = -1;

    /// <summary>The annotator was not given the image.</summary>
    public const int NotAssigned = -2;

    /// <summary>Turns clusters into ratings.</summary>
    /// <param name="clusters">What belongs together.</param>
    /// <param name="assigned">Per annotator whether the image was given to them.</param>
    /// <param name="classOf">Class of object i of annotator a, from 0.</param>
    public static ImageRatings From(IReadOnlyList<ObjectCluster> clusters, IReadOnlyList<bool> assigned, Func<int, int, int> classOf) =>
        new(clusters.Select(cluster => cluster.Members.Select((position, a) => position >= 0 ? classOf(a, position) : assigned[a] ? Missed : NotAssigned).ToArray()).ToList());
}

/// <summary>Krippendorff's nominal α on matched objects: whether annotators saw the same things and called them the same.</summary>
/// <remarks>
/// After Tschirschwitz and Rodehorst, "KαLOS", arXiv 2603.27197. All images together form one matrix of annotators × objects. Images
/// contribute sums, so a bootstrap round over images only adds them up again.
/// </remarks>
public sealed class ObjectAlpha
{
    private readonly int _annotators;
    private readonly int _values;
    private readonly List<Sums> _images = [];

    /// <param name="annotators">Number of annotators.</param>
    /// <param name="classes">Number of classes.</param>
    public ObjectAlpha(int annotators, int classes) => (_annotators, _values) = (annotators, classes + 1);

    /// <summary>Adds one image; an image without objects counts for the bootstrap and adds nothing.</summary>
    public void Add(ImageRatings image) => _images.Add(Sum(image));

    /// <summary>α over all images with its 95 % interval from a bootstrap by image.</summary>
    /// <param name="rounds">Bootstrap rounds; 0 for no interval.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public Measure Of(int rounds = 1_000, int seed = 1)
    {
        var totals = new double[_values];
        var alpha = Alpha(_images.Select(image => (image, 1)), totals);
        if (alpha.Value is null || rounds == 0) return alpha;
        var random = new Random(seed);
        var weights = new int[_images.Count];
        var values = new List<double>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            Array.Clear(weights);
            for (var draw = 0; draw < weights.Length; draw++) weights[random.Next(weights.Length)]++;
            if (Alpha(_images.Select((image, i) => (image, weights[i])), totals).Value is { } value) values.Add(value);
        }

        values.Sort();
        return alpha with { Interval = new Interval(Quantile(values, .025), Quantile(values, .975)) };
    }

    private static Measure Alpha(IEnumerable<(Sums Image, int Weight)> images, double[] totals)
    {
        Array.Clear(totals);
        double disagreeing = 0, all = 0;
        long objects = 0;
        foreach (var (image, weight) in images)
        {
            if (weight == 0) continue;
            disagreeing += weight * image.Disagreeing;
            objects += weight * image.Objects;
            foreach (var (value, total) in image.Totals)
            {
                totals[value] += weight * total;
                all += weight * total;
            }
        }

        if (objects == 0) return Measure.None("No object lies in an image that two annotators were given.");
        var expected = (all * all) - totals.Sum(total => total * total);
        return expected == 0
            ? Measure.None("Only one class was ever used and nothing was missed, so there is no disagreement to be expected.", objects)
            : Measure.Of(1 - ((all - 1) * disagreeing / expected), objects);
    }

    private Sums Sum(ImageRatings image)
    {
        var totals = new Dictionary<int, double>();
        double disagreeing = 0;
        long objects = 0;
        foreach (var ratings in image.Clusters)
        {
            if (ratings.Length != _annotators) throw new ArgumentException($"An object has {ratings.Length} ratings; there are {_annotators} annotators.", nameof(image));
            var given = ratings.Where(value => value != ImageRatings.NotAssigned).Select(value => value + 1).ToArray();
            if (given.Length < 2) continue;
            objects++;
            foreach (var group in given.GroupBy(value => value))
            {
                totals[group.Key] = totals.GetValueOrDefault(group.Key) + group.Count();
                disagreeing += group.Count() * (given.Length - group.Count()) / (double)(given.Length - 1);
            }
        }

        return new(disagreeing, objects, totals.OrderBy(entry => entry.Key).Select(entry => (entry.Key, entry.Value)).ToArray());
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 >= sorted.Count ? sorted[^1] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }

    private sealed record Sums(double Disagreeing, long Objects, (int Value, double Total)[] Totals);
}
