using System.Diagnostics;
using Spectre.Console;

namespace Plumbline.Cli;

/// <summary>A progress bar on standard error, for work of more than a second at a terminal; silent elsewhere.</summary>
internal static class ProgressLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs the work with a callback for items done and in all.</summary>
    public static async Task<T> WatchAsync<T>(string title, Func<Action<long, long?>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected) return await work(null);
        var started = Stopwatch.GetTimestamp();
        long done = 0, total = 0;
        var running = Task.Run(() => work((d, t) =>
        {
            Volatile.Write(ref done, d);
            Volatile.Write(ref total, t ?? 0);
        }));
        if (await Task.WhenAny(running, Task.Delay(Patience)) == running) return await running;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async bar =>
        {
            var task = bar.AddTask(title);
            while (!running.IsCompleted)
            {
                task.MaxValue = Math.Max(1, Volatile.Read(ref total));
                task.Value = Volatile.Read(ref done);
                task.IsIndeterminate = Volatile.Read(ref total) == 0;
                await Task.WhenAny(running, Task.Delay(100));
            }
        });
        await Console.Error.WriteLineAsync($"{title}: {done:N0} images in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        return await running;
    }
}
