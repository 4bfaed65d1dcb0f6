using System.IO.Compression;
using Plumbline.Imaging.Vips;
using Xunit;

namespace Plumbline.Imaging.Tests;

public sealed class VipsLibraryTests
{
    /// <summary>Plug-ins of libvips bring another Brotli into the process, whose functions then stand in for the runtime's own: compressing crashed.</summary>
    [Fact]
    public void Leaves_the_runtimes_compression_alone()
    {
        Assert.NotEmpty(VipsLibrary.Version);
        var data = new byte[100_000];
        new Random(1).NextBytes(data);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(data.Length)];
        for (var length = 0; length <= data.Length; length += 5_000)
        {
            Assert.True(BrotliEncoder.TryCompress(data.AsSpan(0, length), packed, out var written, quality: 4, window: 22));
            var back = new byte[length];
            Assert.True(BrotliDecoder.TryDecompress(packed.AsSpan(0, written), back, out _));
            Assert.Equal(data[..length], back);
        }

        Assert.DoesNotContain("libbrotlienc", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }
}
