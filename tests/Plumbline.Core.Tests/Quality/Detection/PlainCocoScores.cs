using Plumbline.Core.Quality.Detection;

namespace Plumbline.Core.Tests.Quality.Detection;

/// <summary>An object of a random world: a stretch of a line, so that overlaps are easy to see.</summary>
internal sealed record Stretch(int Image, int Class, int From, int Length, bool Crowd, bool Ignore, double Score)
{
    /// <summary>Length squared, so that all of COCO's sizes occur.</summary>
    public double Area => (double)Length * Length;

    public double OverlapWith(Stretch truth)
    {
        double common = Math.Max(0, Math.Min(From + Length, truth.From + truth.Length) - Math.Max(From, truth.From));
        return common / (truth.Crowd ? Length : Length + truth.Length - common);
    }
}

/// <summary>COCO's protocol told the long way, from its description: one class, size and threshold at a time, nothing shared and nothing kept.</summary>
internal sealed class PlainCocoScores(DetectionProtocol protocol, IReadOnlyList<Stretch> truths, IReadOnlyList<Stretch> found)
{
    private int Classes => truths.Concat(found).Max(one => one.Class) + 1;

    /// <summary>Mean precision over classes with truths, the thresholds and recall levels; null without truths.</summary>
    public double? Precision(IReadOnlyList<double> thresholds, AreaRange area) => Mean(thresholds, area, protocol.MaximumDetections[^1], curve =>
        protocol.Recalls.Select(level => curve.Where(point => point.Recall >= level).Select(point => point.Precision).DefaultIfEmpty(0).Max()).Average());

    /// <summary>Mean recall over classes with truths and the thresholds; null without truths.</summary>
    public double? Recall(IReadOnlyList<double> thresholds, AreaRange area, int maximum) => Mean(thresholds, area, maximum, curve => curve.Select(point => point.Recall).DefaultIfEmpty(0).Last());

    private double? Mean(IReadOnlyList<double> thresholds, AreaRange area, int maximum, Func<List<(double Recall, double Precision)>, double> value)
    {
        var values = new List<double>();
        for (var c = 0; c < Classes; c++)
        {
            if (truths.Any(t => t.Class == c && !Left(t, area))) values.Add(thresholds.Average(threshold => value(Curve(c, threshold, area, maximum))));
        }

        return values.Count == 0 ? null : values.Average();
    }

    private static bool Left(Stretch truth, AreaRange area) => truth.Crowd || truth.Ignore || truth.Area < area.Least || truth.Area > area.Most;

    private List<(double Recall, double Precision)> Curve(int c, double threshold, AreaRange area, int maximum)
    {
        var judged = new List<(double Score, bool Right)>();
        foreach (var image in truths.Concat(found).Select(one => one.Image).Distinct().Order())
        {
            var here = truths.Where(t => t.Image == image && t.Class == c).OrderBy(t => Left(t, area)).ToList();
            var taken = new HashSet<Stretch>(ReferenceEqualityComparer.Instance);
            foreach (var detection in found.Where(d => d.Image == image && d.Class == c).OrderByDescending(d => d.Score).Take(maximum))
            {
                bool Free(Stretch t) => (t.Crowd || !taken.Contains(t)) && detection.OverlapWith(t) >= Math.Min(threshold, 1 - 1e-10);
                var counting = here.Where(t => Free(t) && !Left(t, area)).ToList();
                var candidates = counting.Count > 0 ? counting : here.Where(Free).ToList();
                var best = candidates.OrderBy(t => detection.OverlapWith(t)).LastOrDefault();
                if (best is not null) taken.Add(best);
                var ignored = best is null ? detection.Area < area.Least || detection.Area > area.Most : Left(best, area);
                if (!ignored) judged.Add((detection.Score, best is not null));
            }
        }

        double all = truths.Count(t => t.Class == c && !Left(t, area));
        var (right, number) = (0, 0);
        return [.. judged.OrderByDescending(d => d.Score).Select(d => ((right += d.Right ? 1 : 0) / all, right / (double)++number))];
    }
}
