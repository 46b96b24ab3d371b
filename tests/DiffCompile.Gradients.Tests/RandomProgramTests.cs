using System.Reflection;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests;

/// <summary>Random control flow through the engine matrix, with optimisations on and off.</summary>
public sealed class RandomProgramTests
{
    private const int Methods = 60;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
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
                faults.AddRange(EngineMatrix.Check(f, x, random, smooth: !NearABranch(f, x)));
            }
        }

        faults.ShouldBeEmpty();
    }

    // Where the value jumps or bends within reach of the differences, they say nothing.
    private static bool NearABranch(DifferentiableMethod f, double[] x)
    {
        const double reach = 0.02;
        for (int i = 0; i < x.Length; i++)
        {
            double[] up = (double[])x.Clone(), down = (double[])x.Clone();
            up[i] += reach;
            down[i] -= reach;
            double[] here = f.Gradient(x), above = f.Gradient(up), below = f.Gradient(down);
            double change = Enumerable.Range(0, x.Length).Max(k => Math.Max(Math.Abs(above[k] - here[k]), Math.Abs(below[k] - here[k])));
            double jump = Math.Max(Math.Abs(f.Value(up)[0] - f.Value(x)[0]), Math.Abs(f.Value(down)[0] - f.Value(x)[0]));
            if (change > 0.2 || jump > 0.2)
            {
                return true;
            }
        }

        return false;
    }
}
