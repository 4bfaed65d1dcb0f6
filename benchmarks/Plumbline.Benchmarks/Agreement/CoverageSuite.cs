using System.Globalization;
using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Agreement;
using Plumbline.Core.Quality.Sampling;

namespace Plumbline.Benchmarks.Agreement;

/// <summary>Whether 95 % intervals keep their word: data are made up again and again from a known truth, and it is counted how often the interval holds it. Wanted: 93 to 97 %.</summary>
internal static class CoverageSuite
{
    private const int Runs = 2_000, Rounds = 500, Images = 200;

    public static Task<int> RunAsync(string[] arguments)
    {
        _ = arguments;
        var good = true;
        Console.WriteLine($"{"interval",-66}{"truth",10}{"covered",10}");
        foreach (var (name, truth, run) in Experiments())
        {
            var held = new int[Runs];
            Parallel.For(0, Runs, i => held[i] = run(new Random(1_000 + i), i) is var (low, high) && low <= truth && truth <= high ? 1 : 0);
            var covered = held.Sum() / (double)Runs;
            good &= covered is >= .93 and <= .97;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-66}{truth,10:0.0000}{covered,10:P1}"));
        }

        return Task.FromResult(good ? 0 : 1);
    }

    private static IEnumerable<(string Name, double Truth, Func<Random, int, Interval?> Run)> Experiments()
    {
        yield return ("error rate of 200 images (Wilson), rate .08", .08, (random, _) => Proportion.Of(Enumerable.Range(0, Images).Count(_ => random.NextDouble() < .08), Images).Interval);
        yield return ("recall over 200 images of unequal difficulty", .8, (random, seed) => Recall(random).Ratio(0, 1, "", Rounds, seed).Interval);
        yield return ("object-level α, 3 annotators, 200 images", Alpha(new Random(1), 40_000).Of(rounds: 0).Value!.Value, (random, seed) => Alpha(random, Images).Of(Rounds, seed).Interval);
        yield return ("ICC(2,1), 4 annotators, 200 items", Icc(new Random(2), 100_000, IccForm.TwoWayRandom, 0, 0).Value!.Value, (random, seed) => Icc(random, Images, IccForm.TwoWayRandom, Rounds, seed).Interval);
        yield return ("ICC(3,1), 4 annotators, 200 items", Icc(new Random(2), 100_000, IccForm.TwoWayMixed, 0, 0).Value!.Value, (random, seed) => Icc(random, Images, IccForm.TwoWayMixed, Rounds, seed).Interval);
        yield return ("Pearson's r of 200 items", .6, (random, seed) => Pearson(random, seed).Interval);
    }

    private static ImageSums Recall(Random random)
    {
        var sums = new ImageSums(2);
        for (var image = 0; image < Images; image++)
        {
            var (difficulty, objects) = (.6 + (.4 * random.NextDouble()), 1 + random.Next(12));
            sums.Add(1, objects);
            sums.Add(0, Enumerable.Range(0, objects).Count(_ => random.NextDouble() < difficulty));
            sums.EndImage();
        }

        return sums;
    }

    private static ObjectAlpha Alpha(Random random, int images)
    {
        const int Classes = 4;
        var alpha = new ObjectAlpha(3, Classes);
        for (var image = 0; image < images; image++)
        {
            var slips = .05 + (.25 * random.NextDouble()); // some images are harder for everybody
            var clusters = new List<int[]>();
            for (var item = random.Next(1, 10); item > 0; item--)
            {
                var truth = random.Next(Classes);
                clusters.Add([.. Enumerable.Range(0, 3).Select(_ => random.NextDouble() >= slips ? truth : random.Next(-1, Classes))]);
            }

            alpha.Add(new ImageRatings([.. clusters.Where(ratings => ratings.Any(value => value >= 0))]));
        }

        return alpha;
    }

    private static Measure Icc(Random random, int items, IccForm form, int rounds, int seed)
    {
        double[] habits = [0, .4, -.3, .2];
        var ratings = new double[habits.Length, items];
        for (var i = 0; i < items; i++)
        {
            var truth = Normal(random);
            for (var a = 0; a < habits.Length; a++) ratings[a, i] = truth + habits[a] + (.7 * Normal(random));
        }

        return IntraclassCorrelation.Of(ratings, form, [], rounds, seed);
    }

    private static Measure Pearson(Random random, int seed)
    {
        var (first, second) = (new double[Images], new double[Images]);
        for (var i = 0; i < Images; i++)
        {
            first[i] = Normal(random);
            second[i] = (.6 * first[i]) + (.8 * Normal(random));
        }

        return PearsonCorrelation.Of(first, second, [], Rounds, seed);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
