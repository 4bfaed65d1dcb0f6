using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml;
using Plumbline.Core.Annotations;
using Plumbline.Core.Ontologies;
using Plumbline.Formats.Datasets;
using Plumbline.Formats.Files;
using Plumbline.Formats.Pictures;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Xml;

namespace Plumbline.Formats.Cvat;

/// <summary>Reads CVAT files image by image: an index first (<see cref="CvatIndex"/>), then each image from where it stands. Frames of a video come from their tracks.</summary>
internal sealed class CvatReader : DatasetReader
{
    private readonly DatasetSource source;
    private readonly IssueLog issues;
    private readonly List<(CvatFiles.Choice Choice, SliceReader Slices)> files;
    private readonly CvatIndex index;
    private readonly Dictionary<(int Class, string Name), AttributeKind> kinds = [];

    private CvatReader(DatasetSource source, IssueLog issues, List<(CvatFiles.Choice, SliceReader)> files, CvatIndex index)
    {
        this.source = source;
        this.issues = issues;
        this.files = files;
        this.index = index;
        Header = new DatasetHeader { Format = "cvat", Classes = index.Classes, Splits = [.. index.Entries.Select(e => e.Split).Distinct()] };
        for (var i = 0; i < Header.Classes.Length; i++)
        {
            foreach (var attribute in Header.Classes[i].Attributes) kinds[(i, attribute.Name)] = attribute.Kind;
        }
    }

    public override DatasetHeader Header { get; }

    public override long? ItemCount => index.Entries.Count;

    public static CvatReader Open(DatasetSource source, ReadRequest request, CancellationToken cancellationToken)
    {
        var choices = CvatFiles.Of(source.Tree);
        if (choices.Count == 0 && CvatFiles.OnlyXml(source.Tree) is { } only) choices = [only];
        if (choices.Count == 0) throw new DatasetFormatException(source.Tree.Name, "there is no CVAT XML here (a file whose root is <annotations>).");
        var files = new List<(CvatFiles.Choice, SliceReader)>();
        try
        {
            var index = new CvatIndex(request.Issues);
            foreach (var choice in choices)
            {
                var slices = SliceReader.Open(source.Tree, choice.Path, cancellationToken);
                files.Add((choice, slices));
                index.Add(slices.Stream, choice, files.Count - 1, cancellationToken);
            }

            index.Sort();
            return new CvatReader(source, request.Issues, files, index);
        }
        catch
        {
            foreach (var (_, slices) in files) slices.Dispose();
            throw;
        }
    }

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask; // reading is synchronous: label files are local, and an await per image would cost more than the read
        foreach (var entry in index.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ReadItem(entry);
        }
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var (_, slices) in files) slices.Dispose();
        return base.DisposeAsync();
    }

    private DatasetItem ReadItem(CvatIndex.Entry entry)
    {
        var file = files[entry.File].Choice.Path;
        var (path, picture) = Picture(entry, file);
        var annotations = new List<DatasetAnnotation>();
        if (entry is { Video: { } video, Frame: { } frame })
        {
            foreach (var (track, shape) in video.On(frame, file, issues)) Add(annotations, shape, file, path, 0, track.Id);
        }
        else
        {
            ReadShapes(entry, file, annotations);
        }

        return new DatasetItem
        {
            Path = path,
            Split = entry.Split,
            Size = entry.Size ?? PictureSize.Of(picture),
            SourceId = entry.Id,
            Frame = entry.Frame,
            Picture = picture,
            Annotations = annotations,
        };
    }

    private void ReadShapes(CvatIndex.Entry entry, string file, List<DatasetAnnotation> annotations)
    {
        try
        {
            using var xml = XmlFragment.Open(files[entry.File].Slices.Read(entry.Offset, entry.Length));
            if (xml.IsEmptyElement || !xml.Read()) return;
            while (CvatShapeXml.MoveToShape(xml))
            {
                var line = ((IXmlLineInfo)xml).LineNumber;
                if (CvatShapeXml.Read(xml, out var fault) is { } shape) Add(annotations, shape, file, entry.Path, entry.Line - 1, null);
                else Refuse("bad-shape", file, entry.Path, null, fault!, entry.Line + line - 1); // no shape: there is a fault
            }
        }
        catch (XmlException e)
        {
            issues.Error("bad-xml", file, entry.Path, null, $"not valid XML: {e.Message} What follows in this image is left out.", new(Line: entry.Line + e.LineNumber - 1));
        }
    }

    private void Add(List<DatasetAnnotation> annotations, CvatShape found, string file, string item, int linesBefore, string? track)
    {
        var line = linesBefore + found.Line;
        if (index.ClassOf(found.Label) is not { } place)
        {
            Refuse("no-class", file, item, "label", $"a {found.Element} has no label", line);
            return;
        }

        try
        {
            annotations.Add(new DatasetAnnotation
            {
                ClassIndex = place,
                Shape = found.ToShape(found.Element == "skeleton" ? Header.Classes[place].Skeleton?.Points ?? [] : []),
                Z = found.Z,
                GroupId = found.Group,
                TrackId = track,
                Attributes = AttributesOf(found, place),
                Provenance = found.Source switch
                {
                    "manual" => new(Origin.Drawn),
                    "auto" => new(Origin.Model),
                    "semi-auto" => new(Origin.Assisted),
                    "file" => new(Origin.Imported),
                    _ => null,
                },
            });
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            Refuse("bad-shape", file, item, null, $"a {found.Element} of {found.Label}: {e.Message.Split(" (Parameter", 2)[0].TrimEnd('.')}", line);
        }
    }

    private ImmutableSortedDictionary<string, AttributeValue> AttributesOf(CvatShape found, int place)
    {
        if (found.Attributes.IsEmpty && !found.IsOccluded) return DatasetAnnotation.NoAttributes;
        var attributes = DatasetAnnotation.NoAttributes.ToBuilder();
        if (found.IsOccluded) attributes["occluded"] = new AttributeValue.Flag(true);
        foreach (var (name, value) in found.Attributes) attributes[name] = CvatNames.ValueOf(value, kinds.TryGetValue((place, name), out var kind) ? kind : null);
        return attributes.ToImmutable();
    }

    private void Refuse(string code, string file, string item, string? field, string message, int line) => issues.Error(code, file, item, field, $"{message}; it is left out.", new(Line: line));

    // CVAT keeps pictures in images/, in projects below the subset's name; the frames of a video may have any extension.
    private (string Path, DatasetPicture? Picture) Picture(CvatIndex.Entry entry, string file)
    {
        var folder = TreePath.Folder(file);
        string[] folders = [TreePath.Join(folder, $"images/{entry.Split ?? "default"}"), TreePath.Join(folder, "images"), TreePath.Join(folder, entry.Split ?? ""), folder];
        if (source.Pictures.Find(entry.Path, folders) is { } picture) return (entry.Path, picture);
        if (entry.Frame is null) return (entry.Path, null);
        var stem = TreePath.Stem(entry.Path);
        foreach (var extension in PictureFinder.Extensions)
        {
            if (source.Pictures.Find(stem + extension, folders) is { } frame) return (stem + extension, frame);
        }

        return (entry.Path, null);
    }
}
