using DiffCompile.MathNetNumerics;
using DiffCompile.Verification;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.MathNetNumerics;

public sealed class DifferentiableObjectiveTests
{
    private static readonly Vector<double> Start = Vector<double>.Build.Dense([-1.2, 1.0]);

    // H. H. Rosenbrock, Comput. J. 3, 175 (1960): minimum 0 at (1, 1), usual start (−1.2, 1).
    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double a = 1.0 - x[0], b = x[1] - (x[0] * x[0]);
        (gradient[0], gradient[1]) = ((-2.0 * a) - (400.0 * x[0] * b), 200.0 * b);
        return (a * a) + (100.0 * b * b);
    }

    private static void RosenbrockHessian(ReadOnlySpan<double> x, Span<double> hessian) =>
        (hessian[0], hessian[1], hessian[2], hessian[3]) = (2.0 - (400.0 * (x[1] - (3.0 * x[0] * x[0]))), -400.0 * x[0], -400.0 * x[0], 200.0);

    [Fact]
    public void The_derivatives_of_the_test_function_are_right() => GradientCheck.Run(new GradientCheckTarget
    {
        Name = "Rosenbrock",
        Inputs = [new("x"), new("y")],
        Value = (x, result) => result[0] = Rosenbrock(x, new double[2]),
        Gradient = (x, result) => Rosenbrock(x, result),
        HessianVectorProduct = (x, v, result) =>
        {
            double[] h = new double[4];
            RosenbrockHessian(x, h);
            (result[0], result[1]) = ((h[0] * v[0]) + (h[1] * v[1]), (h[2] * v[0]) + (h[3] * v[1]));
        },
    }).ThrowIfInconsistent();

    [Fact]
    public void Bfgs_minimises_Rosenbrocks_function()
    {
        var minimizer = new BfgsMinimizer(gradientTolerance: 1e-8, parameterTolerance: 1e-12, functionProgressTolerance: 1e-16, maximumIterations: 500);

        MinimizationResult result = minimizer.FindMinimum(new DifferentiableObjective(Rosenbrock), Start);

        result.MinimizingPoint[0].ShouldBe(1.0, 1e-6);
        result.MinimizingPoint[1].ShouldBe(1.0, 1e-6);
        result.FunctionInfoAtMinimum.Value.ShouldBeLessThan(1e-12);
    }

    [Fact]
    public void Newton_minimises_Rosenbrocks_function_with_the_Hessian()
    {
        var objective = new DifferentiableObjective(Rosenbrock, RosenbrockHessian);

        MinimizationResult result = new NewtonMinimizer(gradientTolerance: 1e-8, maximumIterations: 100, useLineSearch: true).FindMinimum(objective, Start);

        result.MinimizingPoint[0].ShouldBe(1.0, 1e-8);
        result.MinimizingPoint[1].ShouldBe(1.0, 1e-8);
    }

    [Fact]
    public void Nothing_is_evaluated_twice_or_without_need()
    {
        int evaluations = 0, hessians = 0;
        var objective = new DifferentiableObjective(
            (x, gradient) =>
            {
                evaluations++;
                return Rosenbrock(x, gradient);
            },
            (x, hessian) =>
            {
                hessians++;
                RosenbrockHessian(x, hessian);
            });

        objective.EvaluateAt(Start);
        evaluations.ShouldBe(0);
        objective.Value.ShouldBe(24.2, 1e-12);
        objective.Gradient[0].ShouldBe(-215.6, 1e-12);
        objective.Gradient[1].ShouldBe(-88.0, 1e-12);
        (evaluations, hessians).ShouldBe((1, 0));
        objective.Hessian[0, 0].ShouldBe(1330.0, 1e-12);
        objective.Hessian[0, 1].ShouldBe(480.0, 1e-12);
        (evaluations, hessians).ShouldBe((1, 1));
    }

    [Fact]
    public void A_fork_stays_where_it_is_and_what_was_handed_out_does_not_change()
    {
        Vector<double> point = Start.Clone();
        var objective = new DifferentiableObjective(Rosenbrock);
        objective.EvaluateAt(point);
        Vector<double> gradient = objective.Gradient;
        IObjectiveFunction fork = objective.Fork();
        point[0] = 5.0;

        objective.Point[0].ShouldBe(-1.2);
        objective.EvaluateAt(Vector<double>.Build.Dense([1.0, 1.0]));

        objective.Value.ShouldBe(0.0);
        fork.Value.ShouldBe(24.2, 1e-12);
        fork.Point[0].ShouldBe(-1.2);
        gradient[0].ShouldBe(-215.6, 1e-12);
    }

    [Fact]
    public void What_is_not_there_is_said()
    {
        var objective = new DifferentiableObjective(Rosenbrock);

        objective.IsGradientSupported.ShouldBeTrue();
        objective.IsHessianSupported.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => objective.Value).Message.ShouldContain("call EvaluateAt first");
        objective.EvaluateAt(Start);
        Should.Throw<NotSupportedException>(() => objective.Hessian).Message.ShouldContain("without a Hessian");
        Should.Throw<InvalidOperationException>(() => objective.CreateNew().Point);
    }

    [Fact]
    public void Vectors_and_spans()
    {
        ReadOnlySpan<double> numbers = [1.0, 0.0, 3.0];
        Vector<double> dense = numbers.ToVector();
        dense.ToArray().ShouldBe([1.0, 0.0, 3.0]);
        dense.AsReadOnlySpan().Overlaps(dense.AsArray()).ShouldBeTrue("no copy of a dense vector");
        Vector<double>.Build.SparseOfVector(dense).AsReadOnlySpan().ToArray().ShouldBe([1.0, 0.0, 3.0]);
        Should.Throw<ArgumentException>(() => ReadOnlySpan<double>.Empty.ToVector()).ParamName.ShouldBe("numbers");
    }
}
