using System.Globalization;
using System.Text.RegularExpressions;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>Writes one member: documentation, attributes, signature, body.</summary>
internal static class MemberEmitter
{
    private const int SignatureLimit = 120;
    private static readonly Regex OwnType = new(@"global::(System|System\.Runtime\.Intrinsics|DiffCompile)\.(Span|ReadOnlySpan|Vector512|Directions|DerivativeWorkspace|BufferChecks|Rectangular)\b<?", RegexOptions.CultureInvariant);
    private static readonly Regex Word = new(@"\w+", RegexOptions.CultureInvariant);

    /// <param name="member">What to write.</param>
    /// <param name="names">How library types are written.</param>
    /// <param name="helperName">Name of the private method that a call of a differentiable function becomes.</param>
    /// <param name="depth">Levels of indentation at which the text will stand.</param>
    /// <param name="checksOverflow">Is it compiled with overflow checks?</param>
    public static CodeWriter Emit(PlannedMember member, TypeNames names, Func<FunctionReference, string> helperName, int depth, bool checksOverflow = true)
    {
        MemberPlan plan = member.Plan;
        member = plan.Statements.IsEmpty ? member with { Function = Trim.Run(member.Function) } : member;
        var writer = new CodeWriter();
        foreach (string line in plan.Documentation)
        {
            writer.Line(("/// " + line).TrimEnd());
        }

        foreach (string attribute in plan.Attributes)
        {
            writer.Line($"[{attribute}]");
        }

        Signature(writer, plan, names, depth);
        CheckDestination(writer, member, names);
        SpanChecks.Write(writer, member, names);
        WriteEntry(writer, member, names);
        if (plan.Workspace.Length > 0 && member.Kind is not null)
        {
            string type = names.Type("global::DiffCompile.DerivativeWorkspace");
            writer.Line($"using {type}.Scope {ScopeName(plan)} = {type}.Enter(ref {plan.Workspace});");
            writer.Blank();
        }

        if (!plan.Statements.IsEmpty)
        {
            foreach (string statement in plan.Statements)
            {
                Statement(writer, OwnType.Replace(statement, type => names.Type(type.Value)));
            }

            writer.Close();
            return writer;
        }

        var context = new MemberContext(plan, member.Function, names, helperName, checksOverflow) { TakesWorkspace = member.WorkspaceCallees.Contains };
        var body = new RegionEmitter(context, new NameScope(Reserved(member, helperName)), depth + 1, isOutermost: true);
        body.Run(member.Function.Body, new BlockTail(member.Function.Outputs, null));
        body.Writer.DropLoneComment();
        writer.Append(body.Writer);
        writer.Close();
        return writer;
    }

    // A line that ends with a brace opens a block, a line that is one closes it.
    private static void Statement(CodeWriter writer, string text)
    {
        if (text == "}")
        {
            writer.Close();
        }
        else if (text.EndsWith("{", StringComparison.Ordinal))
        {
            writer.Open(text.Substring(0, text.Length - 1).TrimEnd());
        }
        else if (text.Length == 0)
        {
            writer.Blank();
        }
        else
        {
            writer.Line(text);
        }
    }

    private static void Signature(CodeWriter writer, MemberPlan plan, TypeNames names, int depth)
    {
        string[] parameters = plan.Parameters
            .Select(p => $"{(p.Modifier.Length > 0 ? p.Modifier + " " : "")}{names.Type(p.CSharpType)} {Identifiers.Escape(p.Name)}{(p.Default.Length > 0 ? " = " + p.Default : "")}")
            .ToArray();
        string head = $"{plan.Modifiers} {names.Type(plan.ReturnType)} {Identifiers.Escape(plan.Name)}(";
        string line = head + string.Join(", ", parameters) + ")";
        if (CodeWriter.Columns(depth) + line.Length <= SignatureLimit)
        {
            writer.Open(line);
            return;
        }

        writer.Line(head);
        for (int i = 0; i < parameters.Length; i++)
        {
            writer.Line("    " + parameters[i] + (i < parameters.Length - 1 ? "," : ")"));
        }

        writer.Open();
    }

    /// <summary>A buffer of the wrong length is refused before anything is written to it.</summary>
    private static void CheckDestination(CodeWriter writer, PlannedMember member, TypeNames names)
    {
        OutputPlan outputs = member.Plan.Outputs;
        if (outputs.Destination.Length == 0)
        {
            return;
        }

        int stored = member.Function.Outputs.Count - (outputs.Return?.LeafCount ?? 0) - outputs.OutParameters.Sum(p => p.Shape.LeafCount);
        string count = stored.ToString(CultureInfo.InvariantCulture);
        string name = outputs.Destination;
        string exception = names.Type("global::System.ArgumentException");
        writer.Open($"if ({name}.Length != {count})");

        // An author's parameter may have the name of the operator.
        string argument = member.Plan.Parameters.Any(p => p.Name == "nameof") ? $"\"{name}\"" : $"nameof({name})";
        writer.Line($"throw new {exception}($\"Expected a span of length {count}, got one of length {{{name}.Length}}.\", {argument});");
        writer.Close();
        writer.Blank();
    }

    private static void WriteEntry(CodeWriter writer, PlannedMember member, TypeNames names)
    {
        var uses = new ValueUses(member.Function);
        HashSet<string> read = [.. member.Function.Inputs.Take(member.Plan.Inputs.Count).Select((input, i) => (input, i)).Where(p => uses.Count(p.input) > 0 || !member.Plan.Statements.IsEmpty).Select(p => member.Plan.Inputs[p.i])];
        EntryLocal[] locals = member.Plan.Entry.Where(e => read.Contains(e.Name)).ToArray();
        foreach (EntryLocal local in locals)
        {
            string owner = local.Owner.Length > 0 ? names.Type(local.Owner) + "." : "";
            writer.Line($"{names.Type(local.Type)} {local.Name} = {owner}{local.Call};");
        }

        if (locals.Length > 0)
        {
            writer.Blank();
        }
    }

    private static string ScopeName(MemberPlan plan)
    {
        string name = "scope";
        while (plan.Parameters.Any(p => p.Name == name))
        {
            name += "_";
        }

        return name;
    }

    private static HashSet<string> Reserved(PlannedMember member, Func<FunctionReference, string> helperName)
    {
        HashSet<string> reserved = [.. TypeNames.Shortenable, "nameof", ScopeName(member.Plan), .. member.Plan.Entry.Select(e => e.Name.TrimStart('@')), .. member.Plan.Parameters.Select(p => p.Name)];
        Reserve(member.Function.Body, helperName, reserved);
        return reserved;
    }

    private static void Reserve(Region region, Func<FunctionReference, string> helperName, HashSet<string> reserved)
    {
        foreach (Equation equation in region.Body)
        {
            if (equation is ThrowEquation thrown)
            {
                reserved.UnionWith(Word.Matches(thrown.Expression).Cast<Match>().Select(m => m.Value));
            }
            else if (equation is CallEquation call)
            {
                reserved.Add(helperName(call.Callee));
            }

            ReserveConstants(equation.Operands, reserved);
            foreach (Region nested in equation.Regions)
            {
                Reserve(nested, helperName, reserved);
            }
        }

        ReserveConstants(region.Yields, reserved);
    }

    // A constant may be written by a name of the author's.
    private static void ReserveConstants(EquatableArray<Value> values, HashSet<string> reserved)
    {
        foreach (Value value in values)
        {
            if (value.IsConstant)
            {
                reserved.Add(LiteralText.LeadingName(value));
            }
        }
    }
}
