using System.Reflection;
using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Ir;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Emitted text does what its IR says: the same bits, and the same exception first.</summary>
public class RandomProgramTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Text_means_what_the_program_means(int seed, bool checkOverflow)
    {
        const int programs = 250;
        const int callsEach = 12;
        var functions = new List<IrFunction>();
        var random = new List<RandomFunctions>();
        for (int i = 0; i < programs; i++)
        {
            random.Add(new RandomFunctions((1000 * seed) + i));
            functions.Add(random[i].Next());
        }

        string text = EmittedCode.UnderForeignCulture(() => ContainerEmitter.Emit(
            EmittedCode.Container,
            functions.Select((f, i) => new PlannedMember(MemberLayout.Helper("F" + i, f) with { Modifiers = "internal static" }, f)).ToArray(),
            r => r.Key, [], "Random programs"));
        Type type = EmittedCode.Load(text, checkOverflow, EmittedCode.DocumentedContainer);

        int threw = 0;
        for (int i = 0; i < programs; i++)
        {
            for (int call = 0; call < callsEach; call++)
            {
                object[] inputs = random[i].Arguments();
                object expected = Outcome(() => Interpreter.Run(functions[i], inputs));
                object actual = Outcome(() => Invoke(type, "F" + i, inputs, functions[i].Outputs.Count));
                threw += expected is string ? 1 : 0;
                actual.ShouldBe(expected, $"program {i} of seed {seed} on ({string.Join(", ", inputs)})\n{Excerpt(text, i)}");
            }
        }

        threw.ShouldBeInRange(programs * callsEach / 50, programs * callsEach / 2);
    }

    private static object[] Invoke(Type type, string name, object[] inputs, int outputs)
    {
        object?[] arguments = [.. inputs, .. new object?[outputs - 1]];
        object first = EmittedCode.Call(type, name, arguments)!;
        return [first, .. arguments.Skip(inputs.Length)!];
    }

    // Bits, so that +0 and -0 differ; NaN is NaN. An exception by type and message.
    private static object Outcome(Func<object[]> run)
    {
        try
        {
            return run().Select(v => v switch
            {
                double d => double.IsNaN(d) ? "NaN" : (object)BitConverter.DoubleToInt64Bits(d),
                float f => float.IsNaN(f) ? "NaN" : BitConverter.SingleToInt32Bits(f),
                _ => v,
            }).ToArray();
        }
        catch (Exception e) when (e is ArithmeticException or InvalidOperationException)
        {
            return e.GetType().Name + ": " + (e is InvalidOperationException ? e.Message : "");
        }
    }

    private static string Excerpt(string text, int program)
    {
        int start = text.IndexOf($" F{program}(", StringComparison.Ordinal);
        int end = text.IndexOf("\n    }\n", start, StringComparison.Ordinal);
        return text[start..end];
    }
}
