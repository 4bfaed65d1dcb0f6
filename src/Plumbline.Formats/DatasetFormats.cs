using System.Collections.Immutable;
using Plumbline.Formats.Cityscapes;
using Plumbline.Formats.Coco;
using Plumbline.Formats.CocoPanoptic;
using Plumbline.Formats.CocoResults;
using Plumbline.Formats.Csv;
using Plumbline.Formats.Cvat;
using Plumbline.Formats.Datumaro;
using Plumbline.Formats.Files;
using Plumbline.Formats.ImageNet;
using Plumbline.Formats.Jsonl;
using Plumbline.Formats.Kitti;
using Plumbline.Formats.LabelMasks;
using Plumbline.Formats.LabelMe;
using Plumbline.Formats.LabelStudio;
using Plumbline.Formats.OpenImages;
using Plumbline.Formats.Plumb;
using Plumbline.Formats.SageMaker;
using Plumbline.Formats.Voc;
using Plumbline.Formats.Yolo;

namespace Plumbline.Formats;

/// <summary>The formats of this build.</summary>
public static class DatasetFormats
{
    /// <summary>Every format, by name.</summary>
    public static ImmutableArray<DatasetFormat> All { get; } =
    [
        new CocoFormat(),
        new CocoFormat(CocoTask.Keypoints),
        new CocoPanopticFormat(),
        new CocoResultsFormat(),
        new VocFormat(),
        new YoloFormat(YoloTask.Detect),
        new YoloFormat(YoloTask.Segment),
        new YoloFormat(YoloTask.Pose),
        new YoloFormat(YoloTask.Oriented),
        new YoloClassifyFormat(),
        new CsvFormat(),
        new JsonlFormat(),
        new PlumbFormat(),
        new CvatFormat(),
        new LabelStudioFormat(),
        new LabelMeFormat(),
        new DatumaroFormat(),
        new KittiFormat(),
        new ImageNetFormat(),
        new OpenImagesFormat(),
        new MasksFormat(),
        new CityscapesFormat(),
        new SageMakerFormat(),
    ];

    /// <summary>The format of this name; null when there is none.</summary>
    public static DatasetFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);

    /// <summary>The formats whose content a tree holds, with what was recognised. One is an answer; several are an ambiguity for the user to settle.</summary>
    public static ImmutableArray<(DatasetFormat Format, string Why)> Recognise(IFileTree tree)
    {
        var found = ImmutableArray.CreateBuilder<(DatasetFormat, string)>();
        foreach (var format in All)
        {
            if (format.Recognise(tree) is { } why) found.Add((format, why));
        }

        return found.DrainToImmutable();
    }
}
