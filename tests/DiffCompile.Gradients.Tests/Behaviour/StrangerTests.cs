using System.Reflection;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Programs of people who do not know how the corpus is written.</summary>
public class StrangerTests
{
    [Fact]
    public void A_type_without_a_namespace_has_a_Jacobian()
    {
        var line = new DifferentiableMethod(TypeOf(
            """
            public static partial class Global
            {
                [Differentiable]
                public static void Line(double slope, ReadOnlySpan<double> x, Span<double> y)
                {
                    for (int i = 0; i < y.Length; i++)
                    {
                        y[i] = slope * x[i];
                    }
                }
            }
            """,
            "Global").GetMethod("Line")!,
            new Dictionary<string, int> { ["x"] = 2, ["y"] = 2 });
        line.Jacobian([3.0, 5.0, 7.0, 0.0, 0.0]).Matrix.ShouldBe([5.0, 3.0, 0.0, 7.0, 0.0, 3.0]);
    }

    // The marked method names no generated member itself: a helper does, or a helper of it, or a method group.
    [Theory]
    [InlineData("Relaxed")]
    [InlineData("Descended")]
    [InlineData("Handed")]
    public void Helpers_call_generated_members(string name)
    {
        Type type = TypeOf(
            """
            public static partial class Global
            {
                [Differentiable]
                public static double Well(double x) => (x * x * x * x) - (x * x);

                private static double Step(double x) => x - (0.1 * WellGradient(x));

                private static double Twice(double x) => Step(Step(x));

                private static double Slope(Func<double, double> slope, double x) => slope(x) * x;

                [Differentiable(DerivativeModes.SecondOrder)]
                public static double Relaxed(double x) => Twice(x) * x;

                private static double Descend(double x, int n) => n == 0 ? x : Descend(Step(x), n - 1);

                [Differentiable(DerivativeModes.SecondOrder)]
                public static double Descended(double x) => Descend(x, 3);

                [Differentiable(DerivativeModes.SecondOrder)]
                public static double Handed(double x) => Slope(WellGradient, x);
            }
            """,
            "Global");
        var f = new DifferentiableMethod(type.GetMethod(name)!);
        f.Has("HessianVectorProduct").ShouldBeTrue();
        EngineMatrix.Check(f, [0.75], new Random(3)).ShouldBeEmpty();
    }

    private static Type TypeOf(string source, string name)
    {
        Assembly assembly = GeneratorHarness.Generate("using System;\nusing DiffCompile;\n\n" + source).Load();
        return assembly.GetType(name).ShouldNotBeNull();
    }
}
