using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing.Load;

namespace Plumbline.Benchmarks.Saves;

/// <summary>Kills the server with signal 9 a hundred times (or as often as the first argument says) while 32 annotators save on 8 images, then looks for what was lost or doubled.</summary>
internal static class SoakSuite
{
    private const int Annotators = 32;
    private const int Sets = 8;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var kills = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100;
        var isSound = true;
        Console.WriteLine($"{$"{kills} kills under load",-34}{"acknowledged",14}{"resent",10}{"lost",8}{"doubled",10}{"broken sets",13}{"seconds",10}");
        await Engines.EachAsync(Annotators, Sets, async (engine, options, world) =>
        {
            var watch = Stopwatch.StartNew();
            var (audit, resent) = await Soak.RunAsync(options, world, kills, new Random(1));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{engine,-34}{audit.Acknowledged,14}{resent,10}{audit.Lost,8}{audit.Doubled,10}{audit.Faults.Count,13}{watch.Elapsed.TotalSeconds,10:F0}"));
            foreach (var fault in audit.Faults) Console.Error.WriteLine(fault);
            isSound &= audit is { Lost: 0, Doubled: 0, Faults.Count: 0 };
        });
        return isSound ? 0 : 1;
    }
}
