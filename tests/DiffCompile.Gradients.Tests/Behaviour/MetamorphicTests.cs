using System.Reflection;
using System.Text.RegularExpressions;
using DiffCompile.Corpus;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>How a function is written must not change its derivatives.</summary>
public sealed class MetamorphicTests
{
    private const double Tolerance = 1e-14;

    // The same operations in the same order, only named or arranged otherwise.
    private static readonly string[] SameArithmetic = ["Naming", "Overwritten", "Dead", "Packed"];

    public static TheoryData<string> Families => [.. Members(typeof(Metamorphic).Assembly).Select(m => Family(m.Name)).Distinct()];

    [Theory]
    [MemberData(nameof(Families))]
    public void Variants_have_one_gradient(string family)
    {
        foreach (Assembly assembly in new[] { typeof(Metamorphic).Assembly, CorpusAssembly.Unoptimized })
        {
            DifferentiableMethod[] variants = [.. Members(assembly).Where(m => Family(m.Name) == family).Select(m => new DifferentiableMethod(m))];
            variants.Length.ShouldBeGreaterThan(1);
            var random = new Random(5);
            for (int i = 0; i < 20; i++)
            {
                double[] x = [.. variants[0].Active.Select(_ => (3.0 * random.NextDouble()) - 1.5)];
                double[] v = [.. variants[0].Active.Select(_ => random.NextDouble())];
                foreach (DifferentiableMethod other in variants.Skip(1))
                {
                    double tolerance = SameArithmetic.Contains(family) ? 0.0 : Tolerance;
                    Same(other.Value(x), variants[0].Value(x), 0.0);
                    Same(other.Gradient(x), variants[0].Gradient(x), tolerance);
                    Same(other.Vjp(x, [-1.75]), variants[0].Vjp(x, [-1.75]), tolerance);
                    Same(other.Jvp(x, v).Tangent, variants[0].Jvp(x, v).Tangent, tolerance);
                    Same(other.HessianVectorProduct(x, v), variants[0].HessianVectorProduct(x, v), 10.0 * tolerance);
                }
            }
        }
    }

    private static void Same(double[] actual, double[] expected, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = tolerance * (1.0 + expected.Max(Math.Abs));
            Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(allowed);
        }
    }

    private static string Family(string name) => Regex.Replace(name, @"\d$", "");

    private static IEnumerable<MethodInfo> Members(Assembly assembly) => MatrixTests.Functions(assembly).Where(m => m.DeclaringType!.Name == nameof(Metamorphic));
}
