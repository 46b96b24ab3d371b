using System.Reflection;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests;

/// <summary>
/// Random control flow: JVP, VJP and second derivatives against each other, with optimisations on and off. The points may lie
/// near branches, so that finite differences are left to the corpus.
/// </summary>
public sealed class RandomProgramTests
{
    private const int Methods = 40;

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Derivatives_of_random_programs(int seed, bool optimize)
    {
        string source = new RandomPrograms(new Random(seed)).Write(Methods);
        Assembly assembly = GeneratorHarness.Generate(GeneratorHarness.Compilation([source]), optimize).Load();
        var faults = new List<string>();
        foreach (MethodInfo method in MatrixTests.Functions(assembly))
        {
            var f = new DifferentiableMethod(method);
            var random = new Random(seed);
            for (int point = 0; point < 4; point++)
            {
                double[] x = Enumerable.Range(0, 3).Select(_ => (double)(float)((random.NextDouble() * 3.0) - 1.5)).ToArray();
                faults.AddRange(EngineMatrix.Check(f, x, random, smooth: false));
            }
        }

        faults.ShouldBeEmpty();
    }
}
