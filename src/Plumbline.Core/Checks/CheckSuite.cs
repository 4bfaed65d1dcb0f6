using System.Collections.Immutable;

namespace Plumbline.Core.Checks;

/// <summary>All automated checks, made for one run over one dataset or one image.</summary>
public sealed class CheckSuite
{
    // The registration: one line a check, in the order in which an image's findings are reported.
    private static readonly ImmutableArray<Func<CheckContext, Check>> Registered =
    [
        _ => new MissingPicture(),
        _ => new UnreadablePicture(),
        _ => new PictureSizeMismatch(),
        _ => new ExifOrientation(),
        _ => new UnlabelledImage(),
        c => new OutsideImage(c),
        _ => new ZeroArea(),
        c => new TooSmall(c),
        _ => new SelfCrossing(),
        _ => new StatedBoxMismatch(),
        _ => new StatedAreaMismatch(),
        _ => new DuplicateAnnotation(),
        c => new NearDuplicateAnnotation(c),
        c => new ClassConflict(c),
        c => new ShapeNotAllowed(c),
        c => new KeypointCount(c),
        c => new MissingAttribute(c),
        c => new UnknownAttribute(c),
        c => new AttributeValueNotAllowed(c),
        _ => new EmptyText(),
        _ => new SamePath(),
        _ => new DuplicatePicture(),
        _ => new SplitLeak(),
        c => new NearSplitLeak(c),
        c => new NoClasses(c),
        c => new UnknownClass(c),
        c => new UnusedClass(c),
        c => new OnlyOneClass(c),
        c => new FewSamples(c),
        c => new ClassImbalance(c),
        c => new SeveralTags(c),
        c => new SizeOutlier(c),
        c => new AspectOutlier(c),
        c => new NarrowSizes(c),
        c => new CountOutlier(c),
        c => new UnusedAttribute(c),
        c => new OnlyOneAttributeValue(c),
        c => new FewAttributeSamples(c),
        c => new AttributeImbalance(c),
        c => new AttributeSizeOutlier(c),
        c => new AttributeNarrowSizes(c),
        c => new AttributeNumberOutlier(c),
    ];

    private readonly ImmutableArray<Check> checks;
    private readonly FindingSink sink;

    /// <param name="context">What holds for all checks.</param>
    /// <param name="receive">Gets each finding as it is made.</param>
    public CheckSuite(CheckContext context, Action<Finding> receive)
    {
        checks = [.. Registered.Select(make => make(context))];
        sink = new(receive);
    }

    /// <summary>Every check, for lists and documents.</summary>
    public static ImmutableArray<Check> Catalogue { get; } = [.. Registered.Select(make => make(new CheckContext([])))];

    /// <summary>Looks at one image.</summary>
    public void Look(CheckedImage image)
    {
        foreach (var check in checks) check.Look(image, sink);
    }

    /// <summary>Says what only the whole dataset shows; call once after the last image.</summary>
    public void Finish()
    {
        foreach (var check in checks) check.Finish(sink);
    }
}
