using DiffCompile.Corpus;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>What derivatives obey whatever the function is, and what they are for functions that are known.</summary>
public sealed class IdentityTests
{
    // Idea 36: what forward mode says column by column, reverse mode says row by row; for linear code to the last bit.
    [Fact]
    public void Jacobians_of_linear_code_are_equal_bit_by_bit()
    {
        foreach (System.Reflection.Assembly assembly in new[] { typeof(Identities).Assembly, CorpusAssembly.Unoptimized })
        {
            var f = new DifferentiableMethod(MatrixTests.Find(assembly, "DiffCompile.Corpus.Identities.Linear"));
            double[] x = [0.3, -1.7, 0.9, 2.1, -0.4, 0.0, 0.0, 0.0, 0.5, 0.25, 1.5];
            for (int input = 0; input < 8; input++)
            {
                double[] column = f.Jvp(x, Unit(8, input)).Tangent;
                for (int output = 0; output < 3; output++)
                {
                    double inReverse = f.Vjp(x, Unit(3, output))[input];
                    (inReverse + 0.0).ShouldBe(column[output] + 0.0, $"∂y{output}/∂{input}");
                }
            }
        }
    }

    // Idea 39: a scaled seed scales the result; a pullback adds to what is there, a gradient overwrites it.
    [Fact]
    public void A_scaled_cotangent_scales_the_pullback_which_is_added()
    {
        double[] x = [0.5, 0.25, -0.75, 1.25], once = new double[4], twice = new double[4], on = [1.0, 2.0, 3.0, 4.0], gradient = [double.NaN, 1.0, 2.0, 3.0];
        Identities.HomogeneousOfDegreeThreeVjp([.. x], 0.75, once);
        Identities.HomogeneousOfDegreeThreeVjp([.. x], -1.5, twice);
        twice.ShouldBe(once.Select(o => -2.0 * o).ToArray());
        Identities.HomogeneousOfDegreeThreeVjp([.. x], 0.75, on);
        on.ShouldBe(once.Select((o, i) => o + i + 1.0).ToArray(), 1e-14);
        Identities.HomogeneousOfDegreeThreeGradient([.. x], gradient);
        gradient.ShouldBe(once.Select(o => o / 0.75).ToArray(), 1e-14);
    }

    // Idea 40.
    [Fact]
    public void Identity_constant_and_unused_input()
    {
        Identities.IdentityGradient(0.3).ShouldBe(1.0);
        Identities.IdentityHessianVectorProduct(0.3, 2.0).ShouldBe(0.0);
        Identities.IdentityJvp(0.3, 0.7).ShouldBe((0.3, 0.7));
        double[] y = new double[4], xBar = [1.0, 1.0, 1.0, 1.0], yBar = [0.5, -0.25, 2.0, 0.0];
        Identities.IdentityOfArrayVjp([1.0, 2.0, 3.0, 4.0], y, xBar, yBar);
        y.ShouldBe([1.0, 2.0, 3.0, 4.0]);
        xBar.ShouldBe([1.5, 0.75, 3.0, 1.0]);
        yBar.ShouldBe([0.0, 0.0, 0.0, 0.0]);
        Identities.ConstantOnOneSideGradient(0.5, 1.0).ShouldBe((0.0, 0.0));
        Identities.ConstantOnOneSideGradient(0.5, -2.0).ShouldBe((-2.0, 0.5));
    }

    // Idea 41: Σ xᵢ ∂f/∂xᵢ = 3 f and Σ xᵢ ∂²f/∂xᵢ∂xⱼ = 2 ∂f/∂xⱼ.
    [Fact]
    public void Homogeneous_functions_obey_Euler()
    {
        double[] x = [0.5, 0.25, -0.75, 1.25], gradient = new double[4], product = new double[4];
        double value = Identities.HomogeneousOfDegreeThreeValueAndGradient([.. x], gradient);
        gradient.Zip(x, (g, a) => g * a).Sum().ShouldBe(3.0 * value, 1e-14);
        Identities.HomogeneousOfDegreeThreeHessianVectorProduct([.. x], x, product);
        product.ShouldBe(gradient.Select(g => 2.0 * g).ToArray(), 1e-13);
    }

    [Fact]
    public void Orthonormal_vectors_stay_orthonormal()
    {
        double[] a = [1.0, 0.25, 0.5, 0.75, 1.25, 0.375, 0.5, 0.25, 1.5], gradient = new double[9], product = new double[9];
        Identities.ScalarProductOfOrthonormalValueAndGradient(a, gradient).ShouldBe(0.0, 1e-15);
        gradient.ShouldAllBe(g => Math.Abs(g) < 1e-15);
        Identities.ScalarProductOfOrthonormalHessianVectorProduct(a, [0.3, -0.2, 0.7, 0.1, 0.9, -0.4, 0.2, 0.5, -0.6], product);
        product.ShouldAllBe(p => Math.Abs(p) < 1e-14);
    }

    private static double[] Unit(int length, int index) => Enumerable.Range(0, length).Select(i => i == index ? 1.0 : 0.0).ToArray();
}
