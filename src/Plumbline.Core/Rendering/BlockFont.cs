using System.Text;

namespace Plumbline.Core.Rendering;

/// <summary>Letters of 5 × 7 squares for the printable characters of ASCII: the same on every machine, whatever fonts it has. Accents are left off; what is left beyond ASCII shows as <c>?</c>.</summary>
internal static class BlockFont
{
    /// <summary>Squares of one letter across.</summary>
    public const int Columns = 5;

    /// <summary>Squares of one letter down.</summary>
    public const int Rows = 7;

    // Seven rows of five bits for each character from space to tilde, the top left square in the highest bit.
    private static readonly long[] Letters =
    [
        0x000000000, 0x108421004, 0x294000000, 0x295F57D4A, 0x11F4717C4, 0x672222273,
        0x32544564D, 0x108000000, 0x088842082, 0x208210888, 0x009575480, 0x0084F9080,
        0x000001088, 0x0000F0000, 0x00000018C, 0x042222210, 0x3A33AE62E, 0x11842108E,
        0x3A211111F, 0x3A213062E, 0x08CA97C42, 0x7E1E0862E, 0x1910F462E, 0x7C2221084,
        0x3A317462E, 0x3A317844C, 0x018C03180, 0x018C03088, 0x088882082, 0x001F07C00,
        0x208208888, 0x3A2111004, 0x3A37ADA0E, 0x3A31FC631, 0x7A31F463E, 0x3A308422E,
        0x7A318C63E, 0x7E10F421F, 0x7E10F4210, 0x3A30BC62E, 0x4631FC631, 0x38842108E,
        0x1C4210A4C, 0x4654C5251, 0x42108421F, 0x4775AC631, 0x47359C631, 0x3A318C62E,
        0x7A31F4210, 0x3A318D64D, 0x7A31F5251, 0x3E107043E, 0x7C8421084, 0x46318C62E,
        0x46318C544, 0x4631AD771, 0x462A22A31, 0x462A21084, 0x7C222221F, 0x39084210E,
        0x420820821, 0x38421084E, 0x115100000, 0x00000001F, 0x208000000, 0x000E0BE2F,
        0x421E8C63E, 0x000E8420E, 0x042F8C62F, 0x000E8FE0E, 0x191E42108, 0x000F8BC2E,
        0x421E8C631, 0x100C2108E, 0x080610A4C, 0x4212A6292, 0x30842108E, 0x001AAD6B5,
        0x001E8C631, 0x000E8C62E, 0x001E8FA10, 0x000F8BC21, 0x0016C4210, 0x000F8383E,
        0x211E42106, 0x00118C62F, 0x00118C544, 0x0011AD6AA, 0x001151151, 0x00118BC2E,
        0x001F1111F, 0x0C8441083, 0x108421084, 0x608411098, 0x0009B0000,
    ];

    /// <summary>Whether a square of a letter is set.</summary>
    public static bool IsSet(char letter, int column, int row) => ((Letters[letter - ' '] >> (34 - (row * Columns) - column)) & 1) == 1;

    // The program runs without cultures, so accents are taken off by a table of our own.
    private const string Accented = "ÀÁÂÃÄÅĀĂĄÇĆČĎĐÈÉÊËĒĖĘĚĞÌÍÎÏĪİŁÑŃŇÒÓÔÕÖØŌŐŘŚŞŠȘŤȚÙÚÛÜŪŮŰÝŸŹŻŽàáâãäåāăąçćčďđèéêëēėęěğìíîïīıłñńňòóôõöøōőřśşšșťțùúûüūůűýÿźżž";
    private const string Plain = "AAAAAAAAACCCDDEEEEEEEEGIIIIIILNNNOOOOOOOORSSSSTTUUUUUUUYYZZZaaaaaaaaacccddeeeeeeeegiiiiiilnnnoooooooorssssttuuuuuuuyyzzz";

    /// <summary>The text in the letters that there are.</summary>
    public static string Spell(string text)
    {
        var spelt = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is >= ' ' and <= '~') spelt.Append(letter);
            else if (Accented.IndexOf(letter, StringComparison.Ordinal) is var place and >= 0) spelt.Append(Plain[place]);
            else spelt.Append(letter switch { 'ß' => "ss", 'æ' => "ae", 'Æ' => "AE", 'œ' => "oe", 'Œ' => "OE", '–' or '—' => "-", '’' => "'", _ => "?" });
        }

        return spelt.ToString();
    }
}
