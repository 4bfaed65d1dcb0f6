namespace Plumbline.Core.Quality.Sampling;

/// <summary>A batch's decision and how sure it is.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Found">Wrong items found in the sample.</param>
/// <param name="Accepted">Whether the batch is accepted.</param>
/// <param name="ProducerRisk">Probability that a batch at the acceptable rate would be returned.</param>
/// <param name="ConsumerRisk">Probability that a batch at the rejectable rate would be accepted.</param>
public sealed record BatchDecision(AcceptancePlan Plan, int Found, bool Accepted, double ProducerRisk, double ConsumerRisk);

/// <summary>The plans for normal, tightened and reduced inspection of batches of one size, from the same two error rates.</summary>
/// <param name="AcceptableRate">Share of wrong items that is good enough.</param>
/// <param name="RejectableRate">Share of wrong items that must be caught.</param>
/// <param name="Normal">Keeps both risks.</param>
/// <param name="Tightened">As large a sample, fewer allowed errors (at none, a sample 1.6 times as large): better for who receives the batches.</param>
/// <param name="Reduced">Two fifths of the sample, with the errors that keep the producer's risk: cheaper, and worse for who receives them.</param>
public sealed record AcceptanceScheme(double AcceptableRate, double RejectableRate, AcceptancePlan Normal, AcceptancePlan Tightened, AcceptancePlan Reduced)
{
    /// <summary>Finds the three plans.</summary>
    /// <inheritdoc cref="AcceptancePlan.Find" path="/param|/exception" />
    public static AcceptanceScheme Find(int batchSize, double acceptableRate, double rejectableRate, double producerRisk = .05, double consumerRisk = .1)
    {
        var normal = AcceptancePlan.Find(batchSize, acceptableRate, rejectableRate, producerRisk, consumerRisk);
        var tightened = normal.AllowedErrors > 0
            ? normal with { AllowedErrors = normal.AllowedErrors - 1 }
            : normal with { SampleSize = Math.Min(batchSize, (int)Math.Ceiling(1.6 * normal.SampleSize)) };
        var reduced = normal with { SampleSize = Math.Max(1, (int)Math.Ceiling(.4 * normal.SampleSize)), AllowedErrors = 0 };
        var good = (int)Math.Floor(batchSize * acceptableRate);
        while (reduced.Acceptance(good) < 1 - producerRisk) reduced = reduced with { AllowedErrors = reduced.AllowedErrors + 1 };
        return new(acceptableRate, rejectableRate, normal, tightened, reduced);
    }

    /// <summary>The plan for an inspection.</summary>
    /// <exception cref="InvalidOperationException">Inspection is discontinued.</exception>
    public AcceptancePlan PlanFor(Inspection inspection) => inspection switch
    {
        Inspection.Normal => Normal,
        Inspection.Tightened => Tightened,
        Inspection.Reduced => Reduced,
        _ => throw new InvalidOperationException("Inspection is discontinued."),
    };

    /// <summary>Decides on a batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More wrong items were found than the sample has.</exception>
    public BatchDecision Decide(Inspection inspection, int found)
    {
        var plan = PlanFor(inspection);
        if (found < 0 || found > plan.SampleSize) throw new ArgumentOutOfRangeException(nameof(found), found, $"Between 0 and the sample of {plan.SampleSize}.");
        var (producer, consumer) = plan.Risks(AcceptableRate, RejectableRate);
        return new(plan, found, found <= plan.AllowedErrors, producer, consumer);
    }

    /// <summary>The rules' next state after this many wrong items were found in a batch.</summary>
    public SwitchingRules Next(SwitchingRules rules, int found)
    {
        var plan = PlanFor(rules.Inspection);
        return rules.After(found <= plan.AllowedErrors, plan.AllowedErrors, found <= Tightened.AllowedErrors);
    }
}
