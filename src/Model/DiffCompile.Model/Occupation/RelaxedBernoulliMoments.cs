using DiffCompile.Mathematics;

namespace DiffCompile.Model.Occupation;

/// <summary>
/// Mean and variance of the relaxed Bernoulli variable z = sigmoid((ℓ + ε)/τ) over its logistic noise ε, and the logit
/// that gives it a wanted mean. Probabilities enter by their logits ℓ, so that neither end of [0, 1] loses digits.
/// </summary>
/// <remarks>
/// Since 1/(1 + e^(−y)) is the probability that logistic noise ε′ stays below y, E[z] = P(τε′ − ε &lt; ℓ), which is also
/// E[sigmoid(ℓ + τε)]: noise and temperature change places. <see cref="SmoothedSigmoid"/> computes that form, smooth
/// at every temperature down to 0.
/// </remarks>
public static partial class RelaxedBernoulliMoments
{
    private const int MaxIterations = 60;

    /// <summary>E[z] over the noise.</summary>
    /// <param name="logit">ℓ = ln(p/(1 − p)), |ℓ| ≤ 700.</param>
    /// <param name="temperature">τ, at least 0; 0 gives p itself.</param>
    /// <returns>The mean; for p ≪ 1 and τ &lt; 1 it is p·πτ/sin(πτ).</returns>
    [Differentiable]
    public static double Mean(double logit, double temperature) => SmoothedSigmoid.Moment(logit, temperature, 0, 0);

    /// <summary>Var[z] over the noise: E(1 − E) − τ ∂E/∂ℓ, with E the mean.</summary>
    /// <param name="logit">ℓ = ln(p/(1 − p)), |ℓ| ≤ 700.</param>
    /// <param name="temperature">τ, at least 0; 0 gives p(1 − p).</param>
    /// <returns>The variance.</returns>
    /// <remarks>Exact, because τ ∂z/∂ℓ = z(1 − z) and so E[z²] = E[z] − τ ∂E[z]/∂ℓ.</remarks>
    [Differentiable]
    public static double Variance(double logit, double temperature)
    {
        double mean = SmoothedSigmoid.Moment(logit, temperature, 0, 0);
        double complement = SmoothedSigmoid.Moment(-logit, temperature, 0, 0);
        return mean * complement - temperature * SmoothedSigmoid.Moment(logit, temperature, 0, 1);
    }

    /// <summary>Corrected probability p̃, for which E[z | p̃] = p.</summary>
    /// <param name="probability">p in [0, 1]; exactly 0 and 1 are returned as they are, NaN beyond.</param>
    /// <param name="temperature">τ, at least 0.</param>
    /// <returns>p̃, between 0 and p for p &lt; ½ and between p and 1 for p &gt; ½.</returns>
    /// <remarks>
    /// A solution exists for every p and τ, but near 1 its distance from 1 may be less than an ulp of 1: sampling goes
    /// through <see cref="CorrectedLogit"/>, which has no such limit.
    /// </remarks>
    [Differentiable]
    public static double CorrectedProbability(double probability, double temperature)
    {
        if (probability == 0.0)
        {
            return probability * RareRatio(temperature);
        }

        if (probability == 1.0)
        {
            return 1.0 - (1.0 - probability) * RareRatio(temperature);
        }

        return SpecialFunctions.Sigmoid(CorrectedLogit(SpecialFunctions.Logit(probability), temperature));
    }

    /// <summary>Limit of p̃/p for p → 0: sin(πτ)/(πτ) below τ = 1 and 0 from there on.</summary>
    /// <param name="temperature">τ, at least 0.</param>
    /// <returns>A number in [0, 1]; 1 at τ = 0.</returns>
    [Differentiable]
    public static double RareRatio(double temperature)
    {
        if (temperature >= 1.0)
        {
            return 0.0;
        }

        double angle = Math.PI * temperature;
        return angle < 1e-8 ? 1.0 : Math.Sin(angle) / angle;
    }

    /// <summary>Logit ℓ̃ of the corrected probability: the root of E[sigmoid(ℓ̃ + τε)] = sigmoid(ℓ).</summary>
    /// <param name="logit">ℓ = logit of the wanted mean, |ℓ| ≤ 700; infinities are returned as they are.</param>
    /// <param name="temperature">τ, at least 0; 0 returns ℓ.</param>
    /// <returns>ℓ̃, of the same sign as ℓ and further from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is negative, NaN or above <see cref="SmoothedSigmoid.LargestWidth"/>.</exception>
    /// <remarks>
    /// Newton's method on the logit of the mean, which is nearly linear in ℓ̃ and monotone, so that a root always exists
    /// and a handful of steps reach it. It works in the lower tail, where the mean keeps its relative accuracy; the
    /// upper one follows by symmetry.
    /// </remarks>
    public static double CorrectedLogit([Domain(-30.0, 30.0)] double logit, [Domain(0.01, 0.95)] double temperature)
    {
        SmoothedSigmoid.RequireWidth(temperature, nameof(temperature));
        if (double.IsInfinity(logit) || temperature == 0.0)
        {
            return logit;
        }

        double target = -Math.Abs(logit);
        double root = target;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            (double mean, double slope) = SmoothedSigmoid.ValueAndSlope(root, temperature);
            double residual = Math.Log(mean / (1.0 - mean)) - target;
            double step = residual * mean * (1.0 - mean) / slope;
            root -= step;
            if (!(Math.Abs(step) > 1e-9 * (1.0 + Math.Abs(root))))
            {
                break; // Convergence is quadratic: the next step would be far below an ulp.
            }
        }

        return Math.CopySign(root, logit);
    }

    /// <summary>
    /// Rule of <see cref="CorrectedLogit"/>, by the implicit function theorem: ∂ℓ̃/∂ℓ = p(1 − p)/E_ℓ and
    /// ∂ℓ̃/∂τ = −E_τ/E_ℓ with p = sigmoid(ℓ) and E_ℓ, E_τ the derivatives of the mean at ℓ̃.
    /// </summary>
    /// <param name="logit">ℓ.</param>
    /// <param name="temperature">τ.</param>
    /// <param name="value">ℓ̃.</param>
    /// <param name="valueBar">Cotangent of ℓ̃.</param>
    /// <returns>Cotangents of ℓ and τ.</returns>
    [DerivativeOf(nameof(CorrectedLogit), RuleKind.Vjp)]
    public static (double LogitBar, double TemperatureBar) CorrectedLogitRule(
        double logit, double temperature, double value, double valueBar)
    {
        double slope = SmoothedSigmoid.Moment(value, temperature, 0, 1);
        double temperatureSlope = SmoothedSigmoid.Moment(value, temperature, 1, 1);
        double targetSlope = SpecialFunctions.Sigmoid(logit) * SpecialFunctions.Sigmoid(-logit);
        return (valueBar * (targetSlope / slope), -(valueBar * (temperatureSlope / slope)));
    }
}
