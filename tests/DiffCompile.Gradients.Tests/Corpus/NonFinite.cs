using DiffCompile;

namespace DiffCompile.Corpus;

/// <summary>The member that names the first operation whose value or cotangent is not finite.</summary>
public static partial class NonFinite
{
    [Differentiable(DerivativeModes.All)]
    [OnlyExpected]
    public static double Chain(double x, double y)
    {
        double a = x * y;
        double b = Math.Log(a);
        double c = Math.Sqrt(b * b);
        return c + (y > 2.0 ? Math.Exp(y) : 0.0);
    }

    [Expect]
    public static bool NothingIsWrong() => ChainFindNonFinite(2.0, 1.5) is null;

    [Expect]
    public static bool ValueIsNamed() => ChainFindNonFinite(-1.0, 1.0) is { Operation: "Math.Log(a)", Quantity: "value", Line: 13 };

    [Expect]
    public static bool CotangentIsNamed() => ChainFindNonFinite(1.0, 1.0) is { Operation: "Math.Sqrt(b * b)", Quantity: "cotangent", Line: 14 };

    [Expect]
    public static bool BranchIsSearched() => ChainFindNonFinite(1e-300, 710.0) is { Operation: "Math.Exp(y)", Quantity: "value", Line: 15 };
}
