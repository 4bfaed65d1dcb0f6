using Plumbline.Server.Features.Images;
using Xunit;

namespace Plumbline.Server.Tests.Images;

public sealed class ImageFilterTests
{
    public static TheoryData<string, FilterTerm[]> Readable => new()
    {
        { "", [] },
        { "  ", [] },
        { "state:new", [new(FilterKey.State, "new", false)] },
        { "STATE", [new(FilterKey.Name, "STATE", false)] },
        { "state:INPROGRESS", [new(FilterKey.State, "inProgress", false)] },
        { "-outcome:unusable  cat", [new(FilterKey.Outcome, "unusable", true), new(FilterKey.Name, "cat", false)] },
        { "verdict:Unsure", [new(FilterKey.Verdict, "unsure", false)] },
        { "class:\"stop sign\"", [new(FilterKey.Class, "stop sign", false)] },
        { "-\"a \\\"b\\\" \\\\\"", [new(FilterKey.Name, "a \"b\" \\", true)] },
        { "name:سيارة", [new(FilterKey.Name, "سيارة", false)] },
        { "- a", [new(FilterKey.Name, "-", false), new(FilterKey.Name, "a", false)] },
        { "3:4", [new(FilterKey.Name, "3:4", false)] },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Terms_are_read_in_order(string text, FilterTerm[] terms) => Assert.Equal(terms, ImageFilter.Parse(text));

    [Theory]
    [InlineData("cat size:3", 4)]
    [InlineData("-kind:a", 1)]
    [InlineData("state:newish", 6)]
    [InlineData("verdict:no", 8)]
    [InlineData("class:", 0)]
    [InlineData("cat class:\"stop", 10)]
    public void What_cannot_be_read_is_told_with_its_place(string text, int offset) => Assert.Equal(offset, Assert.Throws<FilterException>(() => ImageFilter.Parse(text)).Offset);
}
