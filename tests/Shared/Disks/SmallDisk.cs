using System.Diagnostics;
using Xunit;

namespace Plumbline.Testing;

/// <summary>A disk in memory that can be filled up and emptied. Mounting it needs root; without, the test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting a small disk needs root");
        var folder = Directory.CreateTempSubdirectory("plumbline-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=755", "tmpfs", folder)) return new SmallDisk(folder);
        Directory.Delete(folder);
        Assert.Skip("mounting is not allowed here");
        throw new UnreachableException();
    }

    /// <summary>Makes it larger or smaller.</summary>
    public async Task ResizeAsync(int megabytes) => Assert.True(await RunAsync("mount", "-o", $"remount,size={megabytes}m", Folder));

    /// <summary>Lets nobody write to it any more.</summary>
    public async Task SealAsync() => Assert.True(await RunAsync("mount", "-o", "remount,ro", Folder));

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var block in new[] { new byte[1 << 20], new byte[4096] })
        {
            try
            {
                while (true) filler.Write(block);
            }
            catch (IOException)
            {
                // Full, to within a block of this size.
            }
        }
    }

    /// <summary>Takes away what <see cref="Fill"/> wrote.</summary>
    public void Free() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
