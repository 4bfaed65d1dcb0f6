namespace Plumbline.Core.Quality.Sampling;

/// <summary>Look at <paramref name="SampleSize"/> items of a batch; accept it when at most <paramref name="AllowedErrors"/> are wrong.</summary>
/// <param name="BatchSize">Items in the batch.</param>
/// <param name="SampleSize">Items to look at.</param>
/// <param name="AllowedErrors">The most errors in the sample with which the batch is accepted.</param>
public sealed record AcceptancePlan(int BatchSize, int SampleSize, int AllowedErrors)
{
    /// <summary>Probability that a batch with this many wrong items is accepted (hypergeometric).</summary>
    public double Acceptance(int wrongItems)
    {
        if (wrongItems < 0 || wrongItems > BatchSize) throw new ArgumentOutOfRangeException(nameof(wrongItems), wrongItems, "Between 0 and the size of the batch.");
        double sum = 0;
        for (var found = 0; found <= Math.Min(AllowedErrors, Math.Min(wrongItems, SampleSize)); found++)
        {
            if (SampleSize - found > BatchSize - wrongItems) continue;
            sum += Math.Exp(LogChoose(wrongItems, found) + LogChoose(BatchSize - wrongItems, SampleSize - found) - LogChoose(BatchSize, SampleSize));
        }

        return Math.Min(1, sum);
    }

    /// <summary>The probabilities of returning a batch at the acceptable rate and of accepting one at the rejectable rate. Rates become whole items: acceptable rounded down, rejectable rounded up.</summary>
    public (double Producer, double Consumer) Risks(double acceptableRate, double rejectableRate) =>
        (1 - Acceptance((int)Math.Floor(BatchSize * acceptableRate)), Acceptance((int)Math.Ceiling(BatchSize * rejectableRate)));

    /// <summary>The smallest plan that returns a batch at the acceptable error rate with at most the producer's risk, and accepts one at the rejectable rate with at most the consumer's.</summary>
    /// <param name="batchSize">Items in the batch, at least 1.</param>
    /// <param name="acceptableRate">Share of wrong items that is good enough.</param>
    /// <param name="rejectableRate">Share of wrong items that must be caught; above the acceptable one.</param>
    /// <param name="producerRisk">Probability of returning a good batch.</param>
    /// <param name="consumerRisk">Probability of accepting a bad batch.</param>
    /// <remarks>When the batch is too small for both risks, the plan looks at every item. Rates become whole items: acceptable rounded down, rejectable rounded up.</remarks>
    public static AcceptancePlan Find(int batchSize, double acceptableRate, double rejectableRate, double producerRisk = .05, double consumerRisk = .1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!(acceptableRate >= 0 && rejectableRate > acceptableRate && rejectableRate <= 1)) throw new ArgumentException("The rates must rise from the acceptable to the rejectable one, within 0 and 1.", nameof(rejectableRate));
        var (good, bad) = ((int)Math.Floor(batchSize * acceptableRate), (int)Math.Ceiling(batchSize * rejectableRate));
        var allowed = 0;
        for (var sample = 1; sample < batchSize; sample++)
        {
            while (new AcceptancePlan(batchSize, sample, allowed).Acceptance(good) < 1 - producerRisk) allowed++;
            if (new AcceptancePlan(batchSize, sample, allowed).Acceptance(bad) <= consumerRisk) return new(batchSize, sample, allowed);
        }

        return new(batchSize, batchSize, good);
    }

    private static double LogChoose(int n, int k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>Stirling's series beyond 255; exact sums below.</summary>
    private static double LogFactorial(int n)
    {
        if (n < LogFactorials.Length) return LogFactorials[n];
        double x = n;
        return ((x + .5) * Math.Log(x)) - x + (.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x)) - (1 / (360 * x * x * x));
    }

    private static readonly double[] LogFactorials = Table();

    private static double[] Table()
    {
        var table = new double[256];
        for (var n = 2; n < table.Length; n++) table[n] = table[n - 1] + Math.Log(n);
        return table;
    }
}
