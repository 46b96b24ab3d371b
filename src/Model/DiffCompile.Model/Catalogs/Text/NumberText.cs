using System.Buffers.Text;

namespace DiffCompile.Model.Catalogs;

/// <summary>Numbers in UTF-8 text, independent of the machine's language. Results are correctly rounded.</summary>
internal static class NumberText
{
    private const int LargestExactPower = 22;
    private const ulong LargestExactInteger = 1UL << 53;
    private const int LargestSafeDigitCount = 19;

    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads all of <paramref name="text"/> as a real number; nan and inf are read too, so that they can be refused by name.
    /// </summary>
    /// <remarks>
    /// A decimal of at most 2^53 units and a power of ten within ±22 needs one multiplication or division of two exact
    /// doubles, which rounds correctly (W. D. Clinger, PLDI 1990). That is nearly every number of a catalog; the rest
    /// goes to the base library.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        var i = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == (byte)'-';
            i = 1;
        }

        var mantissa = 0UL;
        var digits = 0;
        var exponent = 0;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            mantissa = (mantissa * 10) + (ulong)(text[i] - '0');
            digits++;
        }

        if (i < text.Length && text[i] == (byte)'.')
        {
            var point = ++i;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            {
                mantissa = (mantissa * 10) + (ulong)(text[i] - '0');
            }

            digits += i - point;
            exponent = point - i;
        }

        if (digits is 0 or > LargestSafeDigitCount || mantissa > LargestExactInteger || !TryReadExponent(text[i..], ref exponent))
        {
            return TryParseSlowly(text, out value);
        }

        if (exponent is < -LargestExactPower or > LargestExactPower)
        {
            return TryParseSlowly(text, out value);
        }

        var magnitude = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
        value = negative ? -magnitude : magnitude;
        return true;
    }

    /// <summary>Reads all of <paramref name="text"/> as an integer; a real number with an integral value will do.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
        {
            return true;
        }

        // Some catalogs print identifiers as 1.234e+05 or -1.0; beyond 2^53 such text no longer tells identifiers apart.
        if (TryParse(text, out double real) && Math.Abs(real) <= LargestExactInteger && Math.Floor(real) == real)
        {
            value = (long)real;
            return true;
        }

        return false;
    }

    /// <summary>Adds the exponent that is all of <paramref name="text"/>; false where it is something else or very large.</summary>
    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int exponent)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        if ((text[0] | 0x20) != 'e' || text.Length == 1)
        {
            return false;
        }

        var i = 1;
        var negative = text[1] == (byte)'-';
        if (negative || text[1] == (byte)'+')
        {
            i = 2;
        }

        if (i == text.Length || text.Length - i > 4)
        {
            return false;
        }

        var read = 0;
        for (; i < text.Length; i++)
        {
            if ((uint)(text[i] - '0') > 9)
            {
                return false;
            }

            read = (read * 10) + (text[i] - '0');
        }

        exponent += negative ? -read : read;
        return true;
    }

    private static bool TryParseSlowly(ReadOnlySpan<byte> text, out double value)
    {
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length)
        {
            return true;
        }

        var unsigned = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (System.Text.Ascii.EqualsIgnoreCase(unsigned, "nan"u8))
        {
            value = double.NaN;
            return true;
        }

        if (System.Text.Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(unsigned, "infinity"u8))
        {
            value = text[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        value = 0.0;
        return false;
    }
}
