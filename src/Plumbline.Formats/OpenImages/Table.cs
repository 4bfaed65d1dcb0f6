using Plumbline.Formats.Files;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.OpenImages;

/// <summary>Rows of one table, which wait in a spool until all of its subset are there.</summary>
internal sealed class Table : IDisposable
{
    private const int SpoolBytes = 1 << 16;
    private SpoolStream spool = new();

    /// <summary>Receives rows.</summary>
    public Utf8Text Text { get; } = new();

    /// <summary>Whether there are rows.</summary>
    public bool Any => Text.Length > 0 || spool.Length > 0;

    /// <summary>Moves rows out of memory when there are many.</summary>
    public void Spool()
    {
        if (Text.Length < SpoolBytes) return;
        spool.Write(Text.Written);
        Text.Clear();
    }

    /// <summary>Writes head and rows to a file, and starts anew.</summary>
    public void CopyTo(TreeTarget target, string path, ReadOnlySpan<byte> head)
    {
        using (var stream = target.Create(path))
        {
            stream.Write(head);
            spool.Position = 0;
            spool.CopyTo(stream, 1 << 16);
            stream.Write(Text.Written);
        }

        Text.Clear();
        spool.Dispose();
        spool = new();
    }

    /// <inheritdoc />
    public void Dispose() => spool.Dispose();
}
