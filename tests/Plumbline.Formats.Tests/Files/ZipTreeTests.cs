using System.IO.Compression;
using Plumbline.Formats.Files;

namespace Plumbline.Formats.Tests.Files;

public class ZipTreeTests
{
    [Fact]
    public void Entries_that_lead_outside_are_left_out_and_listed()
    {
        using var tree = new ZipTree(Zip(("../evil.txt", "x"), ("/abs.txt", "x"), ("ok/a.txt", "hello"), ("ok/a.txt", "again")), "z.zip");
        Assert.Equal(["ok/a.txt"], tree.Files);
        Assert.Equal(["../evil.txt", "/abs.txt", "ok/a.txt"], tree.Refused.Select(r => r.Name));
    }

    [Fact]
    public void An_entry_that_unpacks_to_far_more_than_it_weighs_is_refused()
    {
        var bomb = Zip(("a.json", new string(' ', 64 << 20)));
        var fault = Assert.Throws<InvalidDataException>(() => new ZipTree(bomb, "bomb.zip"));
        Assert.Contains("bomb", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_entries_are_refused() =>
        Assert.Throws<InvalidDataException>(() => new ZipTree(Zip(("a", "1"), ("b", "2"), ("c", "3")), "many.zip", TreeLimits.Default with { MaxFiles = 2 }));

    private static MemoryStream Zip(params (string Name, string Text)[] entries)
    {
        var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        memory.Position = 0;
        return memory;
    }
}
