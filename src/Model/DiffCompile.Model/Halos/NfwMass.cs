using DiffCompile.Mathematics;

namespace DiffCompile.Model.Halos;

/// <summary>
/// Dimensionless enclosed mass of the profile of Navarro, Frenk and White (1997), m(x) = ln(1 + x) − x/(1 + x) with
/// x = r/r_s, and its inverse; both keep their relative accuracy down to x → 0, where the two terms of m cancel.
/// </summary>
public static partial class NfwMass
{
    /// <summary>m(x) = ln(1 + x) − x/(1 + x).</summary>
    /// <param name="x">Radius in units of the scale radius, at least 0.</param>
    /// <returns>Mass in units of 4π ρ_s r_s³.</returns>
    /// <remarks>
    /// For small x, with t = x/(2 + x), ln(1 + x) = 2 artanh t and x/(1 + x) = 2t/(1 + t), so that
    /// m = 2[t²/(1 + t) + t³/3 + t⁵/5 + …]: no cancellation. The first dropped term, t²⁵/25, is below 1e-17 of the sum for x ≤ ½.
    /// </remarks>
    [Differentiable]
    public static double Enclosed([Domain(0.0, 1000.0)] double x)
    {
        if (x > 0.5)
        {
            return SpecialFunctions.Log1p(x) - x / (1.0 + x);
        }

        double t = x / (2.0 + x);
        double s = t * t;
        double tail = 1.0 / 3.0 + s * (1.0 / 5.0 + s * (1.0 / 7.0 + s * (1.0 / 9.0 + s * (1.0 / 11.0
            + s * (1.0 / 13.0 + s * (1.0 / 15.0 + s * (1.0 / 17.0 + s * (1.0 / 19.0 + s * (1.0 / 21.0
            + s * (1.0 / 23.0))))))))));
        return 2.0 * s * (1.0 / (1.0 + t) + t * tail);
    }

    /// <summary>Rule of <see cref="Enclosed"/>: m′(x) = x/(1 + x)².</summary>
    /// <param name="x">Radius in units of the scale radius.</param>
    /// <param name="value">m(x); not needed.</param>
    /// <param name="valueBar">Cotangent of m.</param>
    /// <returns>Cotangent of x.</returns>
    [DerivativeOf(nameof(Enclosed), RuleKind.Vjp)]
    public static double EnclosedRule(double x, double value, double valueBar)
        => valueBar * (x / ((1.0 + x) * (1.0 + x)));

    /// <summary>Inverse of <see cref="Enclosed"/>: x = −1 − 1/W₀(−exp(−1 − m)).</summary>
    /// <param name="mass">Mass in units of 4π ρ_s r_s³, at least 0; NaN is returned below 0.</param>
    /// <returns>Radius in units of the scale radius.</returns>
    /// <remarks>
    /// As m → 0, W₀ → −1 and 1 + W₀ loses all digits. There x is a power series in s = √(2m), found by inverting the
    /// series of m term by term; the nearest singularity is at |m| = 2π (|s| = 3.54), so that 18 terms give full double
    /// accuracy below m = 0.1. All its coefficients up to this order are positive: nothing cancels.
    /// </remarks>
    [Differentiable]
    public static double RadiusEnclosing([Domain(1e-6, 50.0)] double mass)
    {
        if (mass > 0.1)
        {
            double w = SpecialFunctions.LambertW0Exp(mass);
            return -(1.0 + w) / w;
        }

        double s = Math.Sqrt(2.0 * mass);
        double tail = 5.348510044145436e-07 + s * (1.316215567483993e-07 + s * (3.146032295414993e-08 + s * 7.315548026095823e-09));
        tail = 2.9506297300840815e-05 + s * (8.027147102236609e-06 + s * (2.1068596779326123e-06 + s * tail));
        tail = 0.0011469785780967622 + s * (0.00035389890808272155 + s * (0.0001043462044755325 + s * tail));
        tail = 241.0 / 8505.0 + s * (56201.0 / 5443200.0 + s * (361.0 / 102060.0 + s * tail));
        tail = 13.0 / 36.0 + s * (23.0 / 135.0 + s * (313.0 / 4320.0 + s * tail));
        return s * (1.0 + s * (2.0 / 3.0 + s * tail));
    }

    /// <summary>Rule of <see cref="RadiusEnclosing"/>: dx/dm = (1 + x)²/x, by the inverse function; infinite at m = 0.</summary>
    /// <param name="mass">Mass in units of 4π ρ_s r_s³; not needed.</param>
    /// <param name="value">x(m).</param>
    /// <param name="valueBar">Cotangent of x.</param>
    /// <returns>Cotangent of the mass.</returns>
    [DerivativeOf(nameof(RadiusEnclosing), RuleKind.Vjp)]
    public static double RadiusEnclosingRule(double mass, double value, double valueBar)
        => valueBar * ((1.0 + value) * (1.0 + value) / value);
}
