using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Rules;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Primitives as C# expressions, with the fewest parentheses that keep every operation where it is:
/// (a + b) + c becomes <c>a + b + c</c>, while a + (b + c) keeps its parentheses.
/// </summary>
internal sealed class ExpressionPrinter(TypeNames names, bool checksOverflow = true)
{
    public Fragment Print(PrimitiveEquation equation, IReadOnlyList<Fragment> operands)
    {
        bool hasEffect = Op.MayThrow(equation.Op, equation.Result.Type) || operands.Any(o => o.HasEffect);
        Fragment text = Core(equation, operands);

        // Arithmetic among constants is checked by the compiler in any project.
        bool saysSo = text.WantsUnchecked && (checksOverflow || operands.All(o => o.IsConstant));
        return text with { WantsUnchecked = saysSo, HasEffect = hasEffect, Reads = operands.Any(o => o.Reads), IsConstant = IsOperator(equation.Op) && operands.All(o => o.IsConstant) };
    }

    /// <summary>condition ? whenTrue : whenFalse, or the logical operator that it amounts to.</summary>
    public static Fragment Choice(Fragment condition, Fragment whenTrue, Fragment whenFalse, bool isBool)
    {
        bool hasEffect = condition.HasEffect || whenTrue.HasEffect || whenFalse.HasEffect;
        Fragment text = isBool && Logical(condition, whenTrue, whenFalse) is { } logical
            ? logical
            : new Fragment(
                $"{condition.Operand(Precedence.OrElse)} ? {whenTrue.Operand(Precedence.OrElse)} : {whenFalse.Operand(Precedence.Conditional)}",
                Precedence.Conditional);
        return text with { HasEffect = hasEffect, Reads = condition.Reads || whenTrue.Reads || whenFalse.Reads };
    }

    public static Fragment Not(Fragment condition) =>
        new("!" + condition.Operand(Precedence.Unary), Precedence.Unary, condition.HasEffect, Reads: condition.Reads);

    // && and || evaluate from left to right however they are grouped.
    private static Fragment? Logical(Fragment condition, Fragment whenTrue, Fragment whenFalse) => (whenTrue.Text, whenFalse.Text) switch
    {
        ("true", "false") => condition,
        ("false", "true") => Not(condition),
        (_, "false") => new($"{condition.Operand(Precedence.AndAlso)} && {whenTrue.Operand(Precedence.AndAlso)}", Precedence.AndAlso),
        ("true", _) => new($"{condition.Operand(Precedence.OrElse)} || {whenFalse.Operand(Precedence.OrElse)}", Precedence.OrElse),
        ("false", _) => new($"{Not(condition).Text} && {whenFalse.Operand(Precedence.AndAlso)}", Precedence.AndAlso),
        (_, "true") => new($"{Not(condition).Text} || {whenTrue.Operand(Precedence.OrElse)}", Precedence.OrElse),
        _ => null,
    };

    private Fragment Core(PrimitiveEquation equation, IReadOnlyList<Fragment> operands)
    {
        IrType result = equation.Result.Type;
        switch (equation.Op)
        {
            case Op.StopGradient:
                return operands[0];
            case Op.Convert:
                return Unary("(" + result.Keyword + ")", operands[0], CanWrap(equation));
            case Op.ConvertChecked:
                return Checked(Unary("(" + result.Keyword + ")", operands[0], false));
            case Op.Negate:
                return Unary("-", operands[0], result.IsInteger);
            case Op.NegateChecked:
                return Checked(Unary("-", operands[0], false));
            case Op.Not:
                return Unary(result.Scalar == ScalarKind.Bool ? "!" : "~", operands[0], false);
        }

        if (Operator(equation.Op) is { } op)
        {
            return op.IsChecked ? Checked(Binary(op.Symbol, op.Precedence, operands, false))
                : Binary(op.Symbol, op.Precedence, operands, result.IsInteger && equation.Op is Op.Add or Op.Subtract or Op.Multiply);
        }

        string spelling = RuleTable.Find(equation.Op)?.SpellingFor(result, equation.Arguments[0].Type) ?? "";
        if (spelling.Length == 0)
        {
            throw new InvalidOperationException($"The operation '{equation.Op}' has no C# spelling for {equation.Arguments[0].Type}.");
        }

        return Fragment.Name($"{names.Function(spelling)}({Fragment.List(operands)})");
    }

    private static Fragment Unary(string symbol, Fragment operand, bool wraps)
    {
        string text = wraps ? operand.OperandInUnchecked(Precedence.Unary) : operand.Operand(Precedence.Unary);
        if (symbol == "-" && text[0] == '-')
        {
            text = "(" + text + ")";
        }

        return new Fragment(symbol + text, Precedence.Unary, WantsUnchecked: wraps);
    }

    private static Fragment Binary(string symbol, Precedence precedence, IReadOnlyList<Fragment> operands, bool wraps)
    {
        string left = wraps ? operands[0].OperandInUnchecked(precedence) : operands[0].Operand(precedence);
        string right = wraps ? operands[1].OperandInUnchecked(precedence + 1) : operands[1].Operand(precedence + 1);
        return new Fragment($"{left} {symbol} {right}", precedence, WantsUnchecked: wraps);
    }

    private static Fragment Checked(Fragment inner) => Fragment.Name("checked(" + inner.Bare + ")");

    /// <summary>Does the conversion depend on whether overflow is checked?</summary>
    private static bool CanWrap(PrimitiveEquation equation) =>
        equation.Result.Type.IsInteger
        && !(equation.Arguments[0].Type.Scalar == ScalarKind.Int32 || equation.Arguments[0].Type == equation.Result.Type);

    private static bool IsOperator(string op) =>
        op is Op.StopGradient or Op.Convert or Op.ConvertChecked or Op.Negate or Op.NegateChecked or Op.Not || Operator(op) is not null;

    private static (string Symbol, Precedence Precedence, bool IsChecked)? Operator(string op) => op switch
    {
        Op.Add => ("+", Precedence.Additive, false),
        Op.AddChecked => ("+", Precedence.Additive, true),
        Op.Subtract => ("-", Precedence.Additive, false),
        Op.SubtractChecked => ("-", Precedence.Additive, true),
        Op.Multiply => ("*", Precedence.Multiplicative, false),
        Op.MultiplyChecked => ("*", Precedence.Multiplicative, true),
        Op.Divide => ("/", Precedence.Multiplicative, false),
        Op.Remainder => ("%", Precedence.Multiplicative, false),
        Op.And => ("&", Precedence.And, false),
        Op.Or => ("|", Precedence.Or, false),
        Op.Xor => ("^", Precedence.Xor, false),
        Op.ShiftLeft => ("<<", Precedence.Shift, false),
        Op.ShiftRight => (">>", Precedence.Shift, false),
        Op.ShiftRightUnsigned => (">>>", Precedence.Shift, false),
        Op.Less => ("<", Precedence.Relational, false),
        Op.LessOrEqual => ("<=", Precedence.Relational, false),
        Op.Greater => (">", Precedence.Relational, false),
        Op.GreaterOrEqual => (">=", Precedence.Relational, false),
        Op.Equal => ("==", Precedence.Equality, false),
        Op.NotEqual => ("!=", Precedence.Equality, false),
        _ => null,
    };
}
