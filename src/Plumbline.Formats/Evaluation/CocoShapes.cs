using System.Buffers;
using System.Globalization;
using Plumbline.Core.Annotations;
using Plumbline.Core.Geometry;
using Plumbline.Core.Masks;
using Plumbline.Formats.Coco;

namespace Plumbline.Formats.Evaluation;

/// <summary>Shapes that stand in a COCO file: read again from their places, those that lie close together by one read.</summary>
internal sealed class CocoShapes(Stream stream) : ShapeStore
{
    private const int Gap = 4096;
    private readonly Lock access = new();

    public override ShapeBatch Fetch(IReadOnlyList<TableObject> objects)
    {
        var order = new int[objects.Count];
        var offsets = new long[objects.Count];
        for (var i = 0; i < order.Length; i++) (order[i], offsets[i]) = (i, objects[i].Place.Offset);
        Array.Sort(offsets, order);
        var runs = new List<(long Offset, int Length, int Start)>();
        var starts = new int[objects.Count];
        var total = 0;
        foreach (var i in order)
        {
            var place = objects[i].Place;
            if (place.Length == 0) continue;
            if (runs.Count > 0 && runs[^1] is var last && place.Offset - (last.Offset + last.Length) < Gap)
            {
                var length = (int)(place.Offset + place.Length - last.Offset);
                total = checked(total + length - last.Length);
                runs[^1] = last with { Length = length };
            }
            else
            {
                runs.Add((place.Offset, place.Length, total));
                total = checked(total + place.Length);
            }

            starts[i] = runs[^1].Start + (int)(place.Offset - runs[^1].Offset);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, total));
        foreach (var run in runs) Read(run.Offset, buffer.AsSpan(run.Start, run.Length));
        return new Batch(objects, buffer, starts);
    }

    public override void Dispose()
    {
        stream.Dispose();
        base.Dispose();
    }

    private void Read(long offset, Span<byte> target)
    {
        if (stream is FileStream file)
        {
            for (var done = 0; done < target.Length;)
            {
                var count = RandomAccess.Read(file.SafeFileHandle, target[done..], offset + done);
                if (count == 0) throw new EndOfStreamException("The file became shorter while it was read.");
                done += count;
            }

            return;
        }

        lock (access)
        {
            stream.Position = offset;
            stream.ReadExactly(target);
        }
    }

    private sealed class Batch(IReadOnlyList<TableObject> objects, byte[] buffer, int[] starts) : ShapeBatch
    {
        private ReadOnlySpan<byte> this[int i] => buffer.AsSpan(starts[i], objects[i].Place.Length);

        public override bool? HasRunLengths(int i) => objects[i].Place.Length == 0 ? null : this[i][0] == (byte)'{';

        public override CocoRle Mask(int i, int width, int height)
        {
            switch (CocoSegmentation.KindOf(this[i]))
            {
                case null:
                    return Rasterizer.Rasterize(objects[i].Box, width, height);
                case ShapeKind.Mask:
                    var mask = CocoSegmentation.Rle(this[i]);
                    return (mask.Width, mask.Height) == (width, height)
                        ? mask
                        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"its mask is of {mask.Width} × {mask.Height} pixels, the image of {width} × {height}"));
                default:
                    return Rasterizer.Rasterize(CocoSegmentation.Polygon(this[i]), width, height);
            }
        }

        public override Keypoints Keypoints(int i) => CocoKeypointList.Parse(this[i]);

        public override void Dispose()
        {
            ArrayPool<byte>.Shared.Return(buffer);
            base.Dispose();
        }
    }
}
