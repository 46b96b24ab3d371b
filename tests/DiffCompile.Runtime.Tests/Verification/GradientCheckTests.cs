using DiffCompile.Verification;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Verification;

/// <summary>Right derivatives pass, and each kind of wrong one is caught by the check that is meant for it.</summary>
public sealed class GradientCheckTests
{
    // f = x² sin y + x
    private static double F(double x, double y) => (x * x * Math.Sin(y)) + x;

    private static (double X, double Y) Gradient(double x, double y) => ((2.0 * x * Math.Sin(y)) + 1.0, x * x * Math.Cos(y));

    private static (double Value, double Tangent) Jvp(double x, double y, double xDot, double yDot) =>
        (F(x, y), (Gradient(x, y).X * xDot) + (Gradient(x, y).Y * yDot));

    private static (double X, double Y) Vjp(double x, double y, double bar) => (Gradient(x, y).X * bar, Gradient(x, y).Y * bar);

    private static (double X, double Y) Hvp(double x, double y, double xDot, double yDot)
    {
        double xy = 2.0 * x * Math.Cos(y);
        return ((2.0 * Math.Sin(y) * xDot) + (xy * yDot), (xy * xDot) - (x * x * Math.Sin(y) * yDot));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-77)]
    public void Right_derivatives_pass(int seed)
    {
        GradientCheckReport report = GradientCheck.Of(F, Gradient, Jvp, Vjp, Hvp, options: new GradientCheckOptions { Seed = seed });

        report.ThrowIfInconsistent();
        report.IsConsistent.ShouldBeTrue();
        report.Undecided.ShouldBeEmpty();
        report.Entries.Select(e => e.Kind).Distinct().ShouldBe(Enum.GetValues<GradientCheckKind>().Where(k => k != GradientCheckKind.Coverage), ignoreOrder: true);
        report.Entries.ShouldAllBe(e => e.Outcome == GradientCheckOutcome.Passed);
        report.ToString().ShouldBe($"F: derivatives are consistent, {report.Entries.Count} checks, 0 failed, seed {seed}");
    }

    [Fact]
    public void One_and_three_arguments()
    {
        GradientCheck.Of(Math.Exp, Math.Exp, (x, v) => (Math.Exp(x), Math.Exp(x) * v), (x, c) => Math.Exp(x) * c, (x, v) => Math.Exp(x) * v).ThrowIfInconsistent();
        GradientCheck.Of(
            (x, y, z) => x * y * z,
            (x, y, z) => (y * z, x * z, x * y),
            (x, y, z, a, b, c) => (x * y * z, (y * z * a) + (x * z * b) + (x * y * c)),
            (x, y, z, bar) => (y * z * bar, x * z * bar, x * y * bar),
            (x, y, z, a, b, c) => ((z * b) + (y * c), (z * a) + (x * c), (y * a) + (x * b))).ThrowIfInconsistent();
    }

    public static TheoryData<string> WrongGradients => ["sign", "scale", "swapped", "missing term"];

    [Theory]
    [MemberData(nameof(WrongGradients))]
    public void Wrong_gradients_are_caught(string fault)
    {
        (double X, double Y) Wrong(double x, double y) => fault switch
        {
            "sign" => (Gradient(x, y).X, -Gradient(x, y).Y),
            "scale" => (Gradient(x, y).X * 1.00001, Gradient(x, y).Y),
            "swapped" => (Gradient(x, y).Y, Gradient(x, y).X),
            _ => (2.0 * x * Math.Sin(y), Gradient(x, y).Y),
        };

        Caught(GradientCheck.Of(F, Wrong), GradientCheckKind.Gradient);
    }

    [Fact]
    public void A_wrong_JVP_is_caught_twice_over() => Caught(
        GradientCheck.Of(F, Gradient, (x, y, xDot, yDot) => (F(x, y), Jvp(x, y, xDot, -yDot).Tangent), Vjp),
        GradientCheckKind.Jvp, GradientCheckKind.InnerProduct);

    [Fact]
    public void A_wrong_VJP_is_caught_twice_over() => Caught(
        GradientCheck.Of(F, Gradient, Jvp, (x, y, bar) => (Gradient(x, y).X * bar, Gradient(x, y).Y * bar * bar)),
        GradientCheckKind.Vjp, GradientCheckKind.InnerProduct, GradientCheckKind.GradientAgainstVjp);

    [Fact]
    public void A_VJP_that_forgets_its_cotangent_is_caught() =>
        Caught(GradientCheck.Of(F, Gradient, vjp: (x, y, _) => Gradient(x, y)), GradientCheckKind.Vjp, GradientCheckKind.GradientAgainstVjp);

    [Fact]
    public void Another_value_than_the_function_returns_is_caught() =>
        Caught(GradientCheck.Of(F, Gradient, (x, y, a, b) => (Math.BitIncrement(F(x, y)), Jvp(x, y, a, b).Tangent)), GradientCheckKind.ExceptionParity);

    [Theory]
    [InlineData("missing term")]
    [InlineData("sign")]
    public void Wrong_second_derivatives_are_caught(string fault)
    {
        (double X, double Y) Wrong(double x, double y, double xDot, double yDot) => fault == "sign"
            ? (Hvp(x, y, xDot, yDot).X, -Hvp(x, y, xDot, yDot).Y)
            : (2.0 * Math.Sin(y) * xDot, Hvp(x, y, xDot, yDot).Y);

        Caught(
            GradientCheck.Of(F, Gradient, hessianVectorProduct: Wrong),
            GradientCheckKind.HessianVectorProduct, GradientCheckKind.HessianSymmetry);
    }

    [Fact]
    public void A_symmetric_but_wrong_second_derivative_is_caught_by_differences() => Caught(
        GradientCheck.Of(F, Gradient, hessianVectorProduct: (x, y, a, b) => (2.0 * Hvp(x, y, a, b).X, 2.0 * Hvp(x, y, a, b).Y)),
        GradientCheckKind.HessianVectorProduct);

    [Fact]
    public void An_array_gradient_passes_and_a_wrong_shape_is_caught()
    {
        static double Norm(double[] x) => x.Sum(e => e * e);
        GradientCheckInput[] inputs = [.. GradientCheckInput.Elements("x", 4)];

        GradientCheck.Of(Norm, x => x.Select(e => 2.0 * e).ToArray(), inputs).ThrowIfInconsistent();
        GradientCheckReport report = GradientCheck.Of(Norm, x => x.Select(e => 2.0 * e).Append(0.0).ToArray(), inputs);

        Caught(report, GradientCheckKind.ExceptionParity);
        report.ToString().ShouldContain("The gradient has 5 elements where the input has 4");
    }

    [Fact]
    public void An_element_that_was_not_written_is_caught() => Caught(
        GradientCheck.Run(Sum(gradient: (_, result) => result[0] = 1.0)), GradientCheckKind.Gradient);

    [Fact]
    public void Writing_out_of_bounds_is_caught() => Caught(
        GradientCheck.Run(Sum(gradient: (_, result) => result[3] = 1.0)), GradientCheckKind.ExceptionParity);

    [Fact]
    public void A_VJP_that_overwrites_is_caught()
    {
        GradientCheck.Run(Sum(vjp: (_, c, result) => { result[0] += c[0]; result[1] += c[0]; })).ThrowIfInconsistent();
        Caught(GradientCheck.Run(Sum(vjp: (_, c, result) => { result[0] += c[0]; result[1] = c[0]; })), GradientCheckKind.Accumulation);
    }

    [Fact]
    public void Several_outputs_and_inputs_that_are_not_differentiated()
    {
        // (a, n, b) → (n a b, a + b): n is whole, b is only used.
        static void Value(ReadOnlySpan<double> x, Span<double> y) => (y[0], y[1]) = (x[1] * x[0] * x[2], x[0] + x[2]);
        GradientCheckTarget Target(double factor) => new()
        {
            Name = "Scale",
            Inputs = [new("a", 0.5, 2.0), new("n", 1, 4) { IsInteger = true }, new("b") { IsDifferentiated = false }],
            Outputs = 2,
            Value = Value,
            Jvp = (x, v, result) => (result[0], result[1]) = (x[1] * x[2] * v[0], v[0]),
            Vjp = (x, c, result) => result[0] += (x[1] * x[2] * c[0]) + (factor * c[1]),
        };

        GradientCheckReport right = GradientCheck.Run(Target(1.0));
        right.ThrowIfInconsistent();
        right.Entries.Select(e => e.Point[1]).ShouldAllBe(n => n >= 1.0 && n <= 4.0 && n == Math.Floor(n));
        Caught(GradientCheck.Run(Target(2.0)), GradientCheckKind.Vjp, GradientCheckKind.InnerProduct);
    }

    [Fact]
    public void Exceptions_must_be_those_of_the_function()
    {
        static double Root(double x) => x >= 0.0 ? Math.Pow(x, 1.5) : throw new ArgumentOutOfRangeException(nameof(x));
        static double Derivative(double x) => x >= 0.0 ? 1.5 * Math.Sqrt(x) : throw new ArgumentOutOfRangeException(nameof(x));

        GradientCheckReport right = GradientCheck.Of(Root, Derivative);
        right.ThrowIfInconsistent();
        right.Name.ShouldBe("Root");
        Caught(GradientCheck.Of(Root, x => 1.5 * Math.Sqrt(x)), GradientCheckKind.ExceptionParity);
        Caught(GradientCheck.Of(Root, x => x >= 0.0 ? Derivative(x) : throw new InvalidOperationException()), GradientCheckKind.ExceptionParity);
        Caught(GradientCheck.Of(x => x * x, x => x > 0.0 ? 2.0 * x : throw new InvalidOperationException()), GradientCheckKind.ExceptionParity);
    }

    [Fact]
    public void A_kink_passes_only_when_it_is_told()
    {
        GradientCheckReport At(bool isSmooth) => GradientCheck.Of(
            Math.Abs, x => Math.Sign(x) + (x == 0.0 ? 0.5 : 0.0), vjp: (x, c) => c * (Math.Sign(x) + (x == 0.0 ? 0.5 : 0.0)),
            options: new GradientCheckOptions { Points = [new([0.0], isSmooth)] });

        // A subgradient of ½ is a choice at the kink, but not the mean that central differences find.
        At(isSmooth: true).IsConsistent.ShouldBeFalse();
        At(isSmooth: false).ThrowIfInconsistent();
    }

    [Fact]
    public void Drawn_points_near_a_kink_can_be_told_by_a_predicate()
    {
        // A fine saw tooth: steps of a fiftieth meet a kink everywhere, so differences decide nothing or disagree.
        static double Saw(double x) => Math.Abs(x - (0.001 * Math.Round(x / 0.001)));
        static double Slope(double x) => Math.Sign(x - (0.001 * Math.Round(x / 0.001)));

        GradientCheck.Of(Saw, Slope).IsConsistent.ShouldBeFalse();
        GradientCheck.Of(Saw, Slope, vjp: (x, c) => Slope(x) * c, options: new GradientCheckOptions { IsSmooth = _ => false }).ThrowIfInconsistent();
    }

    [Fact]
    public void A_function_without_a_finite_value_is_not_called_consistent()
    {
        GradientCheckReport report = GradientCheck.Of(x => double.NaN * x, x => double.NaN * x);

        Caught(report, GradientCheckKind.Coverage);
        report.ToString().ShouldContain("state its domain");
    }

    [Fact]
    public void Differences_without_meaning_are_reported_as_undecided()
    {
        // Values near 1e18 round to multiples of 128, so the slope of 1 cannot be seen.
        GradientCheckReport report = GradientCheck.Of(x => 1e18 + x, _ => 1.0);

        report.Failures.ShouldBeEmpty();
        report.Undecided.ShouldBe([GradientCheckKind.Gradient]);
        report.IsConsistent.ShouldBeFalse();
    }

    [Fact]
    public void An_input_without_effect_is_decided() =>
        GradientCheck.Of((x, y) => Math.Exp(x), (x, y) => (Math.Exp(x), 0.0)).Entries.ShouldAllBe(e => e.Outcome == GradientCheckOutcome.Passed);

    [Fact]
    public void Single_precision_has_its_own_tolerances()
    {
        static double F32(double x) => (float)MathF.Exp((float)x);

        GradientCheck.Of(F32, F32, options: GradientCheckOptions.SinglePrecision).ThrowIfInconsistent();
        Caught(GradientCheck.Of(F32, x => 1.02 * F32(x), options: GradientCheckOptions.SinglePrecision), GradientCheckKind.Gradient);
    }

    [Fact]
    public void The_seed_decides_the_points()
    {
        IEnumerable<double> Points(int seed) => GradientCheck.Of(F, Gradient, options: new GradientCheckOptions { Seed = seed }).Entries.SelectMany(e => e.Point);

        Points(3).ShouldBe(Points(3));
        Points(3).ShouldNotBe(Points(4));
    }

    [Fact]
    public void Points_lie_in_the_ranges()
    {
        GradientCheckInput[] inputs = [new("x", 2.0, 3.0), new("y", 0.0, double.PositiveInfinity), new("z", double.NegativeInfinity, -5.0)];

        GradientCheckReport report = GradientCheck.Of(
            (x, y, z) => x * Math.Log(y) * Math.Log(-z), (x, y, z) => (Math.Log(y) * Math.Log(-z), x * Math.Log(-z) / y, x * Math.Log(y) / z), inputs: inputs,
            options: new GradientCheckOptions { RandomPoints = 30 });

        report.ThrowIfInconsistent();
        report.Entries.ShouldAllBe(e => e.Point[0] > 2.0 && e.Point[0] < 3.0 && e.Point[1] >= 0.1 && e.Point[1] <= 10.0 && e.Point[2] <= -5.1 && e.Point[2] >= -15.0);
    }

    [Fact]
    public void Many_inputs_are_varied_together()
    {
        static double Cubes(double[] x) => x.Select((e, i) => (i + 1) * e * e * e).Sum();
        static double[] Right(double[] x) => x.Select((e, i) => 3.0 * (i + 1) * e * e).ToArray();
        static double[] Wrong(double[] x) => Right(x).Select((g, i) => i == 150 ? -g : g).ToArray();
        GradientCheckInput[] inputs = [.. GradientCheckInput.Elements("x", 200)];

        GradientCheck.Of(Cubes, Right, inputs).ThrowIfInconsistent();
        Caught(GradientCheck.Of(Cubes, Wrong, inputs), GradientCheckKind.Gradient);
    }

    [Fact]
    public void A_failure_reads_in_any_culture()
    {
        var previous = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("sv-SE");
        try
        {
            GradientCheckReport report = GradientCheck.Of(x => x, _ => -1.5, options: new GradientCheckOptions { RandomPoints = 0, Points = [new([0.25])] });
            string text = Should.Throw<GradientCheckException>(report.ThrowIfInconsistent).Message;

            text.ShouldStartWith("lambda: derivatives are NOT consistent");
            text.ShouldContain("\n  Failed: Gradient [x]: expected ");
            text.ShouldContain(" at (0.25)");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = previous;
        }
    }

    [Fact]
    public void Cancelled_before_the_first_point() => Should.Throw<OperationCanceledException>(
        () => GradientCheck.Run(Sum(gradient: (_, g) => g.Fill(1.0)), cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void What_cannot_be_checked_is_refused()
    {
        Should.Throw<ArgumentException>(() => GradientCheck.Run(Sum())).Message.ShouldContain("no derivative to check");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, inputs: [new("x")])).Message.ShouldContain("1 inputs are described where the function takes 2");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, inputs: [new("x", 2.0, 1.0), new("y")])).Message.ShouldContain("[2, 1] of input 'x' is empty");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, inputs: [new("x", double.NaN, 1.0), new("y")])).Message.ShouldContain("[NaN, 1]");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, options: new() { Points = [new([1.0])] })).Message.ShouldContain("Point 0 has 1 numbers where 'F' takes 2");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, options: new() { RandomPoints = 0 })).Message.ShouldContain("no point at which to check 'F'");
        Should.Throw<ArgumentException>(() => GradientCheck.Of(F, Gradient, options: new() { NumericTolerance = double.NaN })).Message.ShouldContain("positive and finite");
    }

    private static GradientCheckTarget Sum(VectorFunction? gradient = null, PullbackFunction? vjp = null) => new()
    {
        Name = "Sum",
        Inputs = [new("a"), new("b")],
        Value = (x, result) => result[0] = x[0] + x[1],
        Gradient = gradient,
        Vjp = vjp,
    };

    private static void Caught(GradientCheckReport report, params GradientCheckKind[] by)
    {
        report.IsConsistent.ShouldBeFalse();
        report.Failures.Select(f => f.Kind).Distinct().ShouldBe(by, ignoreOrder: true);
        Should.Throw<GradientCheckException>(report.ThrowIfInconsistent).Message.ShouldBe(report.ToString());
    }
}
