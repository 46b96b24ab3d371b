using System.Reflection;

namespace DiffCompile.Generators.Tests.Rules;

/// <summary>Finds the C# methods that rows are spelled with.</summary>
internal static class CSharpFunctions
{
    private static readonly Type[] Homes =
    [
        typeof(Math), typeof(MathF), typeof(double), typeof(float), typeof(int), typeof(long),
        typeof(Differentiation), typeof(Mathematics.DerivativeMath), typeof(Mathematics.SpecialFunctions), typeof(MathNet.Numerics.SpecialFunctions),
    ];

    /// <summary>The public static method called so for operands of these types, without conversions; null if there is none.</summary>
    public static MethodInfo? Find(string spelling, params Type[] operands)
    {
        string name = spelling.Replace("global::", "");
        string type = name[..name.LastIndexOf('.')] switch { "double" => "System.Double", "float" => "System.Single", var other => other };
        Type? home = Homes.FirstOrDefault(t => t.FullName == type);
        MethodInfo? method = home?.GetMethod(name[(name.LastIndexOf('.') + 1)..], BindingFlags.Public | BindingFlags.Static, operands);

        // Reflection widens float to double as C# does.
        return method?.GetParameters().Select(p => p.ParameterType).SequenceEqual(operands) == true ? method : null;
    }

    /// <summary>Calls it; an exception of the method comes out as it is.</summary>
    public static object Call(string spelling, object[] operands)
    {
        MethodInfo method = Find(spelling, [.. operands.Select(o => o.GetType())])
            ?? throw new InvalidOperationException($"There is no {spelling}({string.Join(", ", operands.Select(o => o.GetType().Name))}).");
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, operands, null)!;
    }
}
