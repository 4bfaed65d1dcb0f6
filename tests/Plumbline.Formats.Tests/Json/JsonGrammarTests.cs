using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Plumbline.Formats.Json;

namespace Plumbline.Formats.Tests.Json;

public sealed class JsonGrammarTests
{
    private static readonly byte[] Marks = "\"\\[]{},:0123456789.eE+-tfnu "u8.ToArray();

    private const string Sound = """
        {"id":1,"file":"a\u00e9\"\\\/\b\f\n\r\t.jpg","é":"ü","list":[0,-0,1.5,-2.25e+10,1E-3,true,false,null,[],{},[[1,2],[3,4]]],"deep":{"a":{"b":[{"c":{}}]}}}
        """;

    [Theory]
    [InlineData("01", "a leading zero")]
    [InlineData("1.", "no digits after the point")]
    [InlineData(".5", "no digit before the point")]
    [InlineData("+1", "a plus")]
    [InlineData("1e", "no exponent")]
    [InlineData("NaN", "no number")]
    [InlineData("Infinity", "no number")]
    [InlineData("-", "a sign alone")]
    [InlineData("[1,]", "a comma too many")]
    [InlineData("[,1]", "a comma too many")]
    [InlineData("[1 2]", "no comma")]
    [InlineData("{\"a\":1,}", "a comma too many")]
    [InlineData("{\"a\" 1}", "no colon")]
    [InlineData("{a:1}", "a name without quotes")]
    [InlineData("[1}", "brackets that do not match")]
    [InlineData("[1]]", "something follows")]
    [InlineData("\"\\x\"", "an escape that is none")]
    [InlineData("\"\\u12g4\"", "an escape that is none")]
    [InlineData("\"a\nb\"", "a control character")]
    [InlineData("\"a", "a string without an end")]
    [InlineData("tru", "half a word")]
    [InlineData("", "nothing")]
    [InlineData("[", "half a list")]
    public void What_is_not_JSON_is_refused(string text, string why) => Assert.False(JsonGrammar.IsValid(Encoding.UTF8.GetBytes(text)), why);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() => Assert.False(JsonGrammar.IsValid([(byte)'"', 0xE9, (byte)'"']));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Nesting_ends_at_64(int depth, bool valid) => Assert.Equal(valid, JsonGrammar.IsValid(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))));

    [Fact]
    public void It_agrees_with_the_reader_of_the_framework_on_damaged_text()
    {
        var random = new Random(11);
        var sound = Encoding.UTF8.GetBytes(Sound);
        Assert.True(JsonGrammar.IsValid(sound));
        int valid = 0, broken = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = sound.AsSpan(0, random.Next(4) == 0 ? random.Next(sound.Length + 1) : sound.Length).ToArray();
            for (var change = random.Next(3); change >= 0 && bytes.Length > 0; change--) bytes[random.Next(bytes.Length)] = Marks[random.Next(Marks.Length)];
            var expected = Reads(bytes);
            Assert.True(expected == JsonGrammar.IsValid(bytes), Encoding.UTF8.GetString(bytes));
            if (expected) valid++;
            else broken++;
        }

        Assert.True(valid > 1_000 && broken > 1_000);
    }

    private static bool Reads(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
