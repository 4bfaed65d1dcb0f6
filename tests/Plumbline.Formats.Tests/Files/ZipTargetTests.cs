using Plumbline.Formats.Files;
using Plumbline.Formats.Tests.Support;

namespace Plumbline.Formats.Tests.Files;

public class ZipTargetTests
{
    [Fact]
    public void Files_may_be_open_at_the_same_time_and_same_writes_give_the_same_bytes()
    {
        Assert.Equal(Make(), Make());
        using var tree = new ZipTree(new MemoryStream(Make()), "z.zip");
        Assert.Equal(["a.json", "b.txt"], tree.Files);
        Assert.Equal("one two", tree.Text("a.json"));
    }

    [Fact]
    public void An_archive_that_the_disk_refuses_to_end_is_taken_away_all_the_same()
    {
        var gone = false;
        using (var target = new ZipTarget(new FullDisk(), onAbandon: () => gone = true)) Assert.Throws<IOException>(() => target.Write("a.txt", new byte[100]));
        Assert.True(gone);
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }

    private static byte[] Make()
    {
        using var memory = new MemoryStream();
        using (var target = new ZipTarget(memory))
        {
            using (var open = target.Create("a.json"))
            {
                open.Write("one "u8);
                target.Write("b.txt", "x"u8);
                open.Write("two"u8);
            }

            target.Commit();
        }

        return memory.ToArray();
    }
}
