using System.Reflection;
using DiffCompile.TestKit;
using Shouldly;

namespace DiffCompile.Objectives.Tests.Support;

/// <summary>What the generator wrote for an objective, called with the objective's own arguments.</summary>
internal sealed class Generated
{
    private readonly double[] _x;

    /// <param name="type">Where the objective stands.</param>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments: numbers and arrays of numbers.</param>
    public Generated(Type type, string method, params object[] arguments)
    {
        MethodInfo info = type.GetMethod(method).ShouldNotBeNull();
        ParameterInfo[] parameters = info.GetParameters();
        arguments.Length.ShouldBe(parameters.Length);
        Dictionary<string, int> lengths = parameters.Zip(arguments).Where(p => p.Second is Array).ToDictionary(p => p.First.Name!, p => ((Array)p.Second).Length);
        Method = new DifferentiableMethod(info, lengths);
        _x = arguments.SelectMany(a => a is double[] array ? array : [Convert.ToDouble(a, null)]).ToArray();
    }

    public DifferentiableMethod Method { get; }

    public double[] Gradient() => Method.Gradient(_x);

    public double[] Jvp(double[] direction) => Method.Jvp(_x, direction).Tangent;

    public double[] Vjp(double[] cotangent) => Method.Vjp(_x, cotangent);

    public double[] HessianVectorProduct(double[] direction) => Method.HessianVectorProduct(_x, direction);

    /// <summary>All members against finite differences and each other, at the arguments.</summary>
    /// <param name="reach">How far around them the objective is smooth.</param>
    public void ShouldAgreeInEveryMode(double reach = double.PositiveInfinity) =>
        EngineMatrix.Check(Method, _x, new Random(20260311), reach: reach).ShouldBeEmpty();

    /// <summary>Numbers between −1 and 1.</summary>
    public static double[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => 2.0 * random.NextDouble() - 1.0).ToArray();
    }
}
