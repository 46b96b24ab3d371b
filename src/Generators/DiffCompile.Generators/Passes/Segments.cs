using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Cuts loops with square-root checkpoints in two: an outer loop over segments, in each trip of which an inner loop makes as many
/// trips as there are segments. The steps and their order stay what they were; the outer loop keeps the mark.
/// </summary>
internal sealed class Segments
{
    private readonly IrBuilder _builder;

    private Segments(IrFunction function) => _builder = new IrBuilder(function.LastId());

    public static IrFunction Run(IrFunction function)
    {
        if (!function.Body.AllEquations().Any(e => e is LoopEquation { Checkpoints: LoopEquation.SquareRoot }))
        {
            return function;
        }

        var pass = new Segments(function);
        return function with { Body = pass.Visit(function.Body) };
    }

    private Region Visit(Region region)
    {
        _builder.BeginRegion();
        foreach (Equation equation in region.Body)
        {
            switch (equation)
            {
                case LoopEquation { Checkpoints: LoopEquation.SquareRoot } e:
                    Cut(e);
                    break;
                case LoopEquation e:
                    _builder.Add(e with { Test = Visit(e.Test), Body = Visit(e.Body) });
                    break;
                case IfEquation e:
                    _builder.Add(e with { Then = Visit(e.Then), Else = Visit(e.Else) });
                    break;
                default:
                    _builder.Add(equation);
                    break;
            }
        }

        return _builder.EndRegion(region.Yields, region.Parameters);
    }

    private void Cut(LoopEquation e)
    {
        Value trips = Trips(e, _builder);
        Value root = _builder.Primitive(Op.Convert, IrType.Int32, _builder.Primitive("sqrt", IrType.Float64, _builder.Primitive(Op.Convert, IrType.Float64, trips)));
        Value length = _builder.Named("tripsOfSegment", Op.Add, IrType.Int32, root, Literals.Int32(1));

        // A loop without a trip has one segment without a trip.
        Value whole = _builder.Primitive(Op.Divide, IrType.Int32, _builder.Primitive(Op.Subtract, IrType.Int32, trips, Literals.Int32(1)), length);
        Value segments = _builder.Named("segments", Op.Add, IrType.Int32, whole, Literals.Int32(1));

        var outer = new LoopColumns(_builder);
        Value[] state = e.Carried.Select((c, i) => outer.Add(c, e.Body.Parameters[i].Name)).ToArray();
        Value segment = outer.Add(Literals.Int32(0), "segment");
        _builder.BeginRegion();
        Region test = _builder.EndRegion([_builder.Primitive(Op.Less, IrType.Bool, outer.InTest(segment), segments)], outer.TestParameters);

        _builder.BeginRegion();
        Value before = _builder.Primitive(Op.Multiply, IrType.Int32, segment, length);
        Value count = _builder.Primitive("min", IrType.Int32, length, _builder.Primitive(Op.Subtract, IrType.Int32, trips, before));
        Value[] after = Part(e, state, count, _builder);
        for (int i = 0; i < state.Length; i++)
        {
            outer.Next(state[i], after[i]);
        }

        outer.Next(segment, _builder.Primitive(Op.Add, IrType.Int32, segment, Literals.Int32(1)));
        LoopEquation cut = outer.Loop(test, _builder.EndRegion(outer.Yields, outer.BodyParameters));
        _builder.Add(cut with { Results = e.Results.Append(cut.Results[state.Length]).ToEquatableArray(), Checkpoints = e.Checkpoints });
    }

    /// <summary>How many trips a loop makes, known before it starts.</summary>
    public static Value Trips(LoopEquation e, IrBuilder builder)
    {
        Counted counted = Counted.Find(e, []) ?? throw new InvalidOperationException("A loop with checkpoints has no number of trips.");
        var equations = new List<Equation>();
        Value trips = counted.Trips(builder, equations);
        equations.ForEach(builder.Add);
        return trips;
    }

    /// <summary>Adds the loop with a given number of trips, from a given state; returns the state in the end.</summary>
    public static Value[] Part(LoopEquation e, Value[] state, Value count, IrBuilder builder)
    {
        Value trip = builder.NewValue(IrType.Int32, "trip"), tested = builder.NewValue(IrType.Int32, "trip"), last = builder.NewValue(IrType.Int32, "trip");
        Value[] results = state.Select((s, i) => builder.NewValue(s.Type, e.Results[i].Name)).ToArray();
        builder.BeginRegion();
        Value goesOn = builder.Primitive(Op.Less, IrType.Bool, tested, count);
        Region test = builder.EndRegion([goesOn], state.Select(s => builder.NewValue(s.Type, s.Name)).Append(tested));
        builder.BeginRegion();
        foreach (Equation equation in e.Body.Body)
        {
            builder.Add(equation);
        }

        Value next = builder.Primitive(Op.Add, IrType.Int32, trip, Literals.Int32(1));
        Region body = builder.EndRegion(e.Body.Yields.Append(next), e.Body.Parameters.Append(trip));
        builder.Add(new LoopEquation(results.Append(last).ToEquatableArray(), state.Append(Literals.Int32(0)).ToEquatableArray(), test, body));
        return results;
    }
}
