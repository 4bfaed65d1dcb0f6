using System.Runtime.ExceptionServices;
using Plumbline.Core.Quality.Detection;
using Plumbline.Core.Quality.Keypoints;
using Plumbline.Formats.Reports;

namespace Plumbline.Formats.Evaluation;

/// <summary>How detections are scored.</summary>
public enum DetectionTask
{
    /// <summary>Overlap of boxes.</summary>
    Boxes,

    /// <summary>Overlap of masks.</summary>
    Masks,

    /// <summary>The smaller of the overlaps of masks and of their boundaries.</summary>
    Boundaries,

    /// <summary>Object keypoint similarity.</summary>
    Keypoints,
}

/// <summary>What is compared, and how.</summary>
public sealed record DetectionSettings
{
    /// <summary>What is compared.</summary>
    public required DetectionTask Task { get; init; }

    /// <summary>The parameters of the scores; null for COCO's.</summary>
    public DetectionProtocol? Protocol { get; init; }

    /// <summary>Whether all classes count as one.</summary>
    public bool ClassBlind { get; init; }

    /// <summary>Of keypoints: one σ a point.</summary>
    public IReadOnlyList<double> Sigmas { get; init; } = ObjectKeypointSimilarity.CocoSigmas;

    /// <summary>For each image of the truth the slice whose scores it counts in besides those of all; empty for no slices.</summary>
    public IReadOnlyList<int> SliceOfImage { get; init; } = [];

    /// <summary>
    /// Whether the truth is federated (LVIS): detections count only for classes that were looked for in their image, and where not every object of a class is labelled those without a truth are
    /// ignored; the best 300 detections of an image count, whatever their class.
    /// </summary>
    public bool Federated { get; init; }

    internal DetectionProtocol Rules => Protocol ?? (Federated ? DetectionProtocol.Federated : Task == DetectionTask.Keypoints ? DetectionProtocol.CocoKeypoints : DetectionProtocol.Coco);
}

/// <summary>Scores of one comparison.</summary>
/// <param name="Evaluator">Everything that was matched.</param>
/// <param name="Images">Per class, images with a truth of it.</param>
/// <param name="Truths">Per class, truths (crowds included).</param>
/// <param name="Slices">One evaluator a slice.</param>
public sealed record DetectionResult(DetectionEvaluator Evaluator, IReadOnlyList<long> Images, IReadOnlyList<long> Truths, IReadOnlyList<DetectionEvaluator> Slices);

/// <summary>COCO's detection scores of a pair of tables, image by image on all cores.</summary>
public sealed class DetectionComparison
{
    private const int ChunkImages = 64;
    private readonly TablePair pair;
    private readonly DetectionSettings settings;
    private readonly DetectionProtocol protocol;
    private readonly double[] sigmas;
    private readonly int slices;
    private readonly ObjectOrder truthOrder;
    private readonly ObjectOrder foundOrder;

    /// <param name="pair">Both sides.</param>
    /// <param name="settings">What is compared, and how.</param>
    public DetectionComparison(TablePair pair, DetectionSettings settings)
    {
        (this.pair, this.settings, protocol, sigmas) = (pair, settings, settings.Rules, [.. settings.Sigmas]);
        if (settings.SliceOfImage.Count is not 0 and var count && count != pair.Truth.Images.Count) throw new ArgumentException($"{count} slices for {pair.Truth.Images.Count} images.", nameof(settings));
        slices = settings.SliceOfImage.DefaultIfEmpty(-1).Max() + 1;
        var (truth, found) = (pair.Truth, pair.Predictions);
        var left = settings.Federated ? FederatedChoice.LeftOut(pair, protocol.MaximumDetections[^1]) : new bool[found.Count];
        truthOrder = ObjectOrder.Of(truth, row => truth[row].Image, truth.Images.Count, row => truth[row].Class, truth.Classes.Count);
        foundOrder = ObjectOrder.Of(found, row => left[row] ? -1 : pair.TruthImageOf[found[row].Image], truth.Images.Count, row => Math.Max(0, pair.TruthClassOf[found[row].Class]), truth.Classes.Count);
    }

    private int Classes => settings.ClassBlind ? 1 : pair.Truth.Classes.Count;

    /// <summary>Runs the comparison over all images of the truth.</summary>
    /// <exception cref="DatasetFormatException">A shape cannot be compared; the message names it.</exception>
    public DetectionResult Run(CancellationToken cancellationToken)
    {
        var images = pair.Truth.Images.Count;
        var perBlock = Math.Max(4 * ChunkImages, (images + 63) / 64);
        var blocks = new Block[(images + perBlock - 1) / perBlock];
        try
        {
            Parallel.For(0, blocks.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, b =>
            {
                blocks[b] = NewBlock();
                for (var from = b * perBlock; from < Math.Min(images, (b + 1) * perBlock); from += ChunkImages)
                    Chunk(blocks[b], from, Math.Min(Math.Min(images, (b + 1) * perBlock), from + ChunkImages));
            });
        }
        catch (AggregateException e)
        {
            if (e.InnerExceptions.OfType<ShapeFault>().FirstOrDefault() is { } fault) throw new DatasetFormatException(fault.File, $"{fault.Item}: {fault.Message}.");
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // what goes wrong on one core is told as if there were one
        }

        var all = NewBlock();
        foreach (var block in blocks) all.Append(block);
        return new(all.Evaluator, all.Images, all.Truths, all.Slices);
    }

    private Block NewBlock() =>
        new(new DetectionEvaluator(protocol, Classes), new long[Classes], new long[Classes], [.. Enumerable.Range(0, slices).Select(_ => new DetectionEvaluator(protocol, Classes))]);

    private SimilarityKernel KernelFor(ObjectChunk truths, ObjectChunk found) => settings.Task switch
    {
        DetectionTask.Boxes => new BoxKernel(truths, found),
        DetectionTask.Masks => new MaskKernel(truths, found, boundaries: false),
        DetectionTask.Boundaries => new MaskKernel(truths, found, boundaries: true),
        DetectionTask.Keypoints => new KeypointKernel(truths, found, sigmas),
        _ => throw new InvalidOperationException($"There is no task {settings.Task}."),
    };

    private void Chunk(Block block, int from, int to)
    {
        var (truths, found) = (new ObjectChunk(pair.Truth, truthOrder.Of(from, to).ToArray()), new ObjectChunk(pair.Predictions, foundOrder.Of(from, to).ToArray()));
        using var kernel = KernelFor(truths, found);
        var groups = new GroupScratch();
        var (t, d) = (0, 0);
        for (var image = from; image < to; image++)
        {
            var (truthsHere, foundHere) = (truthOrder.Of(image, image + 1).Length, foundOrder.Of(image, image + 1).Length);
            var (lastTruth, lastFound) = (t + truthsHere, d + foundHere);
            while (t < lastTruth || d < lastFound)
            {
                var c = Math.Min(t < lastTruth ? ClassOfTruth(truths[t]) : int.MaxValue, d < lastFound ? ClassOfFound(found[d]) : int.MaxValue);
                var (firstTruth, firstFound) = (t, d);
                while (t < lastTruth && ClassOfTruth(truths[t]) == c) t++;
                while (d < lastFound && ClassOfFound(found[d]) == c) d++;
                Group(block, kernel, groups, c, image, firstTruth, t, firstFound, d);
            }
        }
    }

    private int ClassOfTruth(in TableObject truth) => settings.ClassBlind ? 0 : truth.Class;

    private int ClassOfFound(in TableObject found) => settings.ClassBlind ? 0 : pair.TruthClassOf[found.Class];

    private void Group(Block block, SimilarityKernel kernel, GroupScratch scratch, int c, int place, int firstTruth, int lastTruth, int firstFound, int lastFound)
    {
        var image = pair.Truth.Images[place];
        var order = scratch.BestFirst(kernel.Detections, firstFound, lastFound, protocol.MaximumDetections[^1]);
        var count = lastTruth - firstTruth;
        scratch.Room(order.Length, count, out var facts, out var truths, out var overlaps);
        for (var i = 0; i < count; i++)
        {
            ref readonly var truth = ref kernel.Truths[firstTruth + i];
            truths[i] = new(kernel.TruthArea(firstTruth + i, image), truth.Crowd, truth.Ignore);
        }

        for (var i = 0; i < order.Length; i++) facts[i] = new(kernel.Detections[order[i]].Score, kernel.DetectionArea(order[i], image));
        if (overlaps.Length > 0) kernel.Fill(order, firstTruth, lastTruth, image, overlaps);
        var incomplete = settings.Federated && image.Federated?.Incomplete.Contains(c) == true;
        block.Evaluator.Add(place, c, overlaps, facts, truths, incomplete);
        if (slices > 0 && settings.SliceOfImage[place] is >= 0 and var slice) block.Slices[slice].Add(place, c, overlaps, facts, truths, incomplete);
        if (count > 0) block.Images[c]++;
        block.Truths[c] += count;
    }

    private sealed record Block(DetectionEvaluator Evaluator, long[] Images, long[] Truths, DetectionEvaluator[] Slices)
    {
        public void Append(Block next)
        {
            Evaluator.Append(next.Evaluator);
            for (var s = 0; s < Slices.Length; s++) Slices[s].Append(next.Slices[s]);
            for (var c = 0; c < Images.Length; c++) (Images[c], Truths[c]) = (Images[c] + next.Images[c], Truths[c] + next.Truths[c]);
        }
    }
}
