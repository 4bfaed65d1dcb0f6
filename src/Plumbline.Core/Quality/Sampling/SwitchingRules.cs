namespace Plumbline.Core.Quality.Sampling;

/// <summary>How closely the next batch is looked at.</summary>
public enum Inspection
{
    /// <summary>The plan that one starts with.</summary>
    Normal,

    /// <summary>After too many returned batches.</summary>
    Tightened,

    /// <summary>After a long run of good ones.</summary>
    Reduced,

    /// <summary>Work stops until its cause is removed.</summary>
    Discontinued,
}

/// <summary>Where a supplier of batches stands; immutable, one step a batch.</summary>
/// <remarks>
/// After ISO 2859-1:1999, 9.3: normal → tightened when 2 of up to 5 consecutive batches are returned; tightened → normal after 5 accepted in a row; 5 returned in all under tightened inspection
/// discontinue it; normal → reduced at a switching score of 30; reduced → normal with the first one returned. The score grows by 2 with a batch accepted under a plan that allows at most one
/// error, by 3 with one that would also have been accepted under the next tighter plan, and falls to 0 otherwise. Production must be steady for reduced inspection: that is for people to say.
/// </remarks>
public sealed record SwitchingRules
{
    private const int ScoreForReduced = 30;

    /// <summary>How the next batch is to be looked at.</summary>
    public Inspection Inspection { get; private init; } = Inspection.Normal;

    /// <summary>The switching score, under normal inspection.</summary>
    public int Score { get; private init; }

    /// <summary>Whether each of the latest batches (at most 5, the last one last) under this inspection was accepted.</summary>
    public IReadOnlyList<bool> Latest { get; private init; } = [];

    /// <summary>Batches returned since tightened inspection began.</summary>
    public int ReturnedWhileTightened { get; private init; }

    /// <summary>The state before the first batch.</summary>
    public static SwitchingRules Start { get; } = new();

    /// <summary>The state after a batch.</summary>
    /// <param name="accepted">Whether it was accepted under the plan in force.</param>
    /// <param name="allowedErrors">The errors that the plan in force allows.</param>
    /// <param name="acceptedTighter">Whether it would have been accepted under the next tighter plan; plays a part under normal inspection with more than one allowed error.</param>
    /// <exception cref="InvalidOperationException">Inspection is discontinued.</exception>
    public SwitchingRules After(bool accepted, int allowedErrors, bool acceptedTighter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(allowedErrors);
        List<bool> latest = [.. Latest.TakeLast(4), accepted];
        switch (Inspection)
        {
            case Inspection.Normal when latest.Count(ok => !ok) >= 2:
                return new() { Inspection = Inspection.Tightened };
            case Inspection.Normal:
                var score = !accepted ? 0 : allowedErrors <= 1 ? Score + 2 : acceptedTighter ? Score + 3 : 0;
                return score >= ScoreForReduced ? new() { Inspection = Inspection.Reduced } : this with { Latest = latest, Score = score };
            case Inspection.Tightened when latest.Count == 5 && latest.All(ok => ok):
                return new();
            case Inspection.Tightened:
                var returned = ReturnedWhileTightened + (accepted ? 0 : 1);
                return returned >= 5 ? new() { Inspection = Inspection.Discontinued } : this with { Latest = latest, ReturnedWhileTightened = returned };
            case Inspection.Reduced:
                return accepted ? this with { Latest = latest } : new();
            default:
                throw new InvalidOperationException("Inspection is discontinued: remove the cause, then start with tightened inspection.");
        }
    }

    /// <summary>Tightened inspection after the cause of a discontinuation was removed.</summary>
    public static SwitchingRules Resume() => new() { Inspection = Inspection.Tightened };

    /// <inheritdoc />
    public bool Equals(SwitchingRules? other) =>
        other is not null && (Inspection, Score, ReturnedWhileTightened) == (other.Inspection, other.Score, other.ReturnedWhileTightened) && Latest.SequenceEqual(other.Latest);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Inspection, Score, ReturnedWhileTightened, Latest.Count);
}
