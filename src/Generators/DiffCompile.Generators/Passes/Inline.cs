using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>
/// Replaces calls of small functions by their bodies, and calls of generated members (nested derivatives) by the derivative
/// programs that they stand for. Tangents of an inner derivative are values of their own, so they cannot be confused with
/// those of an outer one.
/// </summary>
internal sealed class Inline
{
    /// <summary>A callee with more equations than this stays a call; one that takes a buffer never does, whose twin goes with it.</summary>
    public const int CalleeBudget = 60;

    /// <summary>A function with more equations than this takes in no further callee.</summary>
    public const int CallerBudget = 400;

    /// <summary>A callee with loops is worth more: as a call it is run twice in reverse mode.</summary>
    private const int LoopCalleeBudget = 300;
    private const int LoopCallerBudget = 2000;

    private readonly FunctionLibrary _library;
    private readonly IrBuilder _builder;
    private int _size;

    private Inline(IrFunction function, FunctionLibrary library)
    {
        _library = library;
        _builder = new IrBuilder(function.LastId());
        _size = function.Size();
    }

    public static IrFunction Run(IrFunction function, FunctionLibrary library)
    {
        if (!function.Body.AllEquations().Any(e => e is CallEquation))
        {
            return function;
        }

        var pass = new Inline(function, library);
        var rewriter = new Rewriter();
        pass.Visit(function.Body, rewriter);
        return pass._builder.Finish(function.Name, function.Inputs, rewriter.Map(function.Outputs));
    }

    private void Visit(Region region, Rewriter rewriter)
    {
        foreach (Equation original in region.Body)
        {
            switch (original)
            {
                case IfEquation e:
                    _builder.BeginRegion();
                    Visit(e.Then, rewriter);
                    Region then = _builder.EndRegion(rewriter.Map(e.Then.Yields));
                    _builder.BeginRegion();
                    Visit(e.Else, rewriter);
                    Region otherwise = _builder.EndRegion(rewriter.Map(e.Else.Yields));
                    _builder.Add(new IfEquation(e.Results, rewriter.Map(e.Condition), then, otherwise));
                    break;
                case LoopEquation e:
                    _builder.BeginRegion();
                    Visit(e.Test, rewriter);
                    Region test = _builder.EndRegion(rewriter.Map(e.Test.Yields), e.Test.Parameters);
                    _builder.BeginRegion();
                    Visit(e.Body, rewriter);
                    Region body = _builder.EndRegion(rewriter.Map(e.Body.Yields), e.Body.Parameters);
                    _builder.Add(e with { Carried = rewriter.Map(e.Carried), Test = test, Body = body });
                    break;
                case CallEquation e:
                    Call((CallEquation)rewriter.Map(e), rewriter);
                    break;
                default:
                    _builder.Add(rewriter.Map(original));
                    break;
            }
        }
    }

    private void Call(CallEquation call, Rewriter rewriter)
    {
        if (MemberCall.IsMember(call.Callee))
        {
            MemberCall member = MemberCall.Resolve(call, _library);
            Value[] outputs = Paste(member.Function, member.Arguments);
            for (int i = 0; i < call.Results.Count; i++)
            {
                rewriter.Replace(call.Results[i], member.Result(i, outputs, call.Results[i].Type));
            }

            return;
        }

        // Without end otherwise.
        if (_library.IsRecursive(call.Callee.Key))
        {
            _builder.Add(call);
            return;
        }

        // What is written to one parameter may be read from another: two arguments can be one array, which only the caller knows.
        bool mustInline = call.Arguments.Any(a => a.Type.IsBuffer);
        IrFunction callee = mustInline && call.Callee.Transforms.IsEmpty ? _library.TakenIn(call.Callee.Key) : _library.Resolve(call.Callee);
        int size = callee.Size();
        bool hasLoops = callee.Body.AllEquations().Any(e => e is LoopEquation);
        (int ofCallee, int ofCaller) = hasLoops ? (LoopCalleeBudget, LoopCallerBudget) : (CalleeBudget, CallerBudget);
        if (!mustInline && (size > ofCallee || _size + size > ofCaller))
        {
            _builder.Add(call);
            return;
        }

        _size += size;
        Value[] results = Paste(callee, call.Arguments);
        for (int i = 0; i < call.Results.Count; i++)
        {
            rewriter.Replace(call.Results[i], results[i]);
        }
    }

    private Value[] Paste(IrFunction callee, IReadOnlyList<Value> arguments) => Paste(callee, arguments, _builder);

    /// <summary>Copies a body into the open region; returns what its outputs became.</summary>
    /// <param name="callee">The body.</param>
    /// <param name="arguments">What its inputs are.</param>
    /// <param name="builder">Holds the region.</param>
    /// <param name="keepStages">Is it the greater part of the new program, so that its stages are those of the program?</param>
    public static Value[] Paste(IrFunction callee, IReadOnlyList<Value> arguments, IrBuilder builder, bool keepStages = false)
    {
        var rewriter = new Rewriter();
        for (int i = 0; i < callee.Inputs.Count; i++)
        {
            rewriter.Replace(callee.Inputs[i], arguments[i]);
        }

        foreach (Equation equation in callee.Body.Body.Where(e => keepStages || e is not StageEquation))
        {
            builder.Add(rewriter.Copy(equation, builder));
        }

        return callee.Outputs.Select(rewriter.Map).ToArray();
    }
}
