namespace Plumbline.Core.Quality.Matching;

/// <summary>Pairs rows with columns so that the sum of the paired similarities is as large as it can be.</summary>
/// <remarks>Shortest augmenting paths with potentials: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems", 1987; O(n²·m).</remarks>
public static class OptimalAssignment
{
    /// <summary>For each row its column, or −1 when it has none. A pair below the threshold is not made.</summary>
    /// <param name="similarities">Rows × columns, row by row; in [0, 1].</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="least">Pairs with less similarity do not exist; they neither pair nor take part in the sum.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a similarity is NaN.</exception>
    public static int[] Solve(ReadOnlySpan<double> similarities, int rows, int columns, double least)
    {
        if (similarities.Length != rows * columns) throw new ArgumentException("The matrix has another size than rows × columns.", nameof(similarities));
        var result = new int[rows];
        Array.Fill(result, -1);
        if (rows == 0 || columns == 0) return result;

        // Every row may also stay alone, at no gain: one private column a row makes the problem always solvable.
        var width = columns + rows;
        var costs = new double[rows * width];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var similarity = similarities[(r * columns) + c];
                if (double.IsNaN(similarity)) throw new ArgumentException($"The similarity of row {r} and column {c} is not a number.", nameof(similarities));
                costs[(r * width) + c] = similarity >= least && similarity > 0 ? -similarity : 0;
            }
        }

        var rowOf = Augment(costs, rows, width);
        for (var c = 0; c < columns; c++)
        {
            if (rowOf[c] is var r and >= 0 && costs[(r * width) + c] < 0) result[r] = c;
        }

        return result;
    }

    /// <summary>Assigns the rows one after the other, each along the cheapest augmenting path.</summary>
    private static int[] Augment(double[] costs, int rows, int columns)
    {
        var rowPotential = new double[rows];
        var columnPotential = new double[columns];
        var rowOf = new int[columns];
        Array.Fill(rowOf, -1);
        var distance = new double[columns];
        var previous = new int[columns];
        var done = new bool[columns];
        for (var start = 0; start < rows; start++)
        {
            Array.Fill(distance, double.PositiveInfinity);
            Array.Fill(previous, -1);
            Array.Clear(done);
            int row = start, last = -1;
            double reached = 0;
            while (true)
            {
                var next = -1;
                for (var c = 0; c < columns; c++)
                {
                    if (done[c]) continue;
                    var through = reached + costs[(row * columns) + c] - rowPotential[row] - columnPotential[c];
                    if (through < distance[c]) (distance[c], previous[c]) = (through, last);
                    if (next < 0 || distance[c] < distance[next]) next = c;
                }

                reached = distance[next];
                done[next] = true;
                last = next;
                if (rowOf[next] < 0) break;
                row = rowOf[next];
            }

            for (var c = 0; c < columns; c++)
            {
                if (!done[c]) continue;
                var gain = reached - distance[c];
                columnPotential[c] -= gain;
                if (rowOf[c] >= 0) rowPotential[rowOf[c]] += gain;
            }

            rowPotential[start] += reached;
            for (; last >= 0; last = previous[last]) rowOf[last] = previous[last] >= 0 ? rowOf[previous[last]] : start;
        }

        return rowOf;
    }
}
