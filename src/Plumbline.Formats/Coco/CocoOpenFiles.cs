using System.Collections.Immutable;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Coco;

/// <summary>COCO files after their first pass, open for the second, and the classes of all of them.</summary>
internal sealed class CocoOpenFiles : IDisposable
{
    private readonly List<Entry> files = [];

    private CocoOpenFiles()
    {
    }

    /// <summary>One file.</summary>
    /// <param name="Choice">Which it is.</param>
    /// <param name="Stream">Its bytes, in any order.</param>
    /// <param name="Index">What the first pass noted.</param>
    /// <param name="Classes">Place of each of its category ids among all classes.</param>
    internal sealed record Entry(CocoFiles.Choice Choice, Stream Stream, CocoIndex Index, IReadOnlyDictionary<string, int> Classes)
    {
        /// <summary>Where its pictures may lie.</summary>
        public string[] PictureFolders { get; } = CocoFiles.PictureFolders(Choice);

        /// <summary>The bytes from a place on, as many as the buffer takes.</summary>
        public Memory<byte> Read(long offset, Memory<byte> buffer)
        {
            if (Stream is FileStream file)
            {
                for (var done = 0; done < buffer.Length;)
                {
                    var count = RandomAccess.Read(file.SafeFileHandle, buffer.Span[done..], offset + done);
                    if (count == 0) throw new EndOfStreamException("The file became shorter while it was read.");
                    done += count;
                }
            }
            else
            {
                Stream.Position = offset;
                Stream.ReadExactly(buffer.Span);
            }

            return buffer;
        }
    }

    /// <summary>In the order of their splits.</summary>
    public IReadOnlyList<Entry> Files => files;

    /// <summary>The classes of all files (<see cref="CocoClassUnion"/>).</summary>
    public ImmutableArray<DatasetClass> Classes { get; private set; }

    /// <summary>Splits of the files.</summary>
    public ImmutableArray<string?> Splits => [.. files.Select(f => f.Choice.Split)];

    /// <summary>Top-level fields, of each name the first.</summary>
    public ImmutableArray<RawField> Fields => [.. files.SelectMany(f => f.Index.Fields).DistinctBy(f => f.Name)];

    /// <summary>Images of all files.</summary>
    public long ImageCount => files.Sum(f => (long)f.Index.Images.Count);

    /// <summary>Runs the first pass over each file.</summary>
    /// <param name="source">Has the files.</param>
    /// <param name="choices">Which are read.</param>
    /// <param name="pass">The first pass over one of them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static CocoOpenFiles Open(DatasetSource source, IEnumerable<CocoFiles.Choice> choices, Func<CocoFiles.Choice, Stream, CocoIndex> pass, CancellationToken cancellationToken)
    {
        var opened = new CocoOpenFiles();
        var classes = new CocoClassUnion();
        Stream? stream = null;
        try
        {
            foreach (var choice in choices)
            {
                stream = SpoolStream.Seekable(source.Tree.OpenRead(choice.Path), cancellationToken);
                var index = pass(choice, stream);
                opened.files.Add(new(choice, stream, index, classes.Add(index.Categories)));
                stream = null;
            }
        }
        catch
        {
            stream?.Dispose();
            opened.Dispose();
            throw;
        }

        opened.Classes = classes.ToImmutable();
        return opened;
    }

    public void Dispose()
    {
        foreach (var file in files) file.Stream.Dispose();
    }
}
