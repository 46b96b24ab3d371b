namespace DiffCompile.Corpus;

/// <summary>Exact numbers, which the engine matrix cannot ask for.</summary>
public static class Expectations
{
    [Expect]
    internal static bool Perturbations_are_not_confused() =>
        Nested.ClassicConfusionGradient(1.0) == 1.0 && Nested.ConfusionByPullbackGradient(1.0) == 1.0 && Calls.ConfusionGradient(2.0, 3.0) == (3.0, 2.0);

    [Expect]
    internal static bool The_side_not_taken_contributes_nothing() =>
        Branches.TernaryGuardsNaNGradient(-1.0) == 0.0 && Branches.TernaryGuardsNaNGradient(0.0) == 0.0 && Branches.TernaryGuardsNaNHessianVectorProduct(-1.0, 1.0) == 0.0;

    [Expect]
    internal static bool Polynomials_are_exact() =>
        Arithmetic.RepeatedSquareGradient(3.0) == 8.0 * 2187.0 && Nested.QuarticGradient(2.0, 3.0) == (123.0, 70.0) && Nested.QuarticHessianVectorProduct(2.0, 3.0, 1.0, 0.0) == (144.0, 59.0);
}
