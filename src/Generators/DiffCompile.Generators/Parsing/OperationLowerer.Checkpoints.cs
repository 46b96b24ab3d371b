using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DiffCompile.Generators.Parsing;

// [Checkpoint]: it is about the loops in the text of the method that bears it, be that a method, a local function or a lambda.
internal sealed partial class OperationLowerer
{
    /// <summary>What [Checkpoint] says of the loop that is now being lowered.</summary>
    private int Checkpoints => _frame.LoopDepth == 1 ? AttributeReader.ReadCheckpoints(_frame.Method) : 0;

    /// <summary>Reports a [Checkpoint] of the method being lowered that nothing can be made of.</summary>
    private void CheckCheckpoints()
    {
        if (KnownSymbols.Attribute(_frame.Method, "CheckpointAttribute") is not { } attribute)
        {
            return;
        }

        Location at = attribute.ApplicationSyntaxReference?.GetSyntax(_context.CancellationToken).GetLocation() ?? _frame.Method.Locations[0];
        if (AttributeReader.ReadCheckpoints(_frame.Method) is 0 && !AttributeReader.StoresAll(attribute))
        {
            _sink.Report(Descriptors.CheckpointSlots, DeclarationChecks.ArgumentLocation(attribute, null, _context.CancellationToken) ?? at);
        }
        else if (!_frame.HasLoop)
        {
            _sink.Report(Descriptors.CheckpointWithoutLoop, at, _frame.Method.MethodKind == MethodKind.AnonymousFunction ? "This lambda" : "'" + KnownSymbols.NameOf(_frame.Method) + "'");
        }
    }

    /// <summary>Reports a loop with checkpoints whose number of trips is only known afterwards.</summary>
    private void CheckCheckpoints(ILoopOperation loop, LoopEquation equation)
    {
        if (equation.Checkpoints != 0 && Counted.Find(equation, []) is null)
        {
            _sink.Report(Descriptors.CheckpointLoop, Anchors.Of(loop));
        }
    }
}
