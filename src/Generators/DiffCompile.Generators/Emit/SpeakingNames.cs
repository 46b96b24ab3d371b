using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Emit;

/// <summary>Names for values that the author left unnamed: expU for exp(u), reciprocalSigma for 1/sigma.</summary>
internal static class SpeakingNames
{
    /// <summary>A name for the result; empty when none comes to mind.</summary>
    /// <param name="definition">What makes the value; null for a branch or a call.</param>
    /// <param name="textOf">The text by which an operand is read.</param>
    public static string Suggest(PrimitiveEquation? definition, Func<Value, string> textOf)
    {
        if (definition is null)
        {
            return "";
        }

        string[] operands = definition.Arguments.Select(a => a.IsConstant ? "" : SimpleName(textOf(a))).ToArray();
        switch (definition.Op)
        {
            case Op.Multiply when operands[0].Length > 0 && operands[0] == operands[1]:
                return Identifiers.Camel(operands[0]) + "Squared";
            case Op.Divide when Literals.Is(definition.Arguments[0], 1.0) && operands[1].Length > 0:
                return "reciprocal" + Identifiers.Pascal(operands[1]);
            case Op.Negate when operands[0].Length > 0:
                return "minus" + Identifiers.Pascal(operands[0]);
        }

        if (Comparison(definition.Op) is { Length: > 0 } relation && operands[0].Length > 0)
        {
            Value right = definition.Arguments[1];
            string limit = Literals.Is(right, 0.0) ? "Zero" : Literals.Is(right, 1.0) ? "One" : Identifiers.Pascal(operands[1]);
            return limit.Length > 0 ? operands[0] + relation + limit : "";
        }

        bool isFunction = Rules.RuleTable.Find(definition.Op)?.SpellingFor(definition.Result.Type, definition.Arguments[0].Type).Length > 0;
        return isFunction && definition.Op != Op.Mul0 && operands.Length == 1 && operands[0].Length > 0
            ? FunctionName(definition.Op) + Identifiers.Pascal(operands[0])
            : "";
    }

    /// <summary>A name for an element: xi for x[i], x0 for x[0]; xElement where the index says nothing; piX for p[i].X.</summary>
    public static string OfElement(string buffer, string index, string path)
    {
        string name = SimpleName(buffer);
        bool isShort = index.Length is 1 or 2 && index.All(c => char.IsDigit(c) || char.IsLower(c)) && !(index[0] == 't' && index.Length == 2);
        name = name.EndsWith("Elements", StringComparison.Ordinal) && name.Length > "Elements".Length ? name.Substring(0, name.Length - "Elements".Length) : name;
        string member = Identifiers.InName(path);
        return name.Length == 0 ? "" : isShort ? name + index + member : member.Length > 0 ? name + member : name + "Element";
    }

    private static string Comparison(string op) => op switch
    {
        Op.Less => "Below",
        Op.LessOrEqual => "AtMost",
        Op.Greater => "Above",
        Op.GreaterOrEqual => "AtLeast",
        Op.Equal => "Equals",
        Op.NotEqual => "Differs",
        _ => "",
    };

    // "log_erfc" → logErfc, "mathnet.erf" → erf.
    private static string FunctionName(string op)
    {
        string[] words = op.Substring(op.LastIndexOf('.') + 1).Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(Identifiers.Pascal));
    }

    // Of "p.LogMmin" the last part; nothing of an expression or of a name that says nothing itself.
    private static string SimpleName(string text)
    {
        string last = text.Substring(text.LastIndexOf('.') + 1).TrimStart('@');
        bool isPath = text.All(c => c is '.' or '_' or '@' || char.IsLetterOrDigit(c)) && Identifiers.IsIdentifier(last);
        bool isFallback = last.Length > 1 && last[0] == 't' && last.Skip(1).All(char.IsDigit);
        return isPath && !isFallback ? last : "";
    }
}
