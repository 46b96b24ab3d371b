namespace DiffCompile.Mathematics;

// Rules of systems solved with LU factors. They are differentiable code themselves: what they solve again varies with A, by the rules
// here. So generated code takes them in, and what they make with new lives in its workspace.
public static partial class Linear
{
    // The factors have no derivative; LuSolve and LuSolveTransposed differentiate with respect to A.
    [DerivativeOf(nameof(LuFactorize))]
    private static void LuFactorizeVjp(ReadOnlySpan<double> a, Span<double> factors, Span<int> pivots, Span<double> aBar)
    {
    }

    [DerivativeOf(nameof(LuFactorize), RuleKind.Jvp)]
    private static void LuFactorizeJvp(ReadOnlySpan<double> a, Span<double> factors, Span<int> pivots, ReadOnlySpan<double> aDot)
    {
    }

    // λ = A⁻ᵀ x̄, b̄ += λ, Ā −= λ xᵀ.
    [DerivativeOf(nameof(LuSolve))]
    private static void LuSolveVjp(
        ReadOnlySpan<double> a, ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x,
        Span<double> aBar, Span<double> bBar, Span<double> xBar)
    {
        int n = pivots.Length;
        double[] adjoint = new double[n];
        LuSolveTransposed(a, factors, pivots, xBar, adjoint);
        for (int i = 0; i < n; i++)
        {
            bBar[i] += adjoint[i];
            xBar[i] = 0.0;
            for (int j = 0; j < n; j++)
            {
                aBar[(i * n) + j] -= adjoint[i] * x[j];
            }
        }
    }

    // ẋ = A⁻¹ (ḃ − Ȧ x).
    [DerivativeOf(nameof(LuSolve), RuleKind.Jvp)]
    private static void LuSolveJvp(
        ReadOnlySpan<double> a, ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x,
        ReadOnlySpan<double> aDot, ReadOnlySpan<double> bDot, Span<double> xDot)
    {
        int n = pivots.Length;
        double[] change = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = bDot[i];
            for (int j = 0; j < n; j++)
            {
                sum -= aDot[(i * n) + j] * x[j];
            }

            change[i] = sum;
        }

        LuSolve(a, factors, pivots, change, xDot);
    }

    // λ = A⁻¹ x̄, b̄ += λ, Ā −= x λᵀ.
    [DerivativeOf(nameof(LuSolveTransposed))]
    private static void LuSolveTransposedVjp(
        ReadOnlySpan<double> a, ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x,
        Span<double> aBar, Span<double> bBar, Span<double> xBar)
    {
        int n = pivots.Length;
        double[] adjoint = new double[n];
        LuSolve(a, factors, pivots, xBar, adjoint);
        for (int i = 0; i < n; i++)
        {
            bBar[i] += adjoint[i];
            xBar[i] = 0.0;
            for (int j = 0; j < n; j++)
            {
                aBar[(i * n) + j] -= x[i] * adjoint[j];
            }
        }
    }

    // ẋ = A⁻ᵀ (ḃ − Ȧᵀ x).
    [DerivativeOf(nameof(LuSolveTransposed), RuleKind.Jvp)]
    private static void LuSolveTransposedJvp(
        ReadOnlySpan<double> a, ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, ReadOnlySpan<double> b, Span<double> x,
        ReadOnlySpan<double> aDot, ReadOnlySpan<double> bDot, Span<double> xDot)
    {
        int n = pivots.Length;
        double[] change = new double[n];
        for (int i = 0; i < n; i++)
        {
            double sum = bDot[i];
            for (int j = 0; j < n; j++)
            {
                sum -= aDot[(j * n) + i] * x[j];
            }

            change[i] = sum;
        }

        LuSolveTransposed(a, factors, pivots, change, xDot);
    }
}
