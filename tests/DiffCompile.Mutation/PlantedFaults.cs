namespace DiffCompile.Mutation;

/// <summary>
/// Mistakes that people make in compilers of derivatives, planted one at a time. The tests must catch each of them; a pass
/// that is rewritten takes its faults along.
/// </summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<TextEdit> All { get; } =
    [
        // Residuals
        new("a value that the reverse part needs is not saved", "Passes/ResidualPlan.cs",
            "thenYields.Add(isThen ? inner : Literals.Zero(residual.Type));",
            "thenYields.Add(Literals.Zero(residual.Type));"),
        new("a saved value is zero on the side that made it", "Passes/ResidualPlan.cs",
            "new[] { (e.Then, true), (e.Else, false) }",
            "new[] { (e.Then, false), (e.Else, true) }"),
        new("residuals of a split call in the wrong order", "Passes/SplitCall.cs",
            "_residuals.Concat(cotangents).ToEquatableArray()",
            "_residuals.Reverse().Concat(cotangents).ToEquatableArray()"),

        // Cotangents
        new("branches swapped in the reverse part", "Passes/Vjp.cs",
            """
                        then with { Yields = thenYields.ToEquatableArray() },
                        otherwise with { Yields = elseYields.ToEquatableArray() }));
            """,
            """
                        otherwise with { Yields = elseYields.ToEquatableArray() },
                        then with { Yields = thenYields.ToEquatableArray() }));
            """),
        new("a cotangent overwritten instead of added to", "Passes/Vjp.cs",
            "_step.Accumulate(CotangentOf(operand), cotangent, e, i, operand.Type, BarName(operand))",
            "_step.Accumulate(null, cotangent, e, i, operand.Type, BarName(operand))"),
        new("a cotangent from outside lost in a branch", "Passes/Vjp.cs",
            "elseYields.Add(Lookup(afterElse, id) ?? Literals.Zero(sample.Type));",
            "elseYields.Add(Literals.Zero(sample.Type));"),
        new("the second operand gets nothing", "Passes/Vjp.cs",
            "if (_activity.IsVaried(operand) && LinearStep.HasPartial(e, i))",
            "if (i != 1 && _activity.IsVaried(operand) && LinearStep.HasPartial(e, i))"),
        new("the seed of a pullback forgotten", "Passes/Vjp.cs",
            "Accumulate(output, seed);",
            "if (unitSeed) { Accumulate(output, seed); }"),
        new("cotangents of several outputs swapped", "Passes/Vjp.cs",
            "foreach (Value output in function.Outputs.Where(o => o.Type.IsFloat))",
            "foreach (Value output in function.Outputs.Where(o => o.Type.IsFloat).Reverse())"),
        new("a span of cotangents not cleared before it is overwritten", "Passes/Vjp.cs",
            "_builder.Add(new ClearEquation(twin));",
            ""),
        new("a result of a call gets the cotangent of another", "Passes/SplitCall.cs",
            "_call.Results.Where(r => r.Type.IsFloat).Select(r => cotangentOf(r) ?? Literals.Zero(r.Type))",
            "_call.Results.Where(r => r.Type.IsFloat).Reverse().Select(r => cotangentOf(r) ?? Literals.Zero(r.Type))"),

        // Tangents
        new("the tangent of a constant is not zero", "Passes/Jvp.cs",
            "elseYields.Add(TangentOf(e.Else.Yields[i]) ?? Literals.Zero(result.Type));",
            "elseYields.Add(TangentOf(e.Else.Yields[i]) ?? Literals.Float(result.Type, 1.0));"),
        new("the tangent of the last operand only", "Passes/Jvp.cs",
            "sum = _step.Accumulate(sum, tangent, e, i, e.Result.Type, name);",
            "sum = _step.Accumulate(null, tangent, e, i, e.Result.Type, name);"),

        // Partials
        new("a singular partial multiplied plainly", "Passes/LinearStep.cs",
            "partial.IsSingular?.Invoke(ranges.Of(guard)) ?? true",
            "false"),
        new("Mul0 with its factors the wrong way round", "Passes/LinearStep.cs",
            "? partial.Flipped\n",
            "? !partial.Flipped\n"),
        new("the derivative of Mul0 loses its second term", "Rules/ArithmeticRules.cs",
            "Partials = [c => new Partial(c.Y, c.Z), c => new Partial(c.X, c.Z, Flipped: true), null],",
            "Partials = [c => new Partial(c.Y, c.Z), null, null],"),
        new("ties of max given to one side", "Rules/SelectionRules.cs",
            "Share(c.Result, c.X, c.Y, c.AtKink(0.5, 0.0, 1.0))",
            "Share(c.Result, c.X, c.Y, c.AtKink(1.0, 0.0, 1.0))"),
        new("the convention at kinks lost", "Passes/LinearStep.cs",
            "new RuleContext(arguments, new Ex(builder, equation.Result), equation.Kinks)",
            "new RuleContext(arguments, new Ex(builder, equation.Result), Kinks.Symmetric)"),
        new("the convention of the caller taken for that of the callee", "Parsing/OperationLowerer.cs",
            "SourceOf(origin), _context.Kinks",
            "SourceOf(origin), Kinks.Left"),
        new("a range claimed that the value can leave", "Passes/RangeAnalysis.cs",
            "x.Min > -600.0 ? 1e-308 : 0.0",
            "1e-308"),

        // Intent
        new("StopGradient ignored", "Rules/ConversionRules.cs",
            "Partials = [null],",
            "Partials = [c => c.X.Constant(1.0)],"),
        new("NoGradient ignored by activity", "Passes/Activity.cs",
            "foreach (int index in activeInputs)",
            "foreach (int index in Enumerable.Range(0, function.Inputs.Count))"),
        new("a derivative lost in an integer is let through", "Linking/LinkChecks.cs",
            "IntegerLoss.Find(body, activity, library)",
            "(Value?)null"),
        new("a rule that is not linear is transposed", "Passes/Linearity.cs",
            "return linear ? Degree.Linear : Degree.Other;",
            "return Degree.Linear;"),

        // Rewriting
        new("the author's operations simplified", "Passes/Simplify.cs",
            "object simpler = mapped.IsPrimal ? mapped : Primitive(mapped, definitions);",
            "object simpler = Primitive(mapped, definitions);"),
        new("0 − x simplified to x", "Passes/Simplify.cs",
            "IsZero(x) ? Change(e, Op.Negate, y)",
            "IsZero(x) ? y"),
        new("x + (−y) simplified to x + y", "Passes/Simplify.cs",
            "Negated(y, definitions) is { } minusY ? Change(e, Op.Subtract, x, minusY)",
            "Negated(y, definitions) is { } minusY ? Change(e, Op.Add, x, minusY)"),
        new("equal operations of different types taken for one", "Passes/CommonSubexpressions.cs",
            "var key = (e.Op, e.Result.Type, Ordered(e));",
            "var key = (e.Op, IrType.Float64, Ordered(e));"),
        new("a value of one branch taken for known after it", "Passes/CommonSubexpressions.cs",
            "var inside = new Dictionary<(string, IrType, EquatableArray<Value>), Value>(known);",
            "var inside = known;"),
        new("branches merged across what the second needs of the first", "Passes/MergeBranches.cs",
            "return blocked ? null : (first, needed);",
            "return (first, needed);"),
        new("an operation that throws dropped as dead", "Passes/DeadCode.cs",
            "bool needed = equation is StageEquation || equation.HasEffect() ||",
            "bool needed = equation is StageEquation ||"),
        new("a result of a branch dropped with its neighbour", "Passes/DeadCode.cs",
            "keep.Select(i => e.Else.Yields[i]).ToEquatableArray()",
            "e.Else.Yields.Take(keep.Length).ToEquatableArray()"),

        // Inlining
        new("a pasted value keeps its number", "Passes/Rewriter.cs",
            "PrimitiveEquation e => e with { Arguments = Map(e.Arguments), Result = Fresh(e.Result, ids) },",
            "PrimitiveEquation e => e with { Arguments = Map(e.Arguments) },"),
        new("a result in a pasted branch keeps its number", "Passes/Rewriter.cs",
            "Results(new IfEquation(e.Results, Map(e.Condition), Copy(e.Then, ids), Copy(e.Else, ids)), ids)",
            "new IfEquation(e.Results, Map(e.Condition), Copy(e.Then, ids), Copy(e.Else, ids))"),
        new("parameters of a callee taken in the wrong order", "Passes/Inline.cs",
            "rewriter.Replace(callee.Inputs[i], arguments[i]);",
            "rewriter.Replace(callee.Inputs[i], arguments[callee.Inputs.Count - 1 - i]);"),

        // Variables
        new("a variable overwritten while text that waits reads it", "Emit/RegionEmitter.Variables.cs",
            "foreach (int id in _waiting.Where(id => TextLines.HoldsWord(_member.Read(id).Bare, variable)).OrderBy(id => id).ToArray())",
            "foreach (int id in Array.Empty<int>())"),
        new("a variable overwritten while another value goes by its name", "Emit/RegionEmitter.Variables.cs",
            "foreach ((_, Value alias) in _aliases.Where(a => a.Variable == variable).ToArray())",
            "foreach ((_, Value alias) in _aliases.Where(a => false).ToArray())"),
        new("a variable taken over from a value that is still read", "Emit/RegionEmitter.Variables.cs",
            "!_member.Uses.IsReadAfter(holder.Value, result) && IsUnmentioned(holder.Key)",
            "IsUnmentioned(holder.Key)"),

        // Self-checks of custom rules
        new("a self-check forgets the rule", "SelfChecks/SelfCheckWriter.cs",
            "if (_spec.VjpCall.Length > 0)\n        {\n            VjpLambda();",
            "if (_spec.VjpCall.Length > 1000)\n        {\n            VjpLambda();"),
        new("a self-check takes the rule's word for the cotangents of spans", "SelfChecks/SelfCheckWriter.cs",
            "_writer.Line($\"{Output}[{slot.Offset}] += {part}{slot.Path};\");",
            "_writer.Line($\"{Output}[{slot.Offset}] = {part}{slot.Path};\");"),
        new("no self-check is written", "SelfChecks/SelfCheckReader.cs",
            "if (check.Problem is not null || check.Target is not { } target || rule.MethodKind != MethodKind.Ordinary)",
            "if (check.Problem is null || check.Target is not { } target || rule.MethodKind != MethodKind.Ordinary)"),

        // Members
        new("the Jacobian transposed", "Linking/MemberPrograms.cs",
            "outputs.SelectMany((_, row) => columns.Select(c => c[_body.Outputs.Count + row]))",
            "columns.SelectMany(c => outputs.Select((_, row) => c[_body.Outputs.Count + row]))"),
        new("the diagonal of the Hessian everywhere", "Linking/MemberPrograms.cs",
            "columns[Math.Min(i, j)][Math.Max(i, j)]",
            "columns[Math.Max(i, j)][Math.Max(i, j)]"),
    ];
}
