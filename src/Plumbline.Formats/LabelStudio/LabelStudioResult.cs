using Plumbline.Core.Geometry;

namespace Plumbline.Formats.LabelStudio;

/// <summary>One entry of a task's <c>result</c>, as it stands: several may speak of one region by sharing its id.</summary>
internal sealed class LabelStudioResult
{
    public string? Id { get; set; }

    public string Type { get; set; } = "";

    public string? FromName { get; set; }

    public string? ParentId { get; set; }

    public string? Origin { get; set; }

    public double? Score { get; set; }

    public int? Width { get; set; }

    public int? Height { get; set; }

    /// <summary>Of a relation.</summary>
    public string? FromId { get; set; }

    /// <summary>Of a relation.</summary>
    public string? ToId { get; set; }

    /// <summary>Of a relation: <c>right</c>, <c>left</c> or <c>bi</c>.</summary>
    public string? Direction { get; set; }

    public double? X { get; set; }

    public double? Y { get; set; }

    public double? ValueWidth { get; set; }

    public double? ValueHeight { get; set; }

    public double? RadiusX { get; set; }

    public double? RadiusY { get; set; }

    public double Rotation { get; set; }

    public bool? Closed { get; set; }

    public double? Number { get; set; }

    public List<Point2>? Points { get; set; }

    /// <summary>The brush, packed.</summary>
    public byte[]? Rle { get; set; }

    /// <summary>Labels of a region: from <c>rectanglelabels</c>, <c>labels</c> and the like. Of a relation: what it is called.</summary>
    public List<string>? Labels { get; set; }

    /// <summary>Chosen options; paths of a taxonomy joined by <c>/</c>.</summary>
    public List<string>? Choices { get; set; }

    /// <summary>Lines of a text area.</summary>
    public List<string>? Text { get; set; }

    /// <summary>What is wrong with its values; null when nothing is.</summary>
    public string? Fault { get; set; }

    /// <summary>Whether it has a shape in the picture.</summary>
    public bool IsRegion => X is not null || Points is not null || Rle is not null || (Width is not null && Type is "rectanglelabels" or "ellipselabels" or "polygonlabels" or "keypointlabels" or "brushlabels");
}

/// <summary>One annotation or prediction of a task.</summary>
internal sealed class LabelStudioResultSet
{
    public bool IsPrediction { get; set; }

    public bool IsCancelled { get; set; }

    public double? Score { get; set; }

    public string? By { get; set; }

    public DateTimeOffset? At { get; set; }

    public List<LabelStudioResult> Results { get; } = [];
}

/// <summary>One task.</summary>
internal sealed class LabelStudioTask
{
    /// <summary>As JSON.</summary>
    public string? Id { get; set; }

    public List<LabelStudioResultSet> Sets { get; } = [];

    /// <summary>Fields of <c>data</c>: a string, number, truth value or list of strings each.</summary>
    public List<(string Name, object Value)> Data { get; } = [];
}
