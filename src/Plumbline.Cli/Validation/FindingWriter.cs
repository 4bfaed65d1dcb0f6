using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Formats.Files;

namespace Plumbline.Cli.Validation;

/// <summary>Prints findings in one form. They come one by one and may be many: what has to wait for the summary waits on disk.</summary>
internal abstract class FindingWriter : IDisposable
{
    /// <summary>The forms by their names on the command line.</summary>
    public static FindingWriter Create(string output) => output switch
    {
        "text" => new TextFindings(),
        "json" => new JsonFindings(),
        "junit" => new JunitFindings(),
        "sarif" => new SarifFindings(),
        _ => throw new UsageException($"--output takes text, json, junit or sarif, not '{output}'."),
    };

    /// <summary>The next finding.</summary>
    public abstract void Add(ReportedFinding finding);

    /// <summary>Prints the whole.</summary>
    public abstract void Finish(ValidationSummary summary);

    public abstract void Dispose();
}

/// <summary>A list of JSON values that waits on disk until the document around it is written.</summary>
internal sealed class SpooledList : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SpoolStream spool = new();
    private readonly Utf8JsonWriter json;
    private bool some;

    public SpooledList() => json = new Utf8JsonWriter(spool, Options);

    /// <summary>The next value.</summary>
    public void Add(Action<Utf8JsonWriter> write)
    {
        spool.Write(some ? ",\n    "u8 : "\n    "u8);
        some = true;
        write(json);
        json.Flush();
        json.Reset(spool);
    }

    /// <summary>Prints the values without brackets.</summary>
    public void CopyTo(TextWriter writer)
    {
        spool.Position = 0;
        using var reader = new StreamReader(spool, Encoding.UTF8, leaveOpen: true);
        var block = new char[1 << 14];
        for (int count; (count = reader.Read(block)) > 0;) writer.Write(block, 0, count);
        if (some) writer.Write("\n  ");
    }

    public void Dispose()
    {
        json.Dispose();
        spool.Dispose();
    }
}
