namespace Plumbline.Core.Quality;

/// <summary>A figure with its basis: a finite value, or the reason why there is none. "Undefined" never becomes 0.</summary>
public sealed record Measure
{
    private Measure()
    {
    }

    /// <summary>The value; null when undefined.</summary>
    public double? Value { get; private init; }

    /// <summary>Why there is no value, for a person; null when there is one.</summary>
    public string? Undefined { get; private init; }

    /// <summary>How many items the figure rests on.</summary>
    public required long Items { get; init; }

    /// <summary>95 % interval; null when none was computed.</summary>
    public Interval? Interval { get; init; }

    /// <summary>A figure that exists.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite: whoever computed it missed an undefined case.</exception>
    public static Measure Of(double value, long items)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "A measure is finite, or undefined with a reason.");
        return new() { Value = value, Items = items };
    }

    /// <summary>A figure that does not exist, and why.</summary>
    public static Measure None(string why, long items = 0) => new() { Undefined = why, Items = items };
}

/// <summary>A closed range of values.</summary>
public readonly record struct Interval(double Low, double High);
