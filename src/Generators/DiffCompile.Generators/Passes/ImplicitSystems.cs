using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Derivatives of methods that solve a system of n equations: the matrix ∂R/∂x is filled column by column with n directional
/// derivatives of the residual, and one linear system is solved with it. The matrix is given back at once, so that a loop of
/// solutions needs memory for one. See <see cref="ImplicitRules"/>.
/// </summary>
internal static class ImplicitSystems
{
    private const int Factorize = 0, Solve = 1, SolveTransposed = 2;

    /// <summary>ẋ = −(∂R/∂x)⁻¹ Ṙ, or (1 − ∂G/∂x)⁻¹ Ġ, into the tangents of the unknown.</summary>
    public static IReadOnlyList<Value> Jvp(ExternalCallEquation call, ImplicitRule rule, Func<Value, Value?> tangentOf, IrBuilder builder)
    {
        Value mark = Buffers.Mark(builder);
        var system = new Equations(call, rule, a => a, builder);
        int[] active = Parameters(call, rule);
        Value change = system.Vector("change");
        Value[] tangents = active.Select(i => tangentOf(system.Arguments[i]) ?? ZeroOf(call, system.Arguments[i])).ToArray();
        system.Directional([.. active, system.Residual], [.. tangents, change]);
        if (!rule.IsFixedPoint)
        {
            Negate(change, builder);
        }

        system.FillMatrix();
        Value unknown = call.Arguments[rule.Arguments[system.Unknown]];
        system.Linear(Solve, change, tangentOf(unknown) ?? throw CustomRules.NoTwin(call, unknown));
        Buffers.Release(mark, builder);
        return [];
    }

    /// <summary>The pullback of λ = −(∂R/∂x)⁻ᵀ x̄, or (1 − ∂G/∂x)⁻ᵀ x̄, through the equations; what the unknown held before counts for nothing.</summary>
    public static IEnumerable<(Value Operand, Value Contribution)> Vjp(
        ExternalCallEquation call, ImplicitRule rule, Func<Value, Value> asCalled, Func<Value, Value?> twinOf, IrBuilder builder)
    {
        Value TwinOf(Value buffer) => twinOf(buffer) ?? throw CustomRules.NoTwin(call, buffer);

        Value mark = Buffers.Mark(builder);
        var system = new Equations(call, rule, asCalled, builder);
        Value cotangent = TwinOf(call.Arguments[rule.Arguments[system.Unknown]]);
        Value adjoint = system.Vector("adjoint");
        system.FillMatrix();
        system.Linear(SolveTransposed, cotangent, adjoint);
        if (!rule.IsFixedPoint)
        {
            Negate(adjoint, builder);
        }

        builder.Add(new ClearEquation(cotangent));
        int[] active = Parameters(call, rule);
        Value[] operands = active.Select(i => call.Arguments[rule.Arguments[i]]).ToArray();
        Value[] scalars = operands.Where(o => o.Type.IsScalar).ToArray();
        Value[] results = scalars.Select(s => builder.NewValue(s.Type, s.Name.Length == 0 ? "" : s.Name + "Bar")).ToArray();

        // Twins come in the order of the inputs.
        (int Input, Value Twin)[] twins = active.Zip(operands, (i, o) => (Input: i, Operand: o)).Where(p => p.Operand.Type.IsBuffer)
            .Select(p => (p.Input, TwinOf(p.Operand))).Append((system.Residual, adjoint)).ToArray();
        builder.Add(new CallEquation(
            results.ToEquatableArray(),
            new FunctionReference(rule.Key, [new TransformStep(TransformKind.Vjp, active.Append(system.Residual).OrderBy(i => i).ToEquatableArray())]),
            system.Arguments.Concat(twins.OrderBy(t => t.Input).Select(t => t.Twin)).ToEquatableArray()));
        Buffers.Release(mark, builder);
        return scalars.Zip(results, (s, r) => (s, r));
    }

    /// <summary>The inputs of the equation that are differentiated, besides the unknown and what it fills.</summary>
    private static int[] Parameters(ExternalCallEquation call, ImplicitRule rule)
    {
        int unknown = UnknownOf(call, rule);
        return ImplicitRules.Active(call, rule).Where(i => i != unknown).ToArray();
    }

    // The only memory that the method writes and that is differentiated.
    private static int UnknownOf(ExternalCallEquation call, ImplicitRule rule)
    {
        (Value Argument, ShapeParameter Parameter)[] arguments = CustomRules.Arguments(call).ToArray();
        return Enumerable.Range(0, rule.Arguments.Count)
            .First(i => rule.Arguments[i] >= 0 && arguments[rule.Arguments[i]].Parameter is { IsActive: true } p && CustomRules.IsWritten(p));
    }

    private static Value ZeroOf(ExternalCallEquation call, Value argument) =>
        argument.Type.IsScalar ? Literals.Zero(argument.Type) : throw CustomRules.NoTwin(call, argument);

    private static void Negate(Value vector, IrBuilder builder) =>
        Buffers.ForEach(Buffers.Length(vector, builder), builder, k =>
            Buffers.Store(vector, k, builder.Primitive(Op.Negate, IrType.Float64, Buffers.Load(vector, k, builder)), builder));

    /// <summary>The equations at the solution, with the matrix of their derivatives.</summary>
    private sealed class Equations
    {
        private readonly ImplicitRule _rule;
        private readonly IrBuilder _builder;
        private readonly Value _count;
        private Value? _matrix;

        public Equations(ExternalCallEquation call, ImplicitRule rule, Func<Value, Value> asCalled, IrBuilder builder)
        {
            _rule = rule;
            _builder = builder;
            Unknown = UnknownOf(call, rule);
            Residual = Enumerable.Range(0, rule.Arguments.Count).First(i => rule.Arguments[i] == ImplicitRule.Residual);
            _count = Buffers.Length(call.Arguments[rule.Arguments[Unknown]], builder);
            Value filled = Vector("residual");
            Arguments = rule.Arguments.Select(i => i == ImplicitRule.Residual ? filled : asCalled(call.Arguments[i])).ToArray();
        }

        public int Unknown { get; }

        public int Residual { get; }

        /// <summary>What the equation is called with.</summary>
        public Value[] Arguments { get; }

        public Value Vector(string name) => Buffers.Of(IrType.Float64, _count, name, _builder);

        /// <summary>Calls the derivative of the equation; tangents of the active inputs in the given order.</summary>
        public void Directional(int[] active, Value[] tangents)
        {
            int[] order = Enumerable.Range(0, active.Length).OrderBy(k => active[k]).ToArray();
            _builder.Add(new CallEquation(
                [], new FunctionReference(_rule.Key, [new TransformStep(TransformKind.Jvp, order.Select(k => active[k]).ToEquatableArray())]),
                Arguments.Concat(order.Select(k => tangents[k])).ToEquatableArray()));
        }

        /// <summary>∂R/∂x, or 1 − ∂G/∂x.</summary>
        public void FillMatrix()
        {
            Value matrix = _matrix = Buffers.Of(IrType.Float64, _builder.Primitive(Op.MultiplyChecked, IrType.Int32, _count, _count), "matrix", _builder);
            Value unit = Vector("unit"), column = Vector("column");
            Value one = Literals.Float(IrType.Float64, 1.0), zero = Literals.Zero(IrType.Float64);
            Buffers.ForEach(_count, _builder, j =>
            {
                Buffers.Store(unit, j, one, _builder);
                _builder.Add(new ClearEquation(column));
                Directional([Unknown, Residual], [unit, column]);
                Buffers.Store(unit, j, zero, _builder);
                Buffers.ForEach(_count, _builder, i =>
                {
                    Value place = _builder.Primitive(Op.Add, IrType.Int32, _builder.Primitive(Op.Multiply, IrType.Int32, i, _count), j);
                    Value element = Buffers.Load(column, i, _builder);
                    Buffers.Store(matrix, place, _rule.IsFixedPoint ? _builder.Primitive(Op.Negate, IrType.Float64, element) : element, _builder);
                });
                if (_rule.IsFixedPoint)
                {
                    Value diagonal = _builder.Primitive(Op.Add, IrType.Int32, _builder.Primitive(Op.Multiply, IrType.Int32, j, _count), j);
                    _builder.Add(new MemoryEquation([], MemoryOp.Accumulate, [matrix, diagonal, one], IsPrimal: false));
                }
            });
        }

        /// <summary>Factors the matrix and solves a system with it.</summary>
        public void Linear(int solve, Value right, Value solution)
        {
            Value factors = Buffers.Like(_matrix!, "factors", _builder), pivots = Buffers.Of(IrType.Int32, _count, "pivots", _builder);
            Call(Factorize, _matrix!, factors, pivots);
            Call(solve, _matrix!, factors, pivots, right, solution);
        }

        private void Call(int function, params Value[] arguments) =>
            _builder.Add(new CallEquation([], new FunctionReference(_rule.Linear[function], []), arguments.ToEquatableArray()));
    }
}
