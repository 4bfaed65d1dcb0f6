using System.CommandLine;
using System.Globalization;
using Plumbline.Core;
using Plumbline.Core.Rendering;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Reports;
using Plumbline.Imaging;

namespace Plumbline.Cli.Verbs;

/// <summary><c>render SOURCE TARGET</c>.</summary>
internal static class RenderVerb
{
    private const int LeastSide = 64;
    private const int MostSide = 8192;
    private const int SheetColumns = 5;
    private const int SheetRows = 6;
    private const int SheetCell = 300;
    private static readonly SourceOptions Options = new();
    private static readonly Argument<string> Target = new("TARGET") { Description = "Where the pictures go: a folder or a .zip." };
    private static readonly Option<int?> Count = new("--count") { HelpName = "N", Description = "Only the first so many images." };
    private static readonly Option<int> LongestSide = new("--max-side") { HelpName = "PIXELS", Description = "Larger pictures are reduced to this.", DefaultValueFactory = _ => 1600 };
    private static readonly Option<bool> Sheets = new("--sheets-only") { Description = "Only contact sheets, no single pictures." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace the target when it exists." };

    public static Command Create()
    {
        var command = new Command("render", "Draws the annotations on their pictures, with a legend, and puts them together on contact sheets.\n\nExample:\n  plumbline render dataset/ drawn/ --count 100") { Count, LongestSide, Sheets, Overwrite };
        Options.AddTo(command);
        command.Add(Target);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await Task.Yield(); // the command line listens to signals only once the action has returned its task
        var (path, targetPath, side) = (arguments.GetRequiredValue(Options.Source), arguments.GetRequiredValue(Target), arguments.GetValue(LongestSide));
        if (arguments.GetValue(Count) < 1) throw new UsageException("--count takes 1 and more.");
        if (side is < LeastSide or > MostSide) throw new UsageException($"--max-side takes {LeastSide} to {MostSide}, not {side}.");
        var writing = new TargetWriting(targetPath, null, arguments.GetValue(Overwrite));
        if (writing.IsSingleFile) throw new UsageException("Pictures are several files; give a folder or a .zip as the target.");
        writing.RefuseSameTarget(path);
        var printer = new IssuePrinter();
        var issues = new IssueLog(printer.Print);
        await using var dataset = await OpenDataset.OpenAsync(path, arguments.GetValue(Options.Format), arguments.GetValue(Options.ImageRoot), ReadDetail.Shapes, issues, cancellationToken);
        using var target = TargetOpening.Open(targetPath, arguments.GetValue(Overwrite));
        var work = new Work(dataset.Reader.Header, target, issues, side, !arguments.GetValue(Sheets));
        await ProgressLine.WatchAsync("Drawing", progress => work.RunAsync(dataset.Reader, arguments.GetValue(Count) ?? int.MaxValue, progress, cancellationToken));
        if (work.Drawn == 0) throw new DatasetFormatException(path, "no image could be drawn: there is neither a readable picture nor a stated size; --image-root DIR says where the pictures are.");
        cancellationToken.ThrowIfCancellationRequested();
        target.Commit();
        printer.Finish();
        if (arguments.GetValue(Options.Json))
        {
            JsonOutput.Print(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("images", work.Drawn);
                json.WriteNumber("annotations", work.Annotations);
                json.WriteNumber("withoutPicture", work.WithoutPicture);
                json.WriteNumber("sheets", work.Sheets);
                json.WriteEndObject();
            });
        }
        else
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{targetPath}: {Quantity.Of(work.Drawn, "image")} with {Quantity.Of(work.Annotations, "annotation")} drawn{(work.WithoutPicture > 0 ? $", {work.WithoutPicture:N0} of them without a picture" : "")}; {Quantity.Of(work.Sheets, "contact sheet")}."));
        }

        return issues.Errors > 0 ? ExitCode.PartlyDone : ExitCode.Done;
    }

    /// <summary>Draws a few images side by side and writes them in order.</summary>
    private sealed class Work(DatasetHeader header, TreeTarget target, IssueLog issues, int longestSide, bool singles)
    {
        private readonly Rgb[] colours = [.. header.Classes.Select((c, i) => Rgb.Parse(c.Color) ?? Rgb.ForPlace(i))];
        private readonly ContactSheet sheet = new(SheetColumns, SheetRows, SheetCell);
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        public long Drawn { get; private set; }

        public long Annotations { get; private set; }

        public long WithoutPicture { get; private set; }

        public int Sheets { get; private set; }

        public async Task<long> RunAsync(DatasetReader reader, int count, Action<long, long?>? progress, CancellationToken cancellationToken)
        {
            var ahead = new Queue<(DatasetItem Item, Task<Drawing> Drawing)>();
            var taken = 0;
            await foreach (var item in reader.ReadItemsAsync(cancellationToken))
            {
                if (taken++ == count) break;
                ahead.Enqueue((item, Task.Run(() => Draw(item), cancellationToken)));
                if (ahead.Count > Environment.ProcessorCount) await WriteNextAsync();
            }

            while (ahead.Count > 0) await WriteNextAsync();
            FinishSheet();
            return Drawn;

            async Task WriteNextAsync()
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (item, drawing) = ahead.Dequeue();
                Write(item, await drawing);
                progress?.Invoke(Drawn, count == int.MaxValue ? reader.ItemCount : Math.Min(count, reader.ItemCount ?? count));
            }
        }

        private void Write(DatasetItem item, Drawing drawing)
        {
            if (drawing.Fault is { } fault) issues.Error("unreadable-picture", item.Path, null, null, $"{fault} {(drawing.Large is null ? "It is left out." : "Only its annotations are drawn.")}");
            if (drawing.Large is null || drawing.Small is null)
            {
                if (drawing.Fault is null) issues.Error("no-picture", item.Path, null, null, "it has neither a picture nor a stated size; it is left out.");
                return;
            }

            Drawn++;
            Annotations += item.Annotations.Count;
            if (!drawing.HasPicture) WithoutPicture++;
            if (singles) target.Write(NameOf(item), drawing.Large);
            sheet.Add(drawing.Small, item.Split is null ? item.Path : $"{item.Split}/{item.Path}");
            if (sheet.IsFull) FinishSheet();
        }

        private void FinishSheet()
        {
            if (sheet.IsEmpty) return;
            target.Write(string.Create(CultureInfo.InvariantCulture, $"contact-sheets/{++Sheets:D4}.jpg"), sheet.Take().ToJpeg());
        }

        private string NameOf(DatasetItem item)
        {
            var path = TreePath.Extension(item.Path) == ".jpg" ? item.Path : item.Path + ".jpg";
            var name = TreePath.Join("pictures", item.Split is null ? path : $"{item.Split}/{path}");
            for (var n = 2; !names.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{TreePath.Stem(name)}_{n}.jpg");
            return name;
        }

        private Drawing Draw(DatasetItem item)
        {
            string? fault = null;
            Raster? picture = null;
            try
            {
                if (item.Picture is { } file) picture = RasterCodec.DecodeWithin(PictureLooks.Open(file), ImageLimits.Default, longestSide);
            }
            catch (ImageRefusedException e)
            {
                fault = e.Refusal.Message;
            }

            var hasPicture = picture is not null;
            picture ??= item.Size is { } size ? Blank(size.Width, size.Height) : null;
            if (picture is null) return new(null, null, false, fault);
            var scale = (double)picture.Width / (item.Size?.Width ?? picture.Width);
            var annotations = item.Annotations.OrderBy(a => a.Z).Select(a => new DrawnAnnotation(header.Classes[a.ClassIndex].Name, colours[a.ClassIndex], a.Shape, a.Ignore, header.Classes[a.ClassIndex].Skeleton?.Edges ?? [])).ToList();
            var drawn = AnnotatedPicture.Draw(picture, scale, annotations, item.Path);
            return new(singles ? drawn.ToJpeg() : [], drawn.Within(SheetCell), hasPicture, fault);
        }

        private Raster Blank(int width, int height)
        {
            var scale = Math.Min(1, (double)longestSide / Math.Max(width, height));
            return new PictureCanvas(Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)), new(96, 96, 96)).ToRaster();
        }

        private sealed record Drawing(byte[]? Large, Raster? Small, bool HasPicture, string? Fault);
    }
}
