using System.Diagnostics;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Quality;
using Plumbline.Core.Quality.Agreement;

namespace Plumbline.Benchmarks.Agreement;

/// <summary>Object-level agreement of 3 annotators over 20,000 images of 10 objects: matching at ten thresholds, pairs, vitality and a bootstrap of 1,000 rounds; CPU seconds.</summary>
internal static class AgreementSuite
{
    private const int Annotators = 3, Images = 20_000, Objects = 10, Classes = 20, Width = 1280, Height = 960;

    public static Task<int> RunAsync(string[] arguments)
    {
        _ = arguments;
        var random = new Random(7);
        var study = new AgreementStudy(Annotators, Classes);
        var (images, all) = (TimeSpan.Zero, new Stopwatch());
        all.Start();
        for (var image = 0; image < Images; image++)
        {
            var truth = Enumerable.Range(0, Objects).Select(_ => (Class: random.Next(Classes), Box: new Box(random.Next(Width - 200), random.Next(Height - 200), 20 + random.Next(180), 20 + random.Next(180)))).ToArray();
            var drawn = Enumerable.Range(0, Annotators).Select(_ => (IReadOnlyList<RatedObject>?)[.. truth.Where(_ => random.NextDouble() > .05).Select(t => Drawn(t.Class, t.Box, random))]).ToArray();
            var before = Spent();
            study.Add(drawn);
            images += Spent() - before;
        }

        var start = Spent();
        var alpha = study.Alpha(rounds: 1_000, seed: 1);
        var overlap = study.MeanOverlap(rounds: 1_000, seed: 1);
        var bootstrap = Spent() - start;
        for (var a = 0; a < Annotators; a++) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"vitality of annotator {a}: {study.Vitality(a).Value:0.0000}"));
        Console.WriteLine($"α {Shown(alpha)}, mean overlap {Shown(overlap)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"matching {images.TotalSeconds:0.00} s, two bootstraps of 1,000 rounds {bootstrap.TotalSeconds:0.00} s, whole process {Spent().TotalSeconds:0.00} s of CPU (wanted: 10), {all.Elapsed.TotalSeconds:0.00} s by the clock"));
        return Task.FromResult(Spent().TotalSeconds <= 10 ? 0 : 1);
    }

    private static RatedObject Drawn(int classIndex, Box box, Random random)
    {
        double Off(double side) => side * .08 * (random.NextDouble() - .5);
        var moved = new Box(box.X + Off(box.Width), box.Y + Off(box.Height), box.Width + Off(box.Width), box.Height + Off(box.Height));
        return new(random.NextDouble() < .05 ? random.Next(Classes) : classIndex, new(new BoxShape(moved), Width, Height));
    }

    private static string Shown(Measure measure) =>
        string.Create(CultureInfo.InvariantCulture, $"{measure.Value:0.0000} [{measure.Interval?.Low:0.0000}, {measure.Interval?.High:0.0000}] over {measure.Items:N0}");

    private static TimeSpan Spent() => Process.GetCurrentProcess().TotalProcessorTime;
}
