using DiffCompile.Mathematics;

namespace DiffCompile.Model.Occupation;

/// <summary>
/// Differentiable stand-in for a Bernoulli draw (Maddison, Mnih and Teh 2017; used for galaxies by Horowitz et al. 2022,
/// equation 12): z = sigmoid((logit p + ε)/τ) with ε drawn from the standard logistic distribution.
/// </summary>
/// <remarks>
/// z &gt; ½ has exactly the probability p and z tends to a draw of 0 or 1 as τ → 0, but for τ &gt; 0 its mean is not p:
/// for small p it is p·πτ/sin(πτ), 1.7 % too many galaxies at τ = 0.1. <see cref="SampleUnbiased"/> removes that bias.
/// Keep the noise fixed while parameters vary; otherwise differences of samples measure the noise.
/// </remarks>
public static partial class RelaxedBernoulli
{
    /// <summary>Standard logistic noise from a uniform number: ε = ln u − ln(1 − u).</summary>
    /// <param name="u">Uniform number, strictly between 0 and 1 (0 and 1 give −∞ and +∞).</param>
    /// <returns>ε, dimensionless. (The paper's footnote prints the density with a minus sign; it is e^(−ε)/(1 + e^(−ε))².)</returns>
    [Differentiable]
    public static double LogisticNoise(double u) => SpecialFunctions.Logit(u);

    /// <summary>z = sigmoid((logit p + ε)/τ).</summary>
    /// <param name="probability">p in [0, 1]; exactly 0 and 1 give exactly 0 and 1, NaN is returned beyond.</param>
    /// <param name="noise">ε, finite.</param>
    /// <param name="temperature">τ, greater than 0 and below 1.</param>
    /// <returns>A number in [0, 1]; ∂z/∂p = z(1 − z)/(τ p(1 − p)).</returns>
    /// <remarks>
    /// z behaves as (p e^ε)^(1/τ) near p = 0, so that its derivative vanishes there for τ &lt; 1: the ends are branches
    /// with derivative 0, and p need not be clipped away from them, which would add spurious galaxies to empty halos.
    /// </remarks>
    [Differentiable]
    public static double Sample(double probability, double noise, double temperature)
    {
        if (probability == 0.0)
        {
            return 0.0;
        }

        if (probability == 1.0)
        {
            return 1.0;
        }

        return SampleFromLogit(SpecialFunctions.Logit(probability), noise, temperature);
    }

    /// <summary>z = sigmoid((ℓ + ε)/τ), for a probability that is known by its logit ℓ.</summary>
    /// <param name="logit">ℓ = ln(p/(1 − p)).</param>
    /// <param name="noise">ε, finite.</param>
    /// <param name="temperature">τ, greater than 0.</param>
    /// <returns>A number in [0, 1].</returns>
    [Differentiable]
    public static double SampleFromLogit(double logit, double noise, double temperature)
        => SpecialFunctions.Sigmoid((logit + noise) / temperature);

    /// <summary>
    /// As <see cref="Sample"/>, with the probability corrected so that the mean over the noise is exactly p:
    /// z = sigmoid((logit p̃ + ε)/τ) with E[z | p̃] = p.
    /// </summary>
    /// <param name="probability">p in [0, 1]; exactly 0 and 1 give exactly 0 and 1, NaN is returned beyond.</param>
    /// <param name="noise">ε, finite.</param>
    /// <param name="temperature">τ, greater than 0 and below 1.</param>
    /// <returns>A number in [0, 1].</returns>
    [Differentiable]
    public static double SampleUnbiased(double probability, double noise, double temperature)
    {
        if (probability == 0.0)
        {
            return 0.0;
        }

        if (probability == 1.0)
        {
            return 1.0;
        }

        double logit = RelaxedBernoulliMoments.CorrectedLogit(SpecialFunctions.Logit(probability), temperature);
        return SampleFromLogit(logit, noise, temperature);
    }
}
