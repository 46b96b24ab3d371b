using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// Patterns on scalars. They cannot throw, so both sides of "and" and "or" may be evaluated.
internal sealed partial class OperationLowerer
{
    private Value LowerPattern(Term value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                return MatchConstant(constant.Value, value);
            case IRelationalPatternOperation relational:
                return MatchRelation(relational, value);
            case INegatedPatternOperation negated:
                return Emit(pattern, Op.Not, IrType.Bool, LowerPattern(value, negated.Pattern));
            case IBinaryPatternOperation both:
                Value left = LowerPattern(value, both.LeftPattern), right = LowerPattern(value, both.RightPattern);
                return Emit(pattern, both.OperatorKind == BinaryOperatorKind.And ? Op.And : Op.Or, IrType.Bool, left, right);
            case IDiscardPatternOperation:
                return Literals.Bool(true);
            default:
                Refuse(pattern);
                return Literals.Bool(false);
        }
    }

    private Value MatchConstant(IOperation constant, Term value)
    {
        Term number = Lower(constant);
        if (value.IsInvalid || number.IsInvalid || !SameScalar(constant, value, number))
        {
            return Literals.Bool(false);
        }

        if (number.Scalar.Type == IrType.Bool)
        {
            return number.Scalar.Literal!.Bits != 0 ? value.Scalar : Emit(constant, Op.Not, IrType.Bool, value.Scalar);
        }

        // "x is NaN" holds for NaN, unlike "x == NaN".
        return number.Scalar.Type.IsFloat && double.IsNaN(Literals.NumberOf(number.Scalar))
            ? Emit(constant, Op.NotEqual, IrType.Bool, value.Scalar, value.Scalar)
            : Emit(constant, Op.Equal, IrType.Bool, value.Scalar, number.Scalar);
    }

    private Value MatchRelation(IRelationalPatternOperation pattern, Term value)
    {
        Term number = Lower(pattern.Value);
        if (value.IsInvalid || number.IsInvalid || !SameScalar(pattern, value, number))
        {
            return Literals.Bool(false);
        }

        return Emit(pattern, ComparisonOf(pattern.OperatorKind)!, IrType.Bool, value.Scalar, number.Scalar);
    }

    private bool SameScalar(IOperation at, Term value, Term constant)
    {
        if (value.Shape is ScalarShape { Type.IsScalar: true } a && constant.Shape is ScalarShape b && a.Type == b.Type && constant.Scalar.IsConstant)
        {
            return true;
        }

        Refuse(Descriptors.UnknownOperation, at, "a pattern on a value of another type");
        return false;
    }
}
