using DiffCompile.Generators.Emit;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Rules;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>The IR program of each requested member, made by composing the transforms.</summary>
internal sealed class MemberPrograms
{
    private readonly FunctionSpec _spec;
    private readonly FunctionLibrary _library;
    private readonly IrFunction _body;
    private readonly EquatableArray<int> _active;
    private IrFunction? _valueAndGradient;
    private IrFunction? _rowProgram;
    private MemberProgram? _sweep;

    public MemberPrograms(FunctionSpec spec, FunctionLibrary library)
    {
        _spec = spec;
        _library = library;
        _body = library.Body(spec.Key);
        _active = spec.ActiveInputs;
    }

    /// <summary>Members asked for that this method can have, as far as its signature tells: a gradient needs one output, a Jacobian several.</summary>
    public static IEnumerable<MemberKind> Requested(FunctionSpec spec)
    {
        bool scalar = spec.Body.Outputs.Count == 1 && spec.Body.Outputs[0].Type.IsFloat;
        bool spans = spec.Body.Inputs.Any(i => i.Type.IsBuffer);
        (int Bit, MemberKind Kind, bool Possible)[] members =
        [
            (1, MemberKind.Gradient, scalar),
            (1, MemberKind.ValueAndGradient, scalar),
            (2, MemberKind.Jvp, true),
            (4, MemberKind.Vjp, true),
            (8, MemberKind.Jacobian, !scalar),
            (16, MemberKind.HessianVectorProduct, scalar),
            (32, MemberKind.Hessian, scalar && !spans),
            (64, MemberKind.Diagnose, scalar && !spans),
        ];
        return members.Where(m => (spec.Requested & m.Bit) != 0 && m.Possible).Select(m => m.Kind);
    }

    /// <summary>Has the method what this member needs, now that its body is known?</summary>
    public bool IsPossible(MemberKind kind) =>
        kind != MemberKind.Jacobian || !_body.Inputs.Any(i => i.Type.IsBuffer) || BufferJacobian.IsPossible(_spec, _library) || Sweep is not null;

    /// <summary>The program of a member, as it is written.</summary>
    public MemberProgram Program(MemberKind kind) =>
        kind == MemberKind.Jacobian && _body.Inputs.Any(i => i.Type.IsBuffer) && !BufferJacobian.IsPossible(_spec, _library)
            ? Sweep!
            : new MemberProgram(kind, Pipeline.Polish(Build(kind), _library));

    public IrFunction Build(MemberKind kind) => kind switch
    {
        MemberKind.Gradient => Gradient(),
        MemberKind.ValueAndGradient => ValueAndGradient(),
        MemberKind.Vjp => Reverse(unitSeed: false, keeps: true).CotangentsOnly.Then(Finish),
        MemberKind.Jvp => Forward(_body).Then(Finish),
        MemberKind.Jacobian => Jacobian(),
        MemberKind.HessianVectorProduct => HessianVectorProduct(),
        MemberKind.Hessian => Hessian(),
        MemberKind.Diagnose => Diagnose(),
        _ => throw new InvalidOperationException("No program for " + kind + "."),
    };

    // Inputs: the body's, cotangents of outputs, twins of buffers; those of scratch buffers are the program's own.
    private VjpResult Reverse(bool unitSeed, bool keeps)
    {
        VjpResult whole = Vjp.Transform(_body, _active, Domain, _library, unitSeed, keeps: keeps);
        int first = _body.Inputs.Count + (unitSeed ? 0 : _body.Outputs.Count(o => o.Type.IsFloat));
        int[] buffers = _active.Where(i => _body.Inputs[i].Type.IsBuffer).ToArray();
        return whole with { Function = OwnScratch(whole.Function, buffers, first) };
    }

    private IrFunction Forward(IrFunction function) => OwnScratch(Jvp.Transform(function, _active, Domain, _library), _active.ToArray(), function.Inputs.Count);

    /// <summary>Gives memory to the twins of scratch buffers.</summary>
    /// <param name="function">The program.</param>
    /// <param name="primals">For each of its inputs from <paramref name="first"/> on, the index of the input that it is a twin of.</param>
    /// <param name="first">The first of these inputs.</param>
    private IrFunction OwnScratch(IrFunction function, int[] primals, int first)
    {
        InputLeaf[] leaves = _spec.Inputs.ToArray();
        int[] own = Enumerable.Range(0, primals.Length).Where(k => leaves[primals[k]].Parameter.IsScratch).Select(k => first + k).ToArray();
        return OwnMemory.Give(function, own, i => function.Inputs[primals[i - first]]);
    }

    private IrFunction ValueAndGradient() => _valueAndGradient ??= Finish(Reverse(unitSeed: true, keeps: true).Function);

    private IrFunction Gradient() => WithoutValue(ValueAndGradient());

    /// <summary>The same program without the value, and without what only the value needs.</summary>
    private IrFunction WithoutValue(IrFunction both) =>
        Pipeline.Clean(both with { Body = both.Body with { Yields = both.Outputs.Skip(1).ToEquatableArray() } }, _library);

    private IrFunction Finish(IrFunction function) => Pipeline.Finish(function, _library);

    private IrFunction HessianVectorProduct()
    {
        // The gradient's buffers become the product's; the gradient itself is not asked for and goes to memory of its own.
        // Halves of a recursion that meet on the stack cannot be differentiated once more.
        bool recurses = ValueAndGradient().Body.AllEquations().Any(e => e is CallEquation { Callee: { } callee } && _library.IsRecursive(callee.Key));
        IrFunction gradient = recurses ? WithoutValue(Finish(Reverse(unitSeed: true, keeps: false).Function)) : Gradient();
        int[] twins = Enumerable.Range(_body.Inputs.Count, gradient.Inputs.Count - _body.Inputs.Count).ToArray();
        InputLeaf[] leaves = _spec.Inputs.ToArray();
        int[] primals = _active.Where(a => _body.Inputs[a].Type.IsBuffer && !leaves[a].Parameter.IsScratch).ToArray();
        IrFunction forward = OwnScratch(Jvp.Transform(gradient, _active, Domain, _library, twins), _active.ToArray(), gradient.Inputs.Count);
        IrFunction product = Finish(OwnMemory.Give(forward, twins, i => gradient.Inputs[primals[i - _body.Inputs.Count]]));
        return Pipeline.Clean(product with { Body = product.Body with { Yields = product.Outputs.Skip(gradient.Outputs.Count).ToEquatableArray() } }, _library);
    }

    private IrFunction Hessian()
    {
        IrFunction product = HessianVectorProduct();
        var columns = new List<Value[]>();
        IrBuilder builder = Start(product);
        for (int column = 0; column < _active.Count; column++)
        {
            columns.Add(Apply(builder, product, _body.Inputs.Concat(OneHot(column, i => _body.Inputs[_active[i]].Type, _active.Count))));
        }

        // Row i, column j: ∂²F/∂xᵢ∂xⱼ. Both triangles are taken from the lower one, so that the matrix is symmetric to the bit.
        IEnumerable<Value> entries = Enumerable.Range(0, _active.Count)
            .SelectMany(i => Enumerable.Range(0, _active.Count).Select(j => columns[Math.Min(i, j)][Math.Max(i, j)]));
        return Finish(builder.Finish(_spec.MemberName + "Hessian", _body.Inputs, entries));
    }

    private IrFunction Jacobian()
    {
        int[] outputs = Enumerable.Range(0, _body.Outputs.Count).Where(i => _body.Outputs[i].Type.IsFloat).ToArray();
        if (_body.Inputs.Any(i => i.Type.IsBuffer))
        {
            InputLeaf[] leaves = _spec.Inputs.ToArray();
            int[] columns = _active.Where(i => !leaves[i].Parameter.IsScratch).ToArray();
            return Finish(BufferJacobian.Create(_spec.MemberName + "Jacobian", _body, columns, i => leaves[i].Parameter, Rows, Start(RowProgram)));
        }

        return _active.Count <= outputs.Length ? ForwardJacobian(outputs) : ReverseJacobian(outputs);
    }

    // Null where there is none.
    private MemberProgram? Sweep => _sweep ??= MakeSweep();

    private MemberProgram? MakeSweep()
    {
        HashSet<int> written = WrittenInputs.Of(_body, _library);
        return JacobianSweep.IsPossible(_spec, written) && Directions.Widen(Pipeline.Polish(Build(MemberKind.Jvp), _library), _body.Inputs.Count) is { } wide
            ? new MemberProgram(MemberKind.Jacobian, wide) { Written = written.OrderBy(i => i).ToEquatableArray() }
            : null;
    }

    private IrFunction ForwardJacobian(int[] outputs)
    {
        IrFunction product = Build(MemberKind.Jvp);
        IrBuilder builder = Start(product);
        Value[][] columns = Enumerable.Range(0, _active.Count)
            .Select(j => Apply(builder, product, _body.Inputs.Concat(OneHot(j, i => _body.Inputs[_active[i]].Type, _active.Count))))
            .ToArray();
        IEnumerable<Value> entries = outputs.SelectMany((_, row) => columns.Select(c => c[_body.Outputs.Count + row]));
        return Finish(builder.Finish(_spec.MemberName + "Jacobian", _body.Inputs, columns[0].Take(_body.Outputs.Count).Concat(entries)));
    }

    private IrFunction ReverseJacobian(int[] outputs)
    {
        IrBuilder builder = Start(RowProgram);
        JacobianRows rows = Rows(builder, outputs.Select(_ => Array.Empty<Value>()).ToArray());
        return Finish(builder.Finish(_spec.MemberName + "Jacobian", _body.Inputs, rows.Outputs.Concat(rows.Cotangents.SelectMany(r => r))));
    }

    // One primal for all rows where the reverse part can run several times; else a pullback for each row.
    private bool SharesPrimal => Vjp.HasRows(_body) && !_spec.Inputs.Any(i => i.IsActive && i.Parameter.IsScratch);

    private IrFunction RowProgram => _rowProgram ??= Finish(SharesPrimal
        ? Vjp.Rows(_body, _active, Domain, _library)
        : Reverse(unitSeed: false, keeps: false).Function);

    private JacobianRows Rows(IrBuilder builder, Value[][] twins)
    {
        Value[] floats = _body.Outputs.Where(o => o.Type.IsFloat).ToArray();
        if (SharesPrimal)
        {
            Value[] all = Inline.Paste(RowProgram, _body.Inputs.Concat(twins.SelectMany(t => t)).ToArray(), builder, keepStages: true);
            int count = _active.Count(i => _body.Inputs[i].Type.IsScalar);
            return new JacobianRows(
                all.Take(_body.Outputs.Count).ToArray(),
                Enumerable.Range(0, floats.Length).Select(row => all.Skip(_body.Outputs.Count + (row * count)).Take(count).ToArray()).ToArray());
        }

        Value[][] rows = floats.Select((_, row) =>
            Apply(builder, RowProgram, _body.Inputs.Concat(OneHot(row, i => floats[i].Type, floats.Length)).Concat(twins[row]))).ToArray();
        return new JacobianRows(rows[0].Take(_body.Outputs.Count).ToArray(), rows.Select(r => r.Skip(_body.Outputs.Count).ToArray()).ToArray());
    }

    private IrFunction Diagnose()
    {
        IrFunction function = Vjp.Transform(_body, _active, Domain, _library, unitSeed: true, diagnose: true).Function;
        return Finish(function with { Body = function.Body with { Yields = [] } });
    }

    private static IrBuilder Start(IrFunction function) => new(function.LastId());

    private static Value[] Apply(IrBuilder builder, IrFunction product, IEnumerable<Value> arguments) =>
        Inline.Paste(product, arguments.ToArray(), builder);

    private static IEnumerable<Value> OneHot(int hot, Func<int, IrType> typeOf, int count) =>
        Enumerable.Range(0, count).Select(i => Literals.Float(typeOf(i), i == hot ? 1.0 : 0.0));

    private Interval? Domain(int input)
    {
        if (input >= _body.Inputs.Count)
        {
            return null;
        }

        InputLeaf leaf = _spec.Inputs.ElementAt(input);
        return leaf.Parameter.Domain is { } d ? new Interval(d.Min, d.Max) : null;
    }
}

internal static class Chaining
{
    /// <summary>Reads a composition from left to right.</summary>
    public static TResult Then<T, TResult>(this T value, Func<T, TResult> next) => next(value);
}
