namespace Plumbline.Core.Quality.Consensus;

/// <summary>How probable each class is for each thing ("nothing there" last), and how far each annotator can be relied on.</summary>
internal sealed record ClassBeliefs(double[,] Probabilities, double?[] Reliabilities)
{
    /// <summary>By Dawid and Skene where votes are weighted and there are at least three annotators, which it takes to tell who is right; by counting votes else.</summary>
    public static ClassBeliefs Of(int annotators, IReadOnlyList<string> classes, IReadOnlyList<int[]> labels, bool weighted)
    {
        var matrix = new int[annotators, labels.Count];
        for (var a = 0; a < annotators; a++)
        {
            for (var i = 0; i < labels.Count; i++) matrix[a, i] = labels[i][a];
        }

        var probabilities = weighted && annotators >= 3 ? DawidSkene.Estimate(matrix, classes.Count + 1).Probabilities : Votes(labels, classes.Count + 1);
        return new(probabilities, [.. Enumerable.Range(0, annotators).Select(a => Reliability(a, labels, probabilities))]);
    }

    private static double[,] Votes(IReadOnlyList<int[]> labels, int values)
    {
        var votes = new double[labels.Count, values];
        for (var i = 0; i < labels.Count; i++)
        {
            var given = labels[i].Count(label => label >= 0);
            foreach (var label in labels[i])
            {
                if (label >= 0) votes[i, label] += 1.0 / given;
            }
        }

        return votes;
    }

    private static double? Reliability(int annotator, IReadOnlyList<int[]> labels, double[,] probabilities)
    {
        var (right, said) = (0.0, 0);
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i][annotator] is not (>= 0 and var label)) continue;
            right += probabilities[i, label];
            said++;
        }

        return said == 0 ? null : right / said;
    }
}
