namespace Plumbline.Core.Quality.Matching;

/// <summary>Pairs rows with columns so that the sum of the paired similarities is as large as it can be.</summary>
/// <remarks>Shortest augmenting paths with potentials: Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems", 1987; O(n²·m) for the largest group of rows and columns that hang together.</remarks>
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
        foreach (var (some, others) in Components(similarities, rows, columns, least))
        {
            if (some.Count == 1 && others.Count == 1) result[some[0]] = others[0];
            else SolveTogether(similarities, columns, least, some, others, result);
        }

        return result;
    }

    private static void SolveTogether(ReadOnlySpan<double> similarities, int columns, double least, List<int> some, List<int> others, int[] result)
    {
        // Every row may also stay alone, at no gain: one private column a row makes the problem always solvable.
        var width = others.Count + some.Count;
        var costs = new double[some.Count * width];
        for (var r = 0; r < some.Count; r++)
        {
            for (var c = 0; c < others.Count; c++)
            {
                if (similarities[(some[r] * columns) + others[c]] is var similarity && Exists(similarity, least)) costs[(r * width) + c] = -similarity;
            }
        }

        var rowOf = Augment(costs, some.Count, width);
        for (var c = 0; c < others.Count; c++)
        {
            if (rowOf[c] is var r and >= 0 && costs[(r * width) + c] < 0) result[some[r]] = others[c];
        }
    }

    /// <summary>Rows and columns that hang together by pairs that exist: objects of a picture mostly form many small groups, and each is a problem of its own.</summary>
    private static List<(List<int> Rows, List<int> Columns)> Components(ReadOnlySpan<double> similarities, int rows, int columns, double least)
    {
        var rowsOf = new List<int>?[columns];
        var columnsOf = new List<int>?[rows];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var similarity = similarities[(r * columns) + c];
                if (double.IsNaN(similarity)) throw new ArgumentException($"The similarity of row {r} and column {c} is not a number.", nameof(similarities));
                if (!Exists(similarity, least)) continue;
                (columnsOf[r] ??= []).Add(c);
                (rowsOf[c] ??= []).Add(r);
            }
        }

        var components = new List<(List<int>, List<int>)>();
        var (rowSeen, columnSeen) = (new bool[rows], new bool[columns]);
        for (var start = 0; start < rows; start++)
        {
            if (rowSeen[start] || columnsOf[start] is null) continue;
            List<int> some = [start], others = [];
            rowSeen[start] = true;
            for (var next = 0; next < some.Count; next++)
            {
                foreach (var c in columnsOf[some[next]]!)
                {
                    if (columnSeen[c]) continue;
                    columnSeen[c] = true;
                    others.Add(c);
                    foreach (var r in rowsOf[c]!)
                    {
                        if (rowSeen[r]) continue;
                        rowSeen[r] = true;
                        some.Add(r);
                    }
                }
            }

            some.Sort();
            others.Sort();
            components.Add((some, others));
        }

        return components;
    }

    private static bool Exists(double similarity, double least) => similarity >= least && similarity > 0;

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
