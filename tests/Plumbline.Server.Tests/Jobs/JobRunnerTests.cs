using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Server.Features.Events;
using Plumbline.Server.Features.Jobs;
using Plumbline.Server.Storage;
using Plumbline.Testing;
using Xunit;

namespace Plumbline.Server.Tests.Jobs;

public sealed class JobRunnerTests
{
    [Fact]
    public async Task Every_queued_job_runs_exactly_once()
    {
        await using var bench = await Workbench.StartAsync(new Counting());
        for (var i = 0; i < 40; i++) await bench.EnqueueAsync("count", i);

        await bench.WaitForAsync(rows => rows.All(row => row.State == "Succeeded"));

        Assert.Equal(Enumerable.Range(0, 40), bench.Handler<Counting>().Seen.Order());
    }

    [Fact]
    public async Task A_job_in_a_transaction_that_fails_is_never_queued()
    {
        await using var bench = await Workbench.StartAsync(new Counting());

        await Assert.ThrowsAsync<TimeoutException>(() => bench.Database.WriteAsync(async session =>
        {
            await bench.Queue.EnqueueAsync(session, "count", null, "never", 1, null);
            throw new TimeoutException();
        }));

        Assert.Empty(await bench.RowsAsync());
    }

    [Fact]
    public async Task A_job_whose_worker_died_is_taken_over_when_its_lease_ends()
    {
        await using var bench = await Workbench.StartAsync(new Counting(), start: false);
        await bench.EnqueueAsync("count", 7);
        await bench.Database.WriteAsync(session => JobSql.ClaimAsync(session, bench.Clock, "a worker that died"));
        await bench.Database.WriteAsync(session => session.ExecuteAsync("UPDATE jobs SET lease_until = @past", new { past = bench.Clock.Now() - 1 }));

        await bench.StartRunnerAsync();
        await bench.WaitForAsync(rows => rows.All(row => row.State == "Succeeded"));

        var row = Assert.Single(await bench.RowsAsync());
        Assert.Equal(2, row.Attempt);
    }

    [Fact]
    public async Task Cancelling_stops_a_running_job_and_says_so()
    {
        var endless = new Endless();
        await using var bench = await Workbench.StartAsync(endless);
        var job = await bench.EnqueueAsync("endless", 0);
        await endless.Started.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.NotNull(await bench.Database.WriteAsync(session => bench.Queue.CancelAsync(session, job.Id, "somebody")));

        await bench.WaitForAsync(rows => rows.All(row => row.State == "Cancelled"));
    }

    [Fact]
    public async Task A_refusal_fails_at_once_and_a_fault_after_three_tries()
    {
        await using var bench = await Workbench.StartAsync(new Refusing(), new Faulty());
        await bench.EnqueueAsync("refuse", 0);
        await bench.EnqueueAsync("fault", 0);

        await bench.WaitForAsync(rows => rows.All(row => row.State == "Failed"));

        var rows = (await bench.RowsAsync()).ToDictionary(row => row.Kind);
        Assert.Equal((1, "the disk is upside down"), (rows["refuse"].Attempt, rows["refuse"].Error));
        Assert.Equal((3, "boom"), (rows["fault"].Attempt, rows["fault"].Error));
    }

    private sealed class Counting : IJobHandler
    {
        public ConcurrentBag<int> Seen { get; } = [];

        public string Kind => "count";

        public Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
        {
            Seen.Add(job.Payload<int>());
            return Task.FromResult<object?>(null);
        }
    }

    private sealed class Endless : IJobHandler
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => "endless";

        public async Task<object?> RunAsync(JobRun job, CancellationToken cancellation)
        {
            Started.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        }
    }

    private sealed class Refusing : IJobHandler
    {
        public string Kind => "refuse";

        public Task<object?> RunAsync(JobRun job, CancellationToken cancellation) => throw new JobFailedException("the disk is upside down");
    }

    private sealed class Faulty : IJobHandler
    {
        public string Kind => "fault";

        public Task<object?> RunAsync(JobRun job, CancellationToken cancellation) => throw new InvalidOperationException("boom");
    }

    /// <summary>A job runner on a real database, without the rest of the server.</summary>
    private sealed class Workbench : IAsyncDisposable
    {
        private readonly TestServer _server;
        private readonly IJobHandler[] _handlers;
        private readonly JobSignal _signal = new(TimeProvider.System);
        private readonly EventBus _events = new();
        private JobRunner? _runner;

        private Workbench(TestServer server, Database database, IJobHandler[] handlers) => (_server, Database, _handlers) = (server, database, handlers);

        public Database Database { get; }

        public TimeProvider Clock { get; } = TimeProvider.System;

        public JobQueue Queue => new(Clock, _signal, _events);

        public static async Task<Workbench> StartAsync(IJobHandler handler, bool start) => await StartAsync([handler], start);

        public static async Task<Workbench> StartAsync(params IJobHandler[] handlers) => await StartAsync(handlers, true);

        public T Handler<T>() => _handlers.OfType<T>().Single();

        public Task<Job> EnqueueAsync(string kind, int payload) =>
            Database.WriteAsync(session => Queue.EnqueueAsync(session, kind, null, kind, payload, null));

        public Task<List<JobRow>> RowsAsync() => Database.ReadAsync(session => JobSql.ListAsync(session, null, null, null, 1_000));

        public async Task StartRunnerAsync()
        {
            _runner = new JobRunner(Database, Clock, _events, _handlers, _signal, _server.Options with { JobSlots = 4 }, NullLogger<JobRunner>.Instance);
            await _runner.StartAsync(CancellationToken.None);
        }

        public async Task WaitForAsync(Func<List<JobRow>, bool> condition)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            while (!condition(await RowsAsync())) await Task.Delay(20, limit.Token);
        }

        public async ValueTask DisposeAsync()
        {
            if (_runner is not null) await _runner.StopAsync(CancellationToken.None);
            _runner?.Dispose();
            _signal.Dispose();
            await _server.DisposeAsync();
        }

        private static async Task<Workbench> StartAsync(IJobHandler[] handlers, bool start)
        {
            var server = await TestServer.StartAsync(options => options with { JobSlots = 0 });
            var bench = new Workbench(server, (Database)server.Services.GetService(typeof(Database))!, handlers);
            if (start) await bench.StartRunnerAsync();
            return bench;
        }
    }
}
