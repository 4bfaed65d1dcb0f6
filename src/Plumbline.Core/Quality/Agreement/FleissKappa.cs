namespace Plumbline.Core.Quality.Agreement;

/// <summary>Agreement of a fixed number of annotators, not necessarily the same people, on the classes of the same items, corrected for chance.</summary>
/// <remarks>Fleiss, "Measuring nominal scale agreement among many raters", 1971.</remarks>
public static class FleissKappa
{
    /// <summary>κ over items × classes, each cell the number of annotators who chose the class.</summary>
    /// <returns>1 at perfect agreement; undefined without items, with fewer than two annotators, or when only one class was ever used.</returns>
    /// <exception cref="ArgumentException">A count is negative, or an item was rated by another number of annotators than the first.</exception>
    public static Measure Of(int[,] ratings)
    {
        var items = ratings.GetLength(0);
        var classes = ratings.GetLength(1);
        if (items == 0) return Measure.None("There are no items.");
        var totals = new double[classes];
        long raters = 0;
        double agreement = 0;
        for (var item = 0; item < items; item++)
        {
            long here = 0, squares = 0;
            for (var category = 0; category < classes; category++)
            {
                long count = ratings[item, category];
                if (count < 0) throw new ArgumentException("A count is negative.", nameof(ratings));
                here += count;
                squares += count * count;
                totals[category] += count;
            }

            if (item == 0) raters = here;
            if (here != raters) throw new ArgumentException($"Item {item} was rated by {here} annotators, item 0 by {raters}.", nameof(ratings));
            agreement += squares - here;
        }

        if (raters < 2) return Measure.None("Agreement needs at least two annotators an item.", items);
        var observed = agreement / ((double)items * raters * (raters - 1));
        var expected = totals.Sum(total => Math.Pow(total / ((double)items * raters), 2));
        return expected >= 1
            ? Measure.None("Only one class was ever used, so agreement by chance is certain.", items)
            : Measure.Of((observed - expected) / (1 - expected), items);
    }
}
