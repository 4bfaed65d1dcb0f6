namespace Plumbline.Core.Quality.Consensus;

/// <summary>What <see cref="MaskConsensus.Staple"/> finds.</summary>
/// <param name="Probabilities">Per pixel how probable it is inside.</param>
/// <param name="Sensitivities">Per annotator the share of true pixels that were drawn.</param>
/// <param name="Specificities">Per annotator the share of outside pixels that were left out.</param>
/// <param name="Rounds">Rounds until the estimates stood still.</param>
public sealed record StapleResult(double[] Probabilities, double[] Sensitivities, double[] Specificities, int Rounds);

/// <summary>One mask out of several drawn for the same object, on one small canvas (the union of their boxes and a margin).</summary>
public static class MaskConsensus
{
    /// <summary>A pixel is inside when more than half of the weight drew it.</summary>
    /// <param name="masks">One bitmap an annotator, all of one size; not 0 is inside.</param>
    /// <param name="weights">One an annotator, none negative; empty when all count the same.</param>
    /// <exception cref="ArgumentException">There is no mask, the sizes differ, or there is not one weight a mask.</exception>
    public static byte[] Majority(IReadOnlyList<byte[]> masks, ReadOnlySpan<double> weights = default)
    {
        var pixels = Check(masks);
        if (!weights.IsEmpty && weights.Length != masks.Count) throw new ArgumentException($"{weights.Length} weights for {masks.Count} masks.", nameof(weights));
        var (result, drawn, half) = (new byte[pixels], new double[pixels], 0.0);
        for (var a = 0; a < masks.Count; a++)
        {
            var weight = weights.IsEmpty ? 1 : weights[a];
            if (!(weight >= 0)) throw new ArgumentException($"Annotator {a} has the weight {weight}.", nameof(weights));
            half += weight / 2;
            for (var p = 0; p < pixels; p++)
            {
                if (masks[a][p] != 0) drawn[p] += weight;
            }
        }

        for (var p = 0; p < pixels; p++) result[p] = (byte)(drawn[p] > half * (1 + 1e-12) ? 1 : 0);
        return result;
    }

    /// <summary>Estimates the mask together with how well each annotator draws.</summary>
    /// <remarks>Warfield, Zou and Wells, "Simultaneous truth and performance level estimation (STAPLE)", 2004; binary, with one prior for all pixels: the mean share drawn.</remarks>
    /// <param name="masks">One bitmap an annotator, all of one size; not 0 is inside.</param>
    /// <param name="rounds">Limit of rounds.</param>
    /// <exception cref="ArgumentException">There is no mask, or the sizes differ.</exception>
    public static StapleResult Staple(IReadOnlyList<byte[]> masks, int rounds = 100)
    {
        var pixels = Check(masks);
        var prior = masks.Average(mask => mask.Count(value => value != 0) / (double)Math.Max(1, pixels));
        var sensitivities = Enumerable.Repeat(.99, masks.Count).ToArray();
        var specificities = Enumerable.Repeat(.99, masks.Count).ToArray();
        var probabilities = new double[pixels];
        for (var round = 1; ; round++)
        {
            double inside = 0;
            for (var p = 0; p < pixels; p++)
            {
                double yes = prior, no = 1 - prior;
                for (var a = 0; a < masks.Count; a++)
                {
                    yes *= masks[a][p] != 0 ? sensitivities[a] : 1 - sensitivities[a];
                    no *= masks[a][p] != 0 ? 1 - specificities[a] : specificities[a];
                }

                probabilities[p] = yes + no == 0 ? .5 : yes / (yes + no);
                inside += probabilities[p];
            }

            var moved = 0.0;
            for (var a = 0; a < masks.Count; a++)
            {
                double hit = 0, left = 0;
                for (var p = 0; p < pixels; p++)
                {
                    if (masks[a][p] != 0) hit += probabilities[p];
                    else left += 1 - probabilities[p];
                }

                var (sensitivity, specificity) = (inside == 0 ? 1 : hit / inside, inside == pixels ? 1 : left / (pixels - inside));
                moved = Math.Max(moved, Math.Max(Math.Abs(sensitivity - sensitivities[a]), Math.Abs(specificity - specificities[a])));
                (sensitivities[a], specificities[a]) = (sensitivity, specificity);
            }

            if (moved < 1e-7 || round == rounds) return new(probabilities, sensitivities, specificities, round);
        }
    }

    private static int Check(IReadOnlyList<byte[]> masks)
    {
        if (masks.Count == 0) throw new ArgumentException("There is no mask.", nameof(masks));
        if (masks.Any(mask => mask.Length != masks[0].Length)) throw new ArgumentException("The masks differ in size.", nameof(masks));
        return masks[0].Length;
    }
}
