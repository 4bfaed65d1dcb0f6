using System.Diagnostics;
using Plumbline.Cli;

namespace Plumbline.Cli.Tests;

/// <summary>A folder of a test's own, and the command line as scripts use it.</summary>
internal sealed class Workplace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("plumbline-test-").FullName;

    public string At(string path) => Path.Combine(Folder, path);

    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!); // inside the test's folder
        File.WriteAllText(At(path), text);
        return At(path);
    }

    public string Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!); // inside the test's folder
        File.WriteAllBytes(At(path), bytes);
        return At(path);
    }

    /// <summary>Everything that lies in the folder, relative.</summary>
    public IEnumerable<string> Everything() => Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal);

    public static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new CapturedOutput();
        var exit = await CommandLine.RunAsync(args);
        return (exit, output.Standard, output.Errors);
    }

    /// <summary>Starts the real program, as a process of its own. A shell lets what it starts in the background ignore SIGINT, and so does whatever that starts: this process must not.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "plumbline.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!; // not shell-executed: never null

    public static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // inside a folder
            File.Copy(file, target);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
