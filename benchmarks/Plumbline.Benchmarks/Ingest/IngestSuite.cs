using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Benchmarks.Ingest;

/// <summary>Pictures through the real HTTP upload and ingest job, beside <c>vipsthumbnail</c> over the same files in the same run. Argument: how many pictures (1,000).</summary>
internal static class IngestSuite
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000;
        using var photos = new PhotoWorkload(count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} JPEGs of 12 megapixels, {photos.Bytes / 1e6 / count:0.0} MB each, {Environment.ProcessorCount} processors"));

        var shipped = Peer(photos, processes: 1);
        var spread = Peer(photos, Environment.ProcessorCount);
        await using var server = await IngestServer.StartAsync();
        var project = await server.CreateProjectAsync();
        var watch = Stopwatch.StartNew();
        var upload = await server.UploadAsync(project, photos.Files);
        var sent = watch.Elapsed;
        var added = await server.IngestAsync(upload);
        var whole = watch.Elapsed;
        if (added != count) throw new InvalidOperationException($"{added} of {count} pictures were added.");

        var best = Math.Max(shipped, spread);
        Console.WriteLine($"{"what",-58}{"images/s",10}{"of vipsthumbnail",18}");
        Row("vipsthumbnail --size 512, one process", shipped, best);
        Row($"vipsthumbnail --size 512, {Environment.ProcessorCount} processes of one thread", spread, best);
        Row("ingest job (hash, store, probe, thumbnail, rows)", count / (whole - sent).TotalSeconds, best);
        Row("HTTP upload in parts (hashed, synced)", count / sent.TotalSeconds, null);
        Row("upload and ingest, one after the other", count / whole.TotalSeconds, best);
        return 0;
    }

    /// <summary>Images per second of vipsthumbnail, the files dealt out to some processes.</summary>
    private static double Peer(PhotoWorkload photos, int processes)
    {
        var output = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            var running = photos.Files.Chunk((photos.Files.Length + processes - 1) / processes).Select(files => Start(files, output, processes)).ToList();
            foreach (var process in running)
            {
                using (process)
                {
                    process.WaitForExit();
                    if (process.ExitCode != 0) throw new InvalidOperationException($"vipsthumbnail ended with {process.ExitCode}.");
                }
            }

            return photos.Files.Length / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static Process Start(string[] files, string output, int processes)
    {
        var start = new ProcessStartInfo("vipsthumbnail", ["--size", "512", "--output", $"{output}/%s.jpg[Q=80]", .. files]);
        if (processes > 1) start.Environment["VIPS_CONCURRENCY"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException("vipsthumbnail did not start; it is in Debian's package libvips-tools.");
    }

    private static void Row(string what, double rate, double? best) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-58}{rate,10:0.0}{(best is null ? "" : $"{rate / best:0.00}"),18}"));
}
