namespace DiffCompile.Mathematics;

using System.Runtime.CompilerServices;

/// <summary>
/// Polynomials in Estrin's order (pairs, pairs of pairs …): short chains of dependent operations, no tables, no loops,
/// so that the same text serves scalars, lanes and kernels. Coefficients are given from the constant upwards.
/// </summary>
internal static class Polynomial
{
    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double MulAdd(double a, double b, double c) => Math.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree3(double t, double t2, double c0, double c1, double c2, double c3)
        => MulAdd(MulAdd(c3, t, c2), t2, MulAdd(c1, t, c0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree7(
        double t, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7)
    {
        double t2 = t * t;
        return MulAdd(Degree3(t, t2, c4, c5, c6, c7), t2 * t2, Degree3(t, t2, c0, c1, c2, c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree11(
        double t, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11)
    {
        double t2 = t * t, t4 = t2 * t2;
        double high = MulAdd(Degree3(t, t2, c8, c9, c10, c11), t4, Degree3(t, t2, c4, c5, c6, c7));
        return MulAdd(high, t4, Degree3(t, t2, c0, c1, c2, c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree15(
        double t, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15)
    {
        double t2 = t * t, t4 = t2 * t2, t8 = t4 * t4;
        double high = MulAdd(Degree3(t, t2, c12, c13, c14, c15), t4, Degree3(t, t2, c8, c9, c10, c11));
        double low = MulAdd(Degree3(t, t2, c4, c5, c6, c7), t4, Degree3(t, t2, c0, c1, c2, c3));
        return MulAdd(high, t8, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree19(
        double t, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15,
        double c16, double c17, double c18, double c19)
    {
        double t2 = t * t, t4 = t2 * t2, t8 = t4 * t4;
        double middle = MulAdd(Degree3(t, t2, c12, c13, c14, c15), t4, Degree3(t, t2, c8, c9, c10, c11));
        double high = MulAdd(Degree3(t, t2, c16, c17, c18, c19), t8, middle);
        double low = MulAdd(Degree3(t, t2, c4, c5, c6, c7), t4, Degree3(t, t2, c0, c1, c2, c3));
        return MulAdd(high, t8, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Degree23(
        double t, double c0, double c1, double c2, double c3, double c4, double c5, double c6, double c7,
        double c8, double c9, double c10, double c11, double c12, double c13, double c14, double c15,
        double c16, double c17, double c18, double c19, double c20, double c21, double c22, double c23)
    {
        double t2 = t * t, t4 = t2 * t2, t8 = t4 * t4;
        double high = MulAdd(Degree3(t, t2, c20, c21, c22, c23), t4, Degree3(t, t2, c16, c17, c18, c19));
        double middle = MulAdd(Degree3(t, t2, c12, c13, c14, c15), t4, Degree3(t, t2, c8, c9, c10, c11));
        double low = MulAdd(Degree3(t, t2, c4, c5, c6, c7), t4, Degree3(t, t2, c0, c1, c2, c3));
        return MulAdd(MulAdd(high, t8, middle), t8, low);
    }
}
