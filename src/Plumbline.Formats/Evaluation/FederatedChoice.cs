using Plumbline.Core.Quality;

namespace Plumbline.Formats.Evaluation;

/// <summary>Which detections a federated evaluation leaves out before it matches any.</summary>
/// <remarks>lvis-api at 35f09cd, <c>LVISResults.limit_dets_per_image</c> and <c>LVISEval._prepare</c>.</remarks>
internal static class FederatedChoice
{
    /// <summary>Per row of the predictions whether it is left out: not among the best of its image, or of a class that was not looked for there.</summary>
    public static bool[] LeftOut(TablePair pair, int mostPerImage)
    {
        var (truth, found) = (pair.Truth, pair.Predictions);
        var there = new HashSet<(int Image, int Class)>();
        for (var i = 0; i < truth.Count; i++) there.Add((truth[i].Image, truth[i].Class));
        var left = new bool[found.Count];
        var order = ObjectOrder.Of(found, row => pair.TruthImageOf[found[row].Image], truth.Images.Count, _ => 0, 1);
        for (var image = 0; image < truth.Images.Count; image++)
        {
            var rows = order.Of(image, image + 1).ToArray();
            var keys = Array.ConvertAll(rows, row => -found[row].Score);
            StableSort.Ascending(keys, rows);
            for (var rank = 0; rank < rows.Length; rank++)
            {
                var c = pair.TruthClassOf[found[rows[rank]].Class];
                left[rows[rank]] = rank >= mostPerImage || !(there.Contains((image, c)) || truth.Images[image].Federated?.Absent.Contains(c) == true);
            }
        }

        return left;
    }
}
