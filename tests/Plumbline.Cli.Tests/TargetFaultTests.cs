using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>The real program where its answer cannot go: what it answers and says, and that it leaves nothing behind.</summary>
public sealed class TargetFaultTests : IDisposable
{
    private const string Coco = """
        {"images":[{"id":1,"file_name":"a.jpg","width":100,"height":50},{"id":2,"file_name":"b.jpg","width":100,"height":50}],"categories":[{"id":7,"name":"cat"}],
         "annotations":[{"id":1,"image_id":1,"category_id":7,"bbox":[10,10,20,20],"area":200,"iscrowd":0,"segmentation":[[10,10,30,10,30,30]]}]}
        """;

    private readonly Workplace place = new();

    /// <summary>Every verb that writes files; DISK is where it cannot.</summary>
    public static TheoryData<string> Writers =>
    [
        "convert SOURCE DISK/out --to yolo",
        "convert SOURCE DISK/out.json --to coco",
        "convert SOURCE DISK/out.zip --to voc",
        "convert SOURCE HERE/out --to yolo --report DISK/report.json",
        "merge SOURCE SOURCE DISK/out --to coco",
        "split SOURCE DISK/out --ratios a=.5,b=.5",
        "sample SOURCE DISK/out.json --count 1",
        "render SOURCE DISK/out.zip",
        "render SOURCE DISK/out",
        "synth DISK/out --images 2 --size 160x120",
        "consensus SOURCE SOURCE DISK/out.json",
    ];

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_disk_that_may_not_be_written_answers_3_and_says_so(string line)
    {
        await using var disk = await SmallDisk.MountAsync(1);
        await disk.SealAsync();
        await AssertRefusedAsync(line, disk, "Read-only file system");
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Folder));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task A_full_disk_answers_3_says_so_and_nothing_lies_about(string line)
    {
        await using var disk = await SmallDisk.MountAsync(1);
        disk.Fill();
        var before = Directory.GetFileSystemEntries(disk.Folder);
        await AssertRefusedAsync(line, disk, "No space left on device");
        Assert.Equal(before, Directory.GetFileSystemEntries(disk.Folder));
    }

    [Theory]
    [InlineData("convert SOURCE HERE/used --to yolo", "/used is not empty; choose another target or pass --overwrite.")]
    [InlineData("convert SOURCE HERE/there.json --to coco", "/there.json exists; choose another target or pass --overwrite.")]
    [InlineData("convert SOURCE HERE/there.zip --to voc", "/there.zip exists; choose another target or pass --overwrite.")]
    [InlineData("convert SOURCE HERE/there --to yolo", "/there is a file; the target must be a folder.")]
    [InlineData("convert SOURCE HERE/there --to yolo --overwrite", "/there is a file; the target must be a folder.")]
    [InlineData("split SOURCE HERE/used --ratios a=.5,b=.5", "/used is not empty; choose another target or pass --overwrite.")]
    [InlineData("render SOURCE HERE/there.zip", "/there.zip exists; choose another target or pass --overwrite.")]
    [InlineData("synth HERE/used --images 1 --size 160x120", "/used is not empty; choose another target or pass --overwrite.")]
    public async Task A_target_that_is_there_answers_2_and_stays_as_it_is(string line, string said)
    {
        foreach (var file in new[] { "used/mine.txt", "there.json", "there.zip", "there" }) place.Write(file, "mine");
        var run = await RunAsync(line);
        Assert.Equal((ExitCode.WrongUsage, true), (run.Exit, run.Errors.EndsWith(said + "\n", StringComparison.Ordinal)));
        Assert.Equal(["source.json", "there", "there.json", "there.zip", "used", "used/mine.txt"], place.Everything());
        Assert.All(["used/mine.txt", "there.json", "there.zip", "there"], file => Assert.Equal("mine", File.ReadAllText(place.At(file))));
    }

    [Theory]
    [InlineData("formats")]
    [InlineData("formats --json")]
    [InlineData("stats SOURCE")]
    [InlineData("stats SOURCE --json")]
    [InlineData("validate SOURCE --output sarif")]
    [InlineData("convert --help")]
    [InlineData("convert SOURCE HERE/out --to yolo --json")]
    public async Task An_answer_that_nobody_reads_to_its_end_is_no_fault(string line)
    {
        using var program = Workplace.Start(Words(line));
        program.StandardOutput.Close(); // as head does when it has had enough
        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, program.ExitCode);
        Assert.DoesNotContain("pipe", errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_is_a_fault()
    {
        var words = Words("stats SOURCE --json");
        using var program = Process.Start(new ProcessStartInfo("sh", ["-c", "exec dotnet \"$0\" \"$@\" > /dev/full", Path.Combine(AppContext.BaseDirectory, "plumbline.dll"), .. words]) { RedirectStandardError = true })!; // not shell-executed: never null
        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Unreadable, program.ExitCode);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
    }

    public void Dispose() => place.Dispose();

    private async Task AssertRefusedAsync(string line, SmallDisk disk, string why)
    {
        var run = await RunAsync(line, disk.Folder);
        Assert.Equal(ExitCode.Unreadable, run.Exit);
        var said = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.Contains(disk.Folder, said, StringComparison.Ordinal);
        Assert.DoesNotContain(".partial", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["source.json"], place.Everything());
    }

    private async Task<(int Exit, string Errors)> RunAsync(string line, string disk = "")
    {
        using var program = Workplace.Start(Words(line, disk));
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (program.ExitCode, errors);
    }

    private string[] Words(string line, string disk = "") =>
        [.. line.Replace("SOURCE", place.Write("source.json", Coco), StringComparison.Ordinal).Replace("HERE", place.Folder, StringComparison.Ordinal).Replace("DISK", disk, StringComparison.Ordinal).Split(' ')];
}
