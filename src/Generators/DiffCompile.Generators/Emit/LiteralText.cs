using System.Globalization;
using System.Text.RegularExpressions;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>C# text of constants.</summary>
internal static class LiteralText
{
    private static readonly Regex Number = new(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?[fFlLdD]?$", RegexOptions.CultureInvariant);
    private static readonly Regex QualifiedName = new(@"^(global::)?@?[\p{L}_][\w]*(\.@?[\p{L}_]\w*)*$", RegexOptions.CultureInvariant);

    /// <summary>
    /// The author's text where it is a name, or a literal of exactly this type and value; else the shortest literal that
    /// reads back to the same bits. A 2 that was converted to double is written 2.0, so that overloads stay the same.
    /// </summary>
    public static Fragment Of(Value constant)
    {
        string text = constant.Literal!.Text;
        if (!IsName(text) && !IsExact(text, constant))
        {
            text = Canonical(constant);
        }

        return new Fragment(text, text[0] == '-' ? Precedence.Unary : Precedence.Primary, IsConstant: true);
    }

    /// <summary>The first simple name of a constant's text; empty for a number.</summary>
    public static string LeadingName(Value constant)
    {
        string text = Of(constant).Text;
        return text.StartsWith("global::", StringComparison.Ordinal) || !IsName(text) ? "" : text.Split('.')[0].TrimStart('@');
    }

    private static string Canonical(Value constant) => constant.Type.Scalar switch
    {
        ScalarKind.Float64 => Literals.Double(Literals.NumberOf(constant)).Literal!.Text,
        ScalarKind.Float32 => Literals.Single((float)Literals.NumberOf(constant)).Literal!.Text,
        ScalarKind.Int32 => Literals.Int32((int)constant.Literal!.Bits).Literal!.Text,
        ScalarKind.Int64 => Literals.Int64(constant.Literal!.Bits).Literal!.Text,
        _ => constant.Literal!.Bits != 0 ? "true" : "false",
    };

    private static bool IsName(string text) => text[0] is not ('-' or (>= '0' and <= '9')) && QualifiedName.IsMatch(text);

    private static bool IsExact(string text, Value constant)
    {
        if (!Number.IsMatch(text))
        {
            return false;
        }

        char suffix = char.ToLowerInvariant(text[text.Length - 1]);
        string digits = char.IsLetter(suffix) ? text.Substring(0, text.Length - 1) : text;
        bool hasFraction = digits.Any(c => c is '.' or 'e' or 'E');
        switch (constant.Type.Scalar)
        {
            case ScalarKind.Float64:
                return suffix is not ('f' or 'l') && (hasFraction || suffix == 'd')
                    && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                    && SameNumber(number, Literals.NumberOf(constant));
            case ScalarKind.Float32:
                return suffix == 'f'
                    && float.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out float single)
                    && SameNumber(single, Literals.NumberOf(constant));
            case ScalarKind.Int32:
            case ScalarKind.Int64:
                return !hasFraction && suffix == (constant.Type.Scalar == ScalarKind.Int64 ? 'l' : digits[digits.Length - 1])
                    && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
                    && integer == constant.Literal!.Bits && integer is not (int.MinValue or long.MinValue);
            default:
                return false;
        }
    }

    // Equal as numbers except that the sign of zero counts ("-0.0" reads as +0 on some hosts).
    private static bool SameNumber(double a, double b) => a.Equals(b) && a != 0.0;
}
