using System.Reflection;
using DiffCompile.Corpus;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests;

/// <summary>Every corpus function through the engine matrix, with optimisations on (this assembly) and off (in memory).</summary>
public sealed class MatrixTests
{
    private const int RandomPoints = 4;

    public static TheoryData<string> Names => [.. Functions(typeof(PointAttribute).Assembly).Select(m => m.DeclaringType!.FullName + "." + m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimized(string name) => Check(Find(typeof(PointAttribute).Assembly, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Unoptimized(string name) => Check(Find(CorpusAssembly.Unoptimized, name));

    private static void Check(MethodInfo method)
    {
        var f = new DifferentiableMethod(method);
        var random = new Random(20261121);
        var faults = new List<string>();
        foreach ((double[] x, bool smooth) in Points(method, f, random))
        {
            faults.AddRange(EngineMatrix.Check(f, x, random, smooth));
        }

        faults.ShouldBeEmpty();
    }

    private static IEnumerable<(double[] X, bool Smooth)> Points(MethodInfo method, DifferentiableMethod f, Random random)
    {
        var given = method.GetCustomAttributesData().Where(a => a.AttributeType.Name == nameof(PointAttribute)).ToArray();
        foreach (CustomAttributeData point in given)
        {
            double[] x = ((IEnumerable<CustomAttributeTypedArgument>)point.ConstructorArguments[0].Value!).Select(a => (double)a.Value!).ToArray();
            yield return (x, point.NamedArguments.All(a => (bool)a.TypedValue.Value!));
        }

        for (int i = 0; i < RandomPoints; i++)
        {
            yield return (f.Method.GetParameters().Where(p => !p.IsOut).SelectMany(p => Draw(p, random)).ToArray(), true);
        }
    }

    private static IEnumerable<double> Draw(ParameterInfo parameter, Random random)
    {
        DomainAttribute? domain = parameter.GetCustomAttribute<DomainAttribute>();
        (double min, double max) = domain is null ? (-1.5, 1.5) : (domain.Min, domain.Max);
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return Flattening.Leaves(type).Select(leaf =>
            leaf == typeof(bool) ? random.Next(2)
            : !Flattening.IsFloat(leaf) ? random.Next(0, 4)
            : (double)(float)(min + (random.NextDouble() * (max - min))));
    }

    internal static IEnumerable<MethodInfo> Functions(Assembly assembly) => assembly.GetTypes()
        .Where(t => t.FullName!.StartsWith("DiffCompile.Corpus.", StringComparison.Ordinal) && !t.IsEnum)
        .Select(t => t.IsGenericTypeDefinition ? t.MakeGenericType(t.GetGenericArguments().Select(_ => typeof(int)).ToArray()) : t)
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(m => m.GetCustomAttribute<DifferentiableAttribute>() is not null)
        .OrderBy(m => m.DeclaringType!.FullName + "." + m.Name, StringComparer.Ordinal);

    internal static MethodInfo Find(Assembly assembly, string name) =>
        Functions(assembly).Single(m => m.DeclaringType!.FullName + "." + m.Name == name);
}
