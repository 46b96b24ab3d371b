namespace DiffCompile.Verification;

/// <summary>Compares two sides of a check and notes the result.</summary>
internal sealed class Comparison(GradientCheckOptions options, IReadOnlyList<double> point, List<GradientCheckEntry> entries)
{
    // The estimated error of finite differences is an estimate.
    private const double ErrorFactor = 4.0;

    // Finite differences that are more uncertain than this, relative to the derivative, decide nothing. A derivative of
    // exactly zero has no size; there the uncertainty is measured against the slope that the values could have.
    private const double Uncertain = 0.02;
    private const double UncertainZero = 1e-7;

    /// <summary>A derivative against finite differences; <paramref name="size"/> is that of the terms whose sum was found.</summary>
    public void Numeric(GradientCheckKind kind, string component, FiniteDifferenceEstimate expected, double found, double size = 0.0)
    {
        double error = ErrorFactor * expected.Error;
        double scale = Math.Max(Math.Max(Math.Abs(expected.Value), Math.Abs(found)), size);
        double tolerance = (options.NumericTolerance * scale) + error;
        double decisive = found == 0.0 ? UncertainZero * expected.Slope : Uncertain * scale;
        GradientCheckOutcome outcome =
            !double.IsFinite(found) ? GradientCheckOutcome.Failed
            : !double.IsFinite(expected.Value) ? GradientCheckOutcome.Inconclusive
            : !(Math.Abs(expected.Value - found) <= tolerance) ? GradientCheckOutcome.Failed
            : error > decisive ? GradientCheckOutcome.Inconclusive
            : GradientCheckOutcome.Passed;
        entries.Add(new GradientCheckEntry(kind, component, expected.Value, found, tolerance, point, outcome));
    }

    /// <summary>
    /// Two derivatives that agree to rounding, <paramref name="size"/> being that of what was added and taken away. At a kink
    /// they may be infinite; then nothing is compared.
    /// </summary>
    public void Exact(GradientCheckKind kind, string component, double expected, double found, bool isSmooth, double size = 0.0)
    {
        if (!isSmooth && !(double.IsFinite(expected) && double.IsFinite(found)))
        {
            return;
        }

        double tolerance = options.ExactTolerance * (Math.Max(Math.Abs(expected), Math.Abs(found)) + size);
        bool agree = Math.Abs(expected - found) <= tolerance;
        entries.Add(new GradientCheckEntry(kind, component, expected, found, tolerance, point, agree ? GradientCheckOutcome.Passed : GradientCheckOutcome.Failed));
    }

    /// <summary>⟨a, b⟩ against ⟨c, d⟩; they may cancel, so the size of their terms counts.</summary>
    public void Products(GradientCheckKind kind, double[] a, double[] b, double[] c, double[] d, bool isSmooth) =>
        Exact(kind, "", Sums.Product(a, b), Sums.Product(c, d), isSmooth, Math.Max(Sums.Size(a, b), Sums.Size(c, d)));

    public void Exceptions(string member, Exception? ofValue, Exception? ofMember)
    {
        bool agree = ofValue?.GetType() == ofMember?.GetType();
        string note = agree ? "" : $"the function {Describe(ofValue)}, the derivative {Describe(ofMember)}";
        entries.Add(new GradientCheckEntry(
            GradientCheckKind.ExceptionParity, member, ofValue is null ? 0.0 : 1.0, ofMember is null ? 0.0 : 1.0, 0.0, point,
            agree ? GradientCheckOutcome.Passed : GradientCheckOutcome.Failed, note));
    }

    private static string Describe(Exception? e) => e is null ? "returns" : $"throws {e.GetType().Name} (\"{e.Message}\")";
}

/// <summary>Sums of products. Terms with a factor of exactly zero count as zero, so that inputs that are left out cannot spoil them.</summary>
internal static class Sums
{
    public static double Product(double[] a, double[] b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] == 0.0 || b[i] == 0.0 ? 0.0 : a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Sum of the absolute values of the terms.</summary>
    public static double Size(double[] a, double[] b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] == 0.0 || b[i] == 0.0 ? 0.0 : Math.Abs(a[i] * b[i]);
        }

        return sum;
    }

    public static FiniteDifferenceEstimate Product(double[] factors, FiniteDifferenceEstimate[] estimates)
    {
        (double value, double error, double slope) = (0.0, 0.0, 0.0);
        for (int i = 0; i < factors.Length; i++)
        {
            value += factors[i] * estimates[i].Value;
            error += Math.Abs(factors[i]) * estimates[i].Error;
            slope += Math.Abs(factors[i]) * estimates[i].Slope;
        }

        return new FiniteDifferenceEstimate(value, error) { Slope = slope };
    }
}
