namespace DiffCompile.Objectives.Classics;

/// <summary>Fast Fourier transform of radix 2 (Cooley and Tukey 1965), in place.</summary>
public static partial class Fft
{
    /// <summary>Power of a signal's spectrum, weighted by frequency.</summary>
    /// <param name="real">Real part of the signal; its length is a power of 2.</param>
    /// <param name="imaginary">Imaginary part.</param>
    /// <param name="weights">Weight of each frequency.</param>
    /// <param name="spectrumReal">Scratch of the same length; holds the spectrum.</param>
    /// <param name="spectrumImaginary">Scratch of the same length; holds the spectrum.</param>
    /// <returns>Σ wₖ |Fₖ|².</returns>
    [Differentiable(DerivativeModes.Default | DerivativeModes.HessianVectorProduct)]
    public static double WeightedPower(
        ReadOnlySpan<double> real,
        ReadOnlySpan<double> imaginary,
        [NoGradient] ReadOnlySpan<double> weights,
        [Scratch] Span<double> spectrumReal,
        [Scratch] Span<double> spectrumImaginary)
    {
        real.CopyTo(spectrumReal);
        imaginary.CopyTo(spectrumImaginary);
        Transform(spectrumReal, spectrumImaginary);
        double power = 0.0;
        for (int k = 0; k < weights.Length; k++)
        {
            power += weights[k] * (spectrumReal[k] * spectrumReal[k] + spectrumImaginary[k] * spectrumImaginary[k]);
        }

        return power;
    }

    /// <summary>Replaces f by Fₖ = Σⱼ fⱼ exp(−2πi jk/n).</summary>
    /// <param name="real">Real part; its length is a power of 2.</param>
    /// <param name="imaginary">Imaginary part.</param>
    [Differentiable]
    public static void Transform(Span<double> real, Span<double> imaginary)
    {
        int n = real.Length;
        int reversed = 0;
        for (int i = 1; i < n; i++)
        {
            int bit = n >> 1;
            while ((reversed & bit) != 0)
            {
                reversed ^= bit;
                bit >>= 1;
            }

            reversed |= bit;
            if (i < reversed)
            {
                (real[i], real[reversed]) = (real[reversed], real[i]);
                (imaginary[i], imaginary[reversed]) = (imaginary[reversed], imaginary[i]);
            }
        }

        for (int half = 1; half < n; half *= 2)
        {
            for (int k = 0; k < half; k++)
            {
                double angle = -Math.PI * k / half;
                double cosine = Math.Cos(angle);
                double sine = Math.Sin(angle);
                for (int even = k; even < n; even += 2 * half)
                {
                    int odd = even + half;
                    double turnedReal = cosine * real[odd] - sine * imaginary[odd];
                    double turnedImaginary = cosine * imaginary[odd] + sine * real[odd];
                    real[odd] = real[even] - turnedReal;
                    imaginary[odd] = imaginary[even] - turnedImaginary;
                    real[even] += turnedReal;
                    imaginary[even] += turnedImaginary;
                }
            }
        }
    }
}
