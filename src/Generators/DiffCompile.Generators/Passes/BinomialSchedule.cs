using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>The call that decides while a loop with slots runs where the next state is kept.</summary>
internal static class BinomialSchedule
{
    private static readonly ExternalMethod Method = new(
        "global::DiffCompile.BinomialCheckpoints.Next",
        [Number("at"), Number("end"), Number("free")], new ScalarShape(IrType.Int32), []);

    /// <summary>The trip at whose start the next state is kept.</summary>
    /// <param name="at">The trip whose start is the last state that is kept.</param>
    /// <param name="end">The first trip that is not to be reversed.</param>
    /// <param name="free">How many more states can be kept.</param>
    /// <param name="builder">Where it is called.</param>
    public static Value Next(Value at, Value end, Value free, IrBuilder builder)
    {
        Value next = builder.NewValue(IrType.Int32, "next");
        builder.Add(new ExternalCallEquation([next], Method, [at, end, free]));
        return next;
    }

    public static bool IsCalledBy(ExternalCallEquation call) => call.Method.FullName == Method.FullName;

    private static ShapeParameter Number(string name) => new(name, new ScalarShape(IrType.Int32));
}
