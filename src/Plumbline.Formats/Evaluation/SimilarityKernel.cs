using Plumbline.Core.Geometry;

namespace Plumbline.Formats.Evaluation;

/// <summary>The objects of some images of one side that lie in memory together.</summary>
/// <param name="table">The table.</param>
/// <param name="rows">Their rows, by image, class and place.</param>
internal sealed class ObjectChunk(ObjectTable table, int[] rows)
{
    /// <summary>Number of objects.</summary>
    public int Count => rows.Length;

    /// <summary>Row i of the chunk.</summary>
    public ref readonly TableObject this[int i] => ref table[rows[i]];

    /// <summary>How reports call object i.</summary>
    public string NameOf(int i) => $"{table.Images[this[i].Image].Name}, object {rows[i] + 1}";

    /// <summary>The table's name.</summary>
    public string File => table.Name;

    /// <summary>Fetches their shapes.</summary>
    public ShapeBatch Shapes() => table.Shapes.Fetch([.. rows.Select(row => table[row])]);
}

/// <summary>Computes how alike detections and truths of one class in one image are. One instance works for one thread and one chunk of images.</summary>
internal abstract class SimilarityKernel(ObjectChunk truths, ObjectChunk detections) : IDisposable
{
    /// <summary>The truths.</summary>
    public ObjectChunk Truths => truths;

    /// <summary>The detections.</summary>
    public ObjectChunk Detections => detections;

    /// <summary>Fills detections × truths with values in [0, 1]; where there is nothing to divide by, with 0, as pycocotools does.</summary>
    /// <param name="found">Places in the chunk of detections, best score first.</param>
    /// <param name="from">First place in the chunk of truths.</param>
    /// <param name="to">Place after the last one.</param>
    /// <param name="image">The image they lie in.</param>
    /// <param name="result">found × (to − from) values.</param>
    /// <exception cref="ShapeFault">A shape cannot be used.</exception>
    public abstract void Fill(ReadOnlySpan<int> found, int from, int to, TableImage image, Span<double> result);

    /// <summary>Area of a truth in square pixels.</summary>
    /// <exception cref="ShapeFault">A shape cannot be used.</exception>
    public virtual double TruthArea(int place, TableImage image) => truths[place].Area;

    /// <summary>Area of a detection in square pixels.</summary>
    /// <exception cref="ShapeFault">A shape cannot be used.</exception>
    public virtual double DetectionArea(int place, TableImage image) => detections[place].Area;

    /// <inheritdoc />
    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A shape cannot be compared.</summary>
/// <param name="chunk">Its side.</param>
/// <param name="place">Its place in the chunk.</param>
/// <param name="cause">What is wrong.</param>
internal sealed class ShapeFault(ObjectChunk chunk, int place, FormatException cause) : Exception(cause.Message, cause)
{
    public string File => chunk.File;

    public string Item => chunk.NameOf(place);
}

/// <summary>Overlap of boxes.</summary>
internal sealed class BoxKernel(ObjectChunk truths, ObjectChunk detections) : SimilarityKernel(truths, detections)
{
    private Box[] found = new Box[64];
    private Box[] real = new Box[64];
    private bool[] crowd = new bool[64];

    public override void Fill(ReadOnlySpan<int> found, int from, int to, TableImage image, Span<double> result)
    {
        var count = to - from;
        if (this.found.Length < found.Length) this.found = new Box[2 * found.Length];
        if (real.Length < count) (real, crowd) = (new Box[2 * count], new bool[2 * count]);
        for (var i = 0; i < found.Length; i++) this.found[i] = Detections[found[i]].Box;
        for (var i = 0; i < count; i++) (real[i], crowd[i]) = (Truths[from + i].Box, Truths[from + i].Crowd);
        if (found.Length * count <= 4) One(this.found.AsSpan(0, found.Length), real.AsSpan(0, count), result);
        else BoxOverlap.Matrix(this.found.AsSpan(0, found.Length), real.AsSpan(0, count), crowd.AsSpan(0, count), result);
        foreach (ref var value in result)
        {
            if (double.IsNaN(value)) value = 0;
        }
    }

    // Most groups are one object against one: too few for a matrix kernel to pay.
    private void One(ReadOnlySpan<Box> found, ReadOnlySpan<Box> real, Span<double> result)
    {
        for (var d = 0; d < found.Length; d++)
        {
            for (var t = 0; t < real.Length; t++)
            {
                result[(d * real.Length) + t] = crowd[t]
                    ? BoxOverlap.IntersectionArea(found[d], real[t]) / found[d].Area
                    : BoxOverlap.IntersectionOverUnion(found[d], real[t]);
            }
        }
    }
}
