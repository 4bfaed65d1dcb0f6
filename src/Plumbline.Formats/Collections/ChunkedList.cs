namespace Plumbline.Formats.Collections;

/// <summary>A list that grows by blocks instead of doubling, so that adding never holds two copies.</summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Bits = 14;
    private const int Mask = (1 << Bits) - 1;
    private readonly List<T[]> chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref chunks[index >> Bits][index & Mask];

    public void Add(T value)
    {
        if ((Count & Mask) == 0) chunks.Add(new T[Mask + 1]);
        this[Count++] = value;
    }
}
