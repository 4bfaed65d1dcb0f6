using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Agreement;
using Plumbline.Core.Quality.Consensus;
using Plumbline.Core.Quality.Detection;
using Plumbline.Core.Quality.Panoptic;

namespace Plumbline.Core.Tests.Quality;

/// <summary>What must hold of every coefficient, whatever the data.</summary>
public sealed class AgreementLawTests
{
    [Fact]
    public void Kappa_does_not_change_with_the_order_of_classes_or_annotators_and_is_at_most_one() => Law.Holds(random =>
    {
        var size = random.Next(2, 5);
        var (table, turned, renamed) = (new long[size, size], new long[size, size], new long[size, size]);
        var order = Enumerable.Range(0, size).ToArray();
        random.Shuffle(order);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                table[i, j] = random.Next(6);
                turned[j, i] = table[i, j];
                renamed[order[i], order[j]] = table[i, j];
            }
        }

        var kappa = CohenKappa.Of(table);
        return Same(kappa, CohenKappa.Of(renamed)) && Enum.GetValues<KappaWeights>().All(weights => Same(CohenKappa.Of(table, weights), CohenKappa.Of(turned, weights))) && kappa.Value is null or <= 1 + 1e-12 and >= -1 - 1e-12;
    });

    [Fact]
    public void Quadratic_kappa_of_two_classes_is_plain_kappa() => Law.Holds(random =>
    {
        var table = new long[,] { { random.Next(9), random.Next(9) }, { random.Next(9), random.Next(9) } };
        return Same(CohenKappa.Of(table), CohenKappa.Of(table, KappaWeights.Quadratic)) && Same(CohenKappa.Of(table), CohenKappa.Of(table, KappaWeights.Linear));
    });

    [Fact]
    public void Fleiss_kappa_does_not_change_with_the_order_of_items_or_classes_and_is_at_most_one() => Law.Holds(random =>
    {
        var (items, classes, raters) = (random.Next(1, 8), random.Next(2, 5), random.Next(2, 6));
        var (table, changed) = (new int[items, classes], new int[items, classes]);
        for (var i = 0; i < items; i++)
        {
            for (var rater = 0; rater < raters; rater++)
            {
                var given = random.Next(classes);
                table[i, given]++;
                changed[items - 1 - i, classes - 1 - given]++;
            }
        }

        var kappa = FleissKappa.Of(table);
        return Same(kappa, FleissKappa.Of(changed)) && kappa.Value is null or <= 1 + 1e-12;
    });

    [Fact]
    public void Alpha_does_not_change_with_the_order_of_annotators_or_items() => Law.Holds(random =>
    {
        var ratings = Ratings(random, out var annotators, out var items);
        var changed = new double[annotators, items];
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < items; i++) changed[annotators - 1 - a, items - 1 - i] = ratings[a, i];
        }

        return Enum.GetValues<ScaleOfMeasurement>().All(scale => Same(KrippendorffAlpha.Of(ratings, scale), KrippendorffAlpha.Of(changed, scale)) && KrippendorffAlpha.Of(ratings, scale).Value is null or <= 1 + 1e-12);
    });

    [Fact]
    public void Alpha_does_not_change_with_what_its_scale_leaves_open() => Law.Holds(random =>
    {
        // Names may be any; ranks may be stretched; a scale without zero may be moved, one with a zero may be enlarged.
        var ratings = Ratings(random, out var annotators, out var items);
        double[,] Each(Func<double, double> change)
        {
            var changed = new double[annotators, items];
            for (var a = 0; a < annotators; a++)
            {
                for (var i = 0; i < items; i++) changed[a, i] = change(ratings[a, i]);
            }

            return changed;
        }

        return Same(KrippendorffAlpha.Of(ratings, ScaleOfMeasurement.Nominal), KrippendorffAlpha.Of(Each(v => 7 - v), ScaleOfMeasurement.Nominal))
            && Same(KrippendorffAlpha.Of(ratings, ScaleOfMeasurement.Ordinal), KrippendorffAlpha.Of(Each(v => Math.Exp(v)), ScaleOfMeasurement.Ordinal))
            && Same(KrippendorffAlpha.Of(ratings, ScaleOfMeasurement.Interval), KrippendorffAlpha.Of(Each(v => (3 * v) + 11), ScaleOfMeasurement.Interval))
            && Same(KrippendorffAlpha.Of(ratings, ScaleOfMeasurement.Ratio), KrippendorffAlpha.Of(Each(v => 3 * v), ScaleOfMeasurement.Ratio));
    });

    [Fact]
    public void Perfect_agreement_on_more_than_one_value_is_one_by_every_coefficient() => Law.Holds(random =>
    {
        var items = random.Next(3, 12);
        var truth = Enumerable.Range(0, items).Select(i => i < 2 ? i : random.Next(3)).ToArray();
        var (table, counts, ratings) = (new long[3, 3], new int[items, 3], new double[3, items]);
        for (var i = 0; i < items; i++)
        {
            table[truth[i], truth[i]]++;
            counts[i, truth[i]] = 3;
            for (var a = 0; a < 3; a++) ratings[a, i] = truth[i];
        }

        Measure[] all =
        [
            CohenKappa.Of(table), CohenKappa.Of(table, KappaWeights.Quadratic), FleissKappa.Of(counts),
            .. Enum.GetValues<ScaleOfMeasurement>().Select(scale => KrippendorffAlpha.Of(ratings, scale)), .. Enum.GetValues<IccForm>().Select(form => IntraclassCorrelation.Of(ratings, form, rounds: 0)),
        ];
        return all.All(measure => Math.Abs(measure.Value!.Value - 1) < 1e-9);
    });

    [Fact]
    public void Likelihood_never_falls_whatever_the_labels() => Law.Holds(random =>
    {
        var (annotators, items, classes) = (random.Next(1, 5), random.Next(1, 12), random.Next(2, 4));
        var labels = new int[annotators, items];
        for (var i = 0; i < items; i++)
        {
            for (var a = 0; a < annotators; a++) labels[a, i] = a == 0 ? random.Next(classes) : random.Next(-1, classes);
        }

        var found = DawidSkene.Estimate(labels, classes);
        var sums = Enumerable.Range(0, items).All(i => Math.Abs(Enumerable.Range(0, classes).Sum(c => found.Probabilities[i, c]) - 1) < 1e-9);
        return sums && Enumerable.Range(1, found.LogLikelihoods.Count - 1).All(round => found.LogLikelihoods[round] >= found.LogLikelihoods[round - 1] - 1e-9);
    }, 150);

    [Fact]
    public void Average_precision_is_one_for_the_truth_itself_and_falls_with_every_false_detection() => Law.Holds(random =>
    {
        var (evaluator, worse) = (MeasurePagesTests.Evaluator(), MeasurePagesTests.Evaluator());
        for (var image = random.Next(1, 4); image > 0; image--)
        {
            var truths = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new TruthFacts(random.Next(20_000), false, false)).ToArray();
            var found = truths.Select(t => new DetectionFacts(random.NextDouble(), t.Area)).OrderByDescending(d => d.Score).ToArray();
            var overlaps = new double[truths.Length * truths.Length];
            for (var i = 0; i < truths.Length; i++) overlaps[(i * truths.Length) + i] = 1;
            evaluator.Add(image, 0, overlaps, found, truths);
            worse.Add(image, 0, [.. new double[truths.Length], .. overlaps], [new(1, 100), .. found], truths);
        }

        return evaluator.Overall().Metrics["AP"].Value >= 1 - 1e-9 && worse.Overall().Metrics["AP"].Value < 1 - 1e-3;
    }, 100);

    [Fact]
    public void Panoptic_quality_of_the_truth_itself_is_one_whatever_the_ids() => Law.Holds(random =>
    {
        var ids = Enumerable.Range(0, 60).Select(_ => random.Next(1, 6)).Order().ToArray();
        var segments = ids.Distinct().Select(id => new Segment(id, id % 2, false)).ToList();
        var quality = new PanopticQuality(2);
        quality.Add(ids, segments, ids.Select(id => 100 - id).ToArray(), [.. segments.Select(s => s with { Id = 100 - s.Id })]);
        return Math.Abs(quality.Over([0, 1]).PQ.Value!.Value - 1) < 1e-12;
    });

    private static double[,] Ratings(Random random, out int annotators, out int items)
    {
        (annotators, items) = (random.Next(2, 5), random.Next(2, 10));
        var ratings = new double[annotators, items];
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < items; i++) ratings[a, i] = random.Next(4) == 0 ? double.NaN : random.Next(1, 6);
        }

        return ratings;
    }

    private static bool Same(Measure one, Measure other) => one.Value is { } value ? other.Value is { } found && Math.Abs(value - found) < 1e-9 : other.Value is null;
}
