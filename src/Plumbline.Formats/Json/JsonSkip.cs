using System.Buffers;
using System.Runtime.CompilerServices;

namespace Plumbline.Formats.Json;

/// <summary>Finds where JSON values end without reading what is in them: brackets must match, strings must close, nesting is bounded; scalars are not judged.</summary>
internal static class JsonSkip
{
    /// <summary>The buffer ends before the value does.</summary>
    public const int Incomplete = -1;

    private const int MaxDepth = 64;
    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> AfterScalar = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>Index of the first byte from <paramref name="at"/> on that is not white space; the length when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // asked for around each number, and seldom there
    public static int WhiteSpace(ReadOnlySpan<byte> json, int at) => (uint)at < (uint)json.Length && json[at] > (byte)' ' ? at : AfterWhiteSpace(json, at);

    private static int AfterWhiteSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    /// <summary>Index after the value that starts at <paramref name="at"/>, or <see cref="Incomplete"/>.</summary>
    /// <param name="json">The buffer.</param>
    /// <param name="at">The value's first byte.</param>
    /// <param name="final">Whether the buffer holds the end of the document, so that a scalar may end with it.</param>
    /// <exception cref="FormatException">Brackets do not match, nesting is over 64, or there is no value.</exception>
    public static int Value(ReadOnlySpan<byte> json, int at, bool final)
    {
        if (at >= json.Length) return Incomplete;
        switch (json[at])
        {
            case (byte)'"': return String(json, at);
            case (byte)'[' or (byte)'{': return Container(json, at);
            case (byte)',' or (byte)':' or (byte)']' or (byte)'}': throw new FormatException("a value is missing");
        }

        var length = json[at..].IndexOfAny(AfterScalar);
        return length >= 0 ? at + length : final ? json.Length : Incomplete;
    }

    /// <summary>Index after the string whose opening quote is at <paramref name="at"/>, or <see cref="Incomplete"/>.</summary>
    public static int String(ReadOnlySpan<byte> json, int at)
    {
        at++;
        while (true)
        {
            var step = at <= json.Length ? json[at..].IndexOfAny((byte)'"', (byte)'\\') : -1;
            if (step < 0) return Incomplete;
            at += step;
            if (json[at] == (byte)'"') return at + 1;
            at += 2;
        }
    }

    private static int Container(ReadOnlySpan<byte> json, int at)
    {
        ulong objects = 0; // one bit per level: set for an object
        var depth = 0;
        while (true)
        {
            var step = json[at..].IndexOfAny(Structural);
            if (step < 0) return Incomplete;
            at += step;
            switch (json[at])
            {
                case (byte)'"':
                    at = String(json, at);
                    if (at == Incomplete) return Incomplete;
                    continue;
                case (byte)'[' or (byte)'{':
                    if (++depth > MaxDepth) throw new FormatException("nested more than 64 deep");
                    objects = (objects << 1) | (json[at] == (byte)'{' ? 1u : 0u);
                    break;
                default:
                    if (((objects & 1) == 1) != (json[at] == (byte)'}')) throw new FormatException("brackets do not match");
                    objects >>= 1;
                    if (--depth == 0) return at + 1;
                    break;
            }

            at++;
        }
    }
}
