using Plumbline.Benchmarks.Agreement;
using Plumbline.Benchmarks.Formats;
using Plumbline.Benchmarks.Ingest;
using Plumbline.Benchmarks.Masks;
using Plumbline.Benchmarks.Measures;
using Plumbline.Benchmarks.Saves;
using Plumbline.Benchmarks.Sessions;
using Plumbline.Benchmarks.Tiles;
using Plumbline.Benchmarks.Verbs;
using Plumbline.Benchmarks.Views;

// The suites by name; each gets the arguments after its name and returns an exit code.
var suites = new SortedDictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
{
    ["agreement"] = AgreementSuite.RunAsync,
    ["coverage"] = CoverageSuite.RunAsync,
    ["formats"] = FormatsSuite.RunAsync,
    ["ingest"] = IngestSuite.RunAsync,
    ["masks"] = MaskSuite.RunAsync,
    ["measures"] = MeasureSuite.RunAsync,
    ["presence"] = PresenceSuite.RunAsync,
    ["saves"] = SaveSuite.RunAsync,
    ["sessions"] = SessionsSuite.RunAsync,
    ["soak"] = SoakSuite.RunAsync,
    ["tiles"] = TilesSuite.RunAsync,
    ["verbs"] = VerbSuite.RunAsync,
    ["views"] = ViewsSuite.RunAsync,
};

if (args.Length > 0 && suites.TryGetValue(args[0], out var run)) return await run(args[1..]);
Console.Error.WriteLine($"Name a suite: {string.Join(", ", suites.Keys)}");
return 2;
