using DiffCompile.Objectives.AdBench;

namespace DiffCompile.Benchmarks.AdBench;

/// <summary>Log posterior of a mixture of Gaussians and its gradient.</summary>
internal sealed class GaussianMixtureObjective : Objective
{
    private readonly GaussianMixtureInput _input;
    private readonly bool _corrected;
    private readonly double[] _diagonals;
    private readonly double[] _logDeterminants;
    private readonly double[] _centered;
    private readonly double[] _whitened;
    private readonly double[] _terms;

    public GaussianMixtureObjective(AdBenchOptions options)
    {
        _input = GaussianMixtureInput.Read(options.Input);
        _corrected = options.Corrected;
        _diagonals = new double[_input.Means.Length];
        _logDeterminants = new double[_input.Components];
        _centered = new double[_input.Dimensions];
        _whitened = new double[_input.Dimensions];
        _terms = new double[_input.Components];
        HandWritten = new ByHand(_input, _corrected);
    }

    public override int ValueSize => 1;

    public override int DerivativeSize => _input.Alphas.Length + _input.Means.Length + _input.Icf.Length;

    public override string Layout => "gradient: weights, means, inverse covariance factors";

    public override string HandWrittenCalls
    {
        get
        {
            int d = _input.Dimensions, k = _input.Components, n = _input.Points;
            return $"{k * d + (n + 1) * k} exp, {n + 5} log, {d} log gamma";
        }
    }

    public override IDerivative? Generated => new FromGenerator(this);

    public override IDerivative HandWritten { get; }

    public override Action HessianVectorProduct
    {
        get
        {
            var workspace = new DerivativeWorkspace();
            (double[] Dot, double[] Product)[] twins = [.. new[] { _input.Alphas, _input.Means, _input.Icf }.Select(v => (v.Select(x => 0.5 * x).ToArray(), new double[v.Length]))];
            return () => GaussianMixture.LogPosteriorHessianVectorProduct(
                _input.Alphas, _input.Means, _input.Icf, _input.X, _input.Dimensions, _input.Components, _input.Points, _input.Gamma,
                _input.Freedom, _corrected, _diagonals, _logDeterminants, _centered, _whitened, _terms,
                twins[0].Dot, twins[1].Dot, twins[2].Dot, twins[0].Product, twins[1].Product, twins[2].Product, workspace);
        }
    }

    public override void Primal(Span<double> value) => value[0] = GaussianMixture.LogPosterior(
        _input.Alphas, _input.Means, _input.Icf, _input.X, _input.Dimensions, _input.Components, _input.Points, _input.Gamma,
        _input.Freedom, _corrected, _diagonals, _logDeterminants, _centered, _whitened, _terms);

    private sealed class FromGenerator(GaussianMixtureObjective o) : IDerivative
    {
        private readonly DerivativeWorkspace _workspace = new();

        public void Evaluate(Span<double> value, Span<double> derivative)
        {
            GaussianMixtureInput input = o._input;
            int weights = input.Alphas.Length, means = input.Means.Length;
            value[0] = GaussianMixture.LogPosteriorValueAndGradient(
                input.Alphas, input.Means, input.Icf, input.X, input.Dimensions, input.Components, input.Points, input.Gamma, input.Freedom,
                o._corrected, o._diagonals, o._logDeterminants, o._centered, o._whitened, o._terms,
                derivative[..weights], derivative.Slice(weights, means), derivative[(weights + means)..], _workspace);
        }
    }

    private sealed class ByHand(GaussianMixtureInput input, bool corrected) : IDerivative
    {
        private readonly GaussianMixtureByHand _derivative = new(input, corrected);

        public void Evaluate(Span<double> value, Span<double> derivative) => value[0] = _derivative.ValueAndGradient(derivative);
    }
}
