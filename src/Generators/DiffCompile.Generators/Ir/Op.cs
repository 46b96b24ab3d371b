namespace DiffCompile.Generators.Ir;

/// <summary>
/// Names of the built-in operations. Every other operation name is a row of the rule table. The result type of an
/// equation fixes the variant (float or double, int or long).
/// </summary>
internal static class Op
{
    public const string Add = "add";
    public const string Subtract = "sub";
    public const string Multiply = "mul";
    public const string Divide = "div";
    public const string Remainder = "rem";
    public const string Negate = "neg";

    /// <summary>Conversion to the result's type.</summary>
    public const string Convert = "convert";

    /// <summary>Conversion to the result's type that throws when the value does not fit.</summary>
    public const string ConvertChecked = "convert.checked";

    public const string AddChecked = "add.checked";
    public const string SubtractChecked = "sub.checked";
    public const string MultiplyChecked = "mul.checked";
    public const string NegateChecked = "neg.checked";

    public const string And = "and";
    public const string Or = "or";
    public const string Xor = "xor";
    public const string Not = "not";
    public const string ShiftLeft = "shl";
    public const string ShiftRight = "shr";
    public const string ShiftRightUnsigned = "shr.unsigned";

    public const string Less = "lt";
    public const string LessOrEqual = "le";
    public const string Greater = "gt";
    public const string GreaterOrEqual = "ge";
    public const string Equal = "eq";
    public const string NotEqual = "ne";

    /// <summary>The same value, cut from differentiation.</summary>
    public const string StopGradient = "stop_gradient";

    /// <summary>
    /// Mul0(a, p, x): a·p, but 0 where a = 0 and p is not finite and x is not NaN. x is the operand at which the partial p
    /// was taken.
    /// </summary>
    public const string Mul0 = "mul0";

    public static bool IsComparison(string op) => op is Less or LessOrEqual or Greater or GreaterOrEqual or Equal or NotEqual;

    /// <summary>Can evaluation throw? Such an operation is never dead and never moved across a branch.</summary>
    public static bool MayThrow(string op, IrType result) =>
        op is AddChecked or SubtractChecked or MultiplyChecked or NegateChecked or ConvertChecked
        || (op is Divide or Remainder or "abs" && result.IsInteger)
        || (DiffCompile.Generators.Rules.RuleTable.Find(op)?.MayThrow ?? false);
}
