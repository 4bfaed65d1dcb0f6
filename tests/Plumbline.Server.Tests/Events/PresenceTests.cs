using System.Text.Json;
using Plumbline.Server.Features.Events;
using Xunit;

namespace Plumbline.Server.Tests.Events;

public sealed class PresenceTests
{
    [Fact]
    public async Task A_window_that_falls_silent_is_gone_after_45_seconds()
    {
        var (clock, bus) = (new QuickClock(), new EventBus());
        using var presence = new Presence(bus, clock);
        using var heard = bus.Subscribe();
        await presence.StartAsync(CancellationToken.None);
        presence.Touch(new PresencePing("image", "project", "ann", "Ann", "tab"));
        Assert.Equal("ann", await PeopleAsync(heard));

        clock.Advance(TimeSpan.FromSeconds(40));
        presence.Touch(new PresencePing("image", "project", "ben", "Ben", "tab"));
        Assert.Equal("ann ben", await PeopleAsync(heard));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("ben", await PeopleAsync(heard));
        await presence.StopAsync(CancellationToken.None);
    }

    private static async Task<string> PeopleAsync(EventBus.Subscription heard)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var next = await heard.Reader.ReadAsync(limit.Token);
            if (next.Name == "presence") return string.Join(' ', JsonDocument.Parse(next.Json).RootElement.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("id").GetString()));
        }
    }

    /// <summary>A clock that is put forward by hand; its timers tick every few milliseconds of real time.</summary>
    private sealed class QuickClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
    }
}
