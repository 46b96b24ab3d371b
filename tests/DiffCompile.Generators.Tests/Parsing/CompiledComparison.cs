using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis.CSharp;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Parsing;

/// <summary>Runs parsed IR beside the compiled method, on seeded inputs: results and exceptions must agree to the bit.</summary>
internal static class CompiledComparison
{
    private static readonly double[] Doubles =
        [-1e300, -7.25, -3.0, -1.0, -0.5, -0.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.75, 9.0, 1e9, 1e300, double.NaN, double.PositiveInfinity];

    private static readonly int[] Integers = [int.MinValue, -8, -3, -1, 0, 1, 2, 3, 4, 5, 7, 33, int.MaxValue];

    public static void Check(CSharpCompilation compilation, int draws)
    {
        IReadOnlyList<ParseOutcome> outcomes = ParserHarness.Parse(compilation);
        outcomes.SelectMany(o => o.Result.Diagnostics).Select(d => d.Id + ": " + d.Message).ShouldBeEmpty();

        var context = new AssemblyLoadContext(null, isCollectible: true);
        using var stream = new MemoryStream();
        compilation.Emit(stream).Success.ShouldBeTrue();
        stream.Position = 0;
        Assembly assembly = context.LoadFromStream(stream);

        var execution = new IrExecution(outcomes.Select(o => o.Result), (name, arguments) => CallExternal(assembly, name, arguments));
        foreach (FunctionSpec spec in outcomes.Select(o => o.Result.Spec!))
        {
            MethodInfo method = assembly.GetType("C")!.GetMethods(BindingFlags.Static | BindingFlags.Public).Single(m => m.Name == spec.MethodName);
            if (method.IsGenericMethodDefinition)
            {
                method = method.MakeGenericMethod(spec.Key.EndsWith("<float>", StringComparison.Ordinal) ? typeof(float) : typeof(double));
            }

            var random = new Random(17);
            for (int i = 0; i < draws; i++)
            {
                object[] inputs = spec.Inputs.Select(leaf => Draw(leaf.Leaf, random)).ToArray();
                string expected = Invoke(method, inputs);
                string actual = Run(() => execution.Run(spec.Body, inputs));
                if (!Matches(expected, actual))
                {
                    string text = method.Name + "(" + string.Join(", ", inputs) + ")";
                    Assert.Fail($"{text} gives\n{expected}\nbut its IR\n{actual}\n{IrPrinter.Print(spec.Body)}\n{compilation.SyntaxTrees.Last()}");
                }
            }
        }

        context.Unload();
    }

    private static object? CallExternal(Assembly assembly, string name, object?[] arguments)
    {
        string method = name["global::".Length..];
        Type type = assembly.GetType(method[..method.LastIndexOf('.')])!;
        return type.GetMethod(method[(method.LastIndexOf('.') + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static object Draw(Leaf leaf, Random random) => leaf.Type.Scalar switch
    {
        ScalarKind.Bool => (object)(random.Next(2) == 0),
        ScalarKind.Int32 when leaf.EnumType.Length > 0 => random.Next(4),
        ScalarKind.Int32 => random.Next(3) == 0 ? Integers[random.Next(Integers.Length)] : random.Next(-3, 8),
        ScalarKind.Int64 => (long)Integers[random.Next(Integers.Length)] * (random.Next(2) == 0 ? 1 : 1 << 20),
        ScalarKind.Float32 => (float)Number(random),
        _ => Number(random),
    };

    private static double Number(Random random) => random.Next(3) == 0 ? Doubles[random.Next(Doubles.Length)] : Math.Round(20 * (random.NextDouble() - 0.5), 1);

    private static string Invoke(MethodInfo method, object[] leaves)
    {
        var queue = new Queue<object>(leaves);
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = parameters.Select(p => p.IsOut ? null : Pack(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType, queue)).ToArray();
        return Run(() =>
        {
            object? result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            IEnumerable<object> outputs = parameters.Where(p => p.IsOut).SelectMany(p => Flatten(arguments[p.Position]!));
            return (method.ReturnType == typeof(void) ? [] : Flatten(result!)).Concat(outputs).ToArray();
        });
    }

    private static string Run(Func<object[]> call)
    {
        try
        {
            return string.Join(" ", call().Select(Bits));
        }
        catch (IrThrownException e)
        {
            return "IR throws " + e.Message;
        }
        catch (Exception e) when (e is not NotSupportedException { Message: "" })
        {
            return "throws global::" + e.GetType().FullName;
        }
    }

    // The IR keeps the text of an exception of the author's, and throws others as C# does.
    private static bool Matches(string expected, string actual) =>
        expected == actual
        || (actual.StartsWith("IR throws new ", StringComparison.Ordinal) && expected == "throws " + actual["IR throws new ".Length..actual.IndexOf('(')]);

    private static string Bits(object value) => value switch
    {
        double d => double.IsNaN(d) ? "NaN" : d.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        float f => float.IsNaN(f) ? "NaN" : f.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f",
        Enum e => Convert.ToInt64(e).ToString(System.Globalization.CultureInfo.InvariantCulture),
        bool b => b ? "true" : "false",
        _ => value.ToString()!,
    };

    private static object Pack(Type type, Queue<object> leaves) =>
        type.IsPrimitive ? leaves.Dequeue()
        : type.IsEnum ? Enum.ToObject(type, leaves.Dequeue())
        : Activator.CreateInstance(type, Members(type).Select(m => Pack(m.Type, leaves)).ToArray())!;

    private static IEnumerable<object> Flatten(object value) =>
        value.GetType() is { IsPrimitive: false, IsEnum: false } type
            ? Members(type).SelectMany(m => Flatten(m.Get(value)))
            : [value];

    private static IEnumerable<(Type Type, Func<object, object> Get)> Members(Type type) => type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal)
        ? type.GetFields().Select(f => (f.FieldType, new Func<object, object>(v => f.GetValue(v)!)))
        : type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
            .Select(p => (p.ParameterType, new Func<object, object>(v => type.GetProperty(p.Name!)!.GetValue(v)!)));
}
