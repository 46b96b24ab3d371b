using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

// Calls of ordinary C# that has a rule. The rule runs in the reverse part and is handed what the method was: memory that changes
// between the two is copied behind the call.
internal sealed partial class Vjp
{
    private readonly Dictionary<ExternalCallEquation, Rewriter> _copies = new(ReferenceComparer<ExternalCallEquation>.Instance);
    private readonly Reloads _reloads;

    private void ForwardExternal(ExternalCallEquation e)
    {
        _builder.Add(e);
        if (!CustomRules.ActiveLeaves(e).Any(_activity.IsVaried))
        {
            return;
        }

        var copies = new Rewriter();
        _copies[e] = copies;
        (Value, ShapeParameter)[] arguments = CustomRules.Arguments(e).ToArray();
        for (int i = 0; i < arguments.Length; i++)
        {
            (Value argument, ShapeParameter parameter) = arguments[i];
            if (!argument.Type.IsBuffer || parameter.IsScratch || _reloads.IsUnchangedAfter(e, argument) || copies.Map(argument) != argument
                || !CustomRules.PullbackReads(e, i, _library))
            {
                continue;
            }

            if (parameter.Shape is ScalarShape { Type.Container: ContainerKind.Array })
            {
                throw new RefusalException(Descriptors.ArrayForRule, e.Results.Count > 0 ? e.Results[0].Id : null, CustomRules.ShortName(e), parameter.Name);
            }

            copies.Replace(argument, Buffers.Copy(argument, _builder));
        }
    }

    private void ReverseExternal(ExternalCallEquation e)
    {
        Rewriter copies = _copies[e];
        foreach ((Value operand, Value contribution) in CustomRules.Vjp(e, copies.Map, CotangentOf, TwinOrSpare, _builder, _library))
        {
            Accumulate(operand, contribution);
        }
    }

    // Nobody asks for the cotangents of memory of one's own that does not vary, but a rule adds to them.
    private Value? TwinOrSpare(Value buffer) =>
        _twins.TryGetValue(buffer.Id, out Value? twin) ? twin : _activity.IsOwn(buffer) ? Buffers.Like(buffer, BarName(buffer), _builder) : null;
}
