namespace DiffCompile.Objectives.AdBench;

/// <summary>An input of <see cref="GaussianMixture"/>.</summary>
public sealed class GaussianMixtureInput
{
    private GaussianMixtureInput()
    {
    }

    /// <summary>Number of dimensions d.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Number of components k.</summary>
    public required int Components { get; init; }

    /// <summary>Number of points n.</summary>
    public required int Points { get; init; }

    /// <summary>Logarithms of the weights, [k].</summary>
    public required double[] Alphas { get; init; }

    /// <summary>Means, [k, d].</summary>
    public required double[] Means { get; init; }

    /// <summary>Inverse covariance factors, [k, d(d+1)/2].</summary>
    public required double[] Icf { get; init; }

    /// <summary>Observations, [n, d].</summary>
    public required double[] X { get; init; }

    /// <summary>Scale of the Wishart prior.</summary>
    public required double Gamma { get; init; }

    /// <summary>Degrees of freedom of the Wishart prior beyond d + 1.</summary>
    public required int Freedom { get; init; }

    /// <summary>
    /// Reads ADBench's text: d k n, then the logarithms of the weights, the means, the inverse covariance factors and the
    /// points, then gamma and m.
    /// </summary>
    /// <exception cref="ObjectiveInputException">The file does not hold that.</exception>
    public static GaussianMixtureInput Read(string file)
    {
        using var reader = new NumberReader(file);
        int d = reader.Integer("the number of dimensions", 1, 1 << 15);
        int k = reader.Integer("the number of components", 1);
        int n = reader.Integer("the number of points", 1);
        var input = new GaussianMixtureInput
        {
            Dimensions = d,
            Components = k,
            Points = n,
            Alphas = reader.Reals(k, "the weights"),
            Means = reader.Reals((long)k * d, "the means"),
            Icf = reader.Reals((long)k * (d * (d + 1) / 2), "the inverse covariance factors"),
            X = reader.Reals((long)n * d, "the points"),
            Gamma = reader.Real("gamma of the Wishart prior"),
            Freedom = reader.Integer("m of the Wishart prior", 0),
        };
        if (input.Gamma <= 0.0)
        {
            throw reader.Wrong("gamma of the Wishart prior is not above 0");
        }

        reader.End();
        return input;
    }
}
