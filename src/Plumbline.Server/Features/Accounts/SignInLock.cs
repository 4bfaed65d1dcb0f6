namespace Plumbline.Server.Features.Accounts;

/// <summary>The rule that locks an account: after every fifth wrong password in a row, for 5 minutes at first, twice as long each time, 4 hours at most.</summary>
public static class SignInLock
{
    /// <summary>Wrong passwords in a row that lock an account.</summary>
    public const int Failures = 5;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>How long the account is locked after so many wrong passwords in a row; null when it is not.</summary>
    public static TimeSpan? After(long failures)
    {
        if (failures <= 0 || failures % Failures != 0) return null;
        var doublings = Math.Min(failures / Failures - 1, 10);
        var time = First * Math.Pow(2, doublings);
        return time < Longest ? time : Longest;
    }

    /// <summary>How long an account is still locked; null when it is not. A lock further away than any rule sets comes from a clock that was set back, and does not count.</summary>
    public static TimeSpan? Remaining(long? lockedUntil, long now)
    {
        if (lockedUntil is not { } until || until <= now) return null;
        var rest = TimeSpan.FromMilliseconds(until - now);
        return rest <= Longest ? rest : null;
    }
}
