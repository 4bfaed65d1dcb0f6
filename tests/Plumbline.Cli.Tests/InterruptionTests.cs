using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Tests;

/// <summary>The real program, stopped in the middle of its work: what it leaves behind, and what it answers.</summary>
public sealed class InterruptionTests : IDisposable
{
    private readonly Workplace place = new();

    public static TheoryData<string, string, string> Stops => new()
    {
        { "INT", "yolo", "out" },
        { "TERM", "voc", "out" },
        { "INT", "coco", "out.json" },
        { "TERM", "yolo", "out.zip" },
        { "INT", "coco", "out" },
    };

    [Theory]
    [MemberData(nameof(Stops))]
    public async Task A_stopped_conversion_answers_130_and_leaves_nothing_behind(string signal, string format, string target)
    {
        var source = WriteLarge();
        using var program = Workplace.Start("convert", source, place.At(target), "--to", format, "--report", place.At("report.json"));
        var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        // Once something lies aside, it is in the middle of writing.
        while (!program.HasExited && !place.Everything().Any(f => f.EndsWith(".partial", StringComparison.Ordinal) && !f.StartsWith("report", StringComparison.Ordinal))) await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(program.HasExited, "it was done before it could be stopped");
        await StopAsync(program, signal);
        Assert.Equal((ExitCode.Interrupted, "Interrupted; nothing was left behind.\n"), (program.ExitCode, await errors));
        Assert.Equal(["in.json"], place.Everything());
    }

    public void Dispose() => place.Dispose();

    // Seconds of work: far more than the moment between the first file and the signal.
    private string WriteLarge()
    {
        var text = new StringBuilder("{\"categories\":[{\"id\":1,\"name\":\"cat\"}],\"images\":[");
        for (var i = 0; i < 60_000; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"id\":{i},\"file_name\":\"{i:D6}.jpg\",\"width\":640,\"height\":480}}");
        text.Append("],\"annotations\":[");
        for (var i = 0; i < 300_000; i++) text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}{{\"id\":{i},\"image_id\":{i % 60_000},\"category_id\":1,\"bbox\":[1,2,{i % 600}.5,4],\"iscrowd\":0,\"area\":2,\"segmentation\":[]}}");
        return place.Write("in.json", text.Append("]}").ToString());
    }

    private static async Task StopAsync(Process program, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", program.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
