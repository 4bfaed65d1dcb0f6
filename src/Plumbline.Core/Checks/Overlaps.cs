using Plumbline.Core.Datasets;
using Plumbline.Core.Geometry;

namespace Plumbline.Core.Checks;

/// <summary>Pairs of shapes of one image that cover nearly the same, found by a sweep over left edges.</summary>
internal static class Overlaps
{
    /// <summary>Calls <paramref name="found"/> with the places (first the lower) and the overlap of each pair of area shapes, neither ignored, whose intersection over union is at least <paramref name="least"/>.</summary>
    /// <param name="objects">The image's annotations.</param>
    /// <param name="least">In (0, 1].</param>
    /// <param name="wanted">Which pairs matter.</param>
    /// <param name="found">Receives them.</param>
    public static void Find(IReadOnlyList<CheckedObject> objects, double least, Func<CheckedObject, CheckedObject, bool> wanted, Action<int, int, double> found)
    {
        if (objects.Count < 2) return;
        var places = new int[objects.Count];
        var lefts = new double[objects.Count];
        var count = 0;
        for (var i = 0; i < objects.Count; i++)
        {
            if (objects[i] is { IsArea: true, Ignore: false, Area: > 0, Bounds: { } box }) (places[count], lefts[count++]) = (i, box.X);
        }

        Array.Sort(lefts, places, 0, count);
        for (var a = 0; a < count; a++)
        {
            var first = objects[places[a]];
            var box = first.Bounds!.Value; // only shapes with bounds were taken
            // Boxes that overlap by `least` begin no farther apart than the share that may be missing.
            var limit = box.X + (box.Width * (1 - least)) + 1e-9;
            for (var b = a + 1; b < count && lefts[b] <= limit; b++)
            {
                var second = objects[places[b]];
                if (!wanted(first, second) || BoxOverlap.IntersectionOverUnion(box, second.Bounds!.Value) < least) continue;
                var overlap = ShapeSimilarity.Of(first.Shape, second.Shape);
                if (overlap >= least) found(Math.Min(places[a], places[b]), Math.Max(places[a], places[b]), overlap);
            }
        }
    }
}
