namespace DiffCompile.Verification;

/// <summary>Every check at one point.</summary>
internal sealed class PointCheck(
    GradientCheckTarget target, GradientCheckOptions options, GradientCheckPoint point, SeededNumbers factors, List<GradientCheckEntry> entries)
{
    private const int RandomDirections = 2;

    private readonly double[] _x = point.X.ToArray();
    private readonly Comparison _compare = new(options, point.X, entries);
    private readonly int[] _active = Enumerable.Range(0, target.Inputs.Count).Where(i => target.Inputs[i].IsActive).ToArray();

    /// <summary>False where the function throws or is not finite, so that only exceptions were compared.</summary>
    public bool Run()
    {
        double[] v = RandomDirection(), w = RandomDirection();
        double[] cotangents = factors.Factors(target.Outputs);
        Attempt value = Attempt.Of(target.Outputs, result => target.Value(_x, result));

        double[]? tangent = Call("Jvp", value, target.Jvp, target.Outputs, (f, result) => f(_x, v, result));
        double[]? pulled = Call("Vjp", value, target.Vjp, _x.Length, (f, result) => Pull(f, cotangents, result, new double[_x.Length]));
        double[]? gradient = Call("Gradient", value, target.Gradient, _x.Length, (f, result) => f(_x, result));
        double[]? product = Call("HessianVectorProduct", value, target.HessianVectorProduct, _x.Length, (f, result) => f(_x, v, result));
        if (value.Result is null || !Array.TrueForAll(value.Result, double.IsFinite))
        {
            return false;
        }

        if (pulled is not null)
        {
            Accumulation(value, cotangents, pulled);
        }

        if (tangent is not null && pulled is not null)
        {
            _compare.Products(GradientCheckKind.InnerProduct, cotangents, tangent, pulled, v, point.IsSmooth);
        }

        if (gradient is not null && pulled is not null)
        {
            foreach (int i in _active)
            {
                _compare.Exact(GradientCheckKind.GradientAgainstVjp, target.Inputs[i].Name, pulled[i], cotangents[0] * gradient[i], point.IsSmooth);
            }
        }

        if (product is not null)
        {
            double[]? other = Call("HessianVectorProduct", value, target.HessianVectorProduct, _x.Length, (f, result) => f(_x, w, result));
            if (other is not null)
            {
                _compare.Products(GradientCheckKind.HessianSymmetry, w, product, other, v, point.IsSmooth);
            }
        }

        if (point.IsSmooth)
        {
            FirstOrder(cotangents, gradient, pulled);
            SecondOrder(v, product);
        }

        return true;
    }

    /// <summary>Calls a derivative, if it is given, and compares exceptions. Null: not given, or it threw.</summary>
    private double[]? Call<T>(string member, Attempt value, T? function, int length, Action<T, double[]> call)
        where T : Delegate
    {
        if (function is null)
        {
            return null;
        }

        Attempt attempt = Attempt.Of(length, result => call(function, result));
        _compare.Exceptions(member, value.Error, attempt.Error);
        return attempt.Result;
    }

    /// <summary>What a pullback adds to <paramref name="start"/>.</summary>
    private void Pull(PullbackFunction vjp, double[] cotangents, double[] result, double[] start)
    {
        start.CopyTo(result, 0);
        vjp(_x, cotangents, result);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] -= start[i];
        }
    }

    private void Accumulation(Attempt value, double[] cotangents, double[] pulled)
    {
        double[] start = factors.Factors(_x.Length);
        double[]? added = Call("Vjp", value, target.Vjp, _x.Length, (f, result) => Pull(f, cotangents, result, start));
        foreach (int i in added is null ? [] : _active)
        {
            _compare.Exact(GradientCheckKind.Accumulation, target.Inputs[i].Name, pulled[i], added![i], point.IsSmooth, size: Math.Abs(start[i]));
        }
    }

    private void FirstOrder(double[] cotangents, double[]? gradient, double[]? pulled)
    {
        foreach ((string name, double[] direction) in Directions())
        {
            if (target.Jvp is null && gradient is null && pulled is null)
            {
                return;
            }

            FiniteDifferenceEstimate[] differences = FiniteDifference.Directional(
                target.Value, target.Outputs, _x, direction, StepAlong(direction), options.ValuePrecision);
            if (target.Jvp is { } jvp && Attempt.Of(target.Outputs, result => jvp(_x, direction, result)).Result is { } tangent)
            {
                for (int k = 0; k < tangent.Length; k++)
                {
                    string output = target.Outputs == 1 ? "" : FormattableString.Invariant($", output {k}");
                    _compare.Numeric(GradientCheckKind.Jvp, name + output, differences[k], tangent[k]);
                }
            }

            if (gradient is not null)
            {
                _compare.Numeric(GradientCheckKind.Gradient, name, differences[0], Sums.Product(gradient, direction), Sums.Size(gradient, direction));
            }

            if (pulled is not null)
            {
                _compare.Numeric(GradientCheckKind.Vjp, name, Sums.Product(cotangents, differences), Sums.Product(pulled, direction), Sums.Size(pulled, direction));
            }
        }
    }

    private void SecondOrder(double[] v, double[]? product)
    {
        if (product is null)
        {
            return;
        }

        VectorFunction gradient = target.Gradient ?? ((x, result) =>
        {
            result.Clear();
            target.Vjp!(x, [1.0], result);
        });
        FiniteDifferenceEstimate[] differences = FiniteDifference.Directional(gradient, _x.Length, _x, v, StepAlong(v), options.ValuePrecision);
        foreach (int i in _active)
        {
            _compare.Numeric(GradientCheckKind.HessianVectorProduct, target.Inputs[i].Name, differences[i], product[i]);
        }
    }

    /// <summary>Each input alone, where there are not too many; and all together.</summary>
    private IEnumerable<(string Name, double[] Direction)> Directions()
    {
        if (_active.Length <= options.MaxSingleInputs)
        {
            double[] lengths = factors.Factors(_active.Length);
            for (int i = 0; i < _active.Length; i++)
            {
                double[] direction = new double[_x.Length];
                direction[_active[i]] = lengths[i];
                yield return (target.Inputs[_active[i]].Name, direction);
            }
        }

        for (int i = 0; i < RandomDirections; i++)
        {
            yield return (FormattableString.Invariant($"random direction {i}"), RandomDirection());
        }
    }

    private double[] RandomDirection()
    {
        double[] direction = new double[_x.Length];
        double[] drawn = factors.Factors(_active.Length);
        for (int i = 0; i < _active.Length; i++)
        {
            direction[_active[i]] = drawn[i];
        }

        return direction;
    }

    /// <summary>A generous step that stays inside the ranges of the inputs.</summary>
    private double StepAlong(double[] direction)
    {
        const double smallest = 1e-3, edge = 1e-6;
        double step = double.PositiveInfinity;
        foreach (int i in _active.Where(i => direction[i] != 0.0))
        {
            GradientCheckInput input = target.Inputs[i];
            double toEdge = Math.Min(_x[i] - input.Min, input.Max - _x[i]);
            double size = Math.Max(Math.Abs(_x[i]), smallest * input.Width);
            double length = options.StepScale * (toEdge < 0.0 ? size : Math.Min(size, input.Width));

            // A given point on the very edge is the caller's affair: differences need room on both sides.
            length = toEdge > edge * input.Width ? Math.Min(length, 0.99 * toEdge) : length;
            step = Math.Min(step, length / Math.Abs(direction[i]));
        }

        return step;
    }

    /// <summary>A result, or the exception instead. What was not written is NaN.</summary>
    private readonly record struct Attempt(double[]? Result, Exception? Error)
    {
        public static Attempt Of(int length, Action<double[]> call)
        {
            double[] result = new double[length];
            Array.Fill(result, double.NaN);
            try
            {
                call(result);
                return new Attempt(result, null);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return new Attempt(null, e);
            }
        }
    }
}
