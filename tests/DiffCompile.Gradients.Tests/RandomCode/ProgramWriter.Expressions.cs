namespace DiffCompile.Gradients.Tests.RandomCode;

// Numbers, conditions, indices.
internal sealed partial class ProgramWriter
{
    private string Expression(Scope scope, int depth)
    {
        if (depth == 0)
        {
            return Leaf(scope);
        }

        string a = Expression(scope, depth - 1), b = Expression(scope, random.Next(depth));
        switch (random.Next(18))
        {
            case 0: return $"({a} + {b})";
            case 1: return $"({a} - {b})";
            case 2: return $"Math.Sin({a}) * {Factor(b)}";
            case 3: return $"Math.Tanh({a}) - ({b}) * 0.5";
            case 4: return $"({a}) / (1.5 + ({b}) * ({b}))";
            case 5: return $"Math.Exp(-({a}) * ({a}))";
            case 6: return $"(@if({Condition(scope)}) ? {a} : {b})";
            case 7: return $"({a}) * ({b}) / (1.0 + ({b}) * ({b}))";
            case 8: return $"Math.Sqrt(1.0 + ({a}) * ({a}))";
            case 9: return Chance(2) ? $"@max({a}, {b})" : $"@min({a}, {b})";
            case 10: return $"@abs({a})";
            case 11 when scope.Ints.Count > 0: return $"0.1 * {Pick(scope.Ints)} * Math.Cos({a})";
            case 12: return SwitchExpression(scope, a, b);
            case 13 or 14: return Call(scope, a, b);
            case 15 when scope.Depth > 0 && scope.Doubles.Any(IsPlain): return $"0.5 * ({Pick(scope.Doubles.Where(IsPlain).ToArray())} = {a})";
            case 16 when Chance(4): return $"@stop({a}) * {Factor(b)}";
            case 17 when scope.Ints.Any(IsVariable): return $"{Stepped(scope)} * 0.1 * {Factor(a)}";
            default: return a;
        }
    }

    // Not a member of a tuple.
    private static bool IsPlain(string name) => !name.Contains('.', StringComparison.Ordinal);

    /// <summary>k++, or --k kept from falling below zero.</summary>
    private string Stepped(Scope scope)
    {
        string k = Pick(scope.Ints.Where(IsVariable).ToArray());
        return Chance(3) ? $"({k} = ({k} + 2) % 5)" : Chance(2) ? $"{k}++" : $"++{k}";
    }

    private static string Factor(string text) => text.StartsWith('(') || text.All(char.IsLetterOrDigit) ? text : $"({text})";

    private string Leaf(Scope scope)
    {
        Buffer[] numbers = scope.Buffers.Where(b => !b.IsIndices).ToArray();
        if (numbers.Length > 0 && Chance(2))
        {
            Buffer buffer = Pick(numbers);
            return $"{buffer.Name}[{Index(scope, buffer)}]";
        }

        return Chance(6) ? Constant() : Pick([.. scope.Doubles, .. scope.Readable]);
    }

    /// <summary>An index that the buffer has.</summary>
    private string Index(Scope scope, Buffer buffer)
    {
        var counters = new List<string>(scope.Ints);
        counters.AddRange(scope.Places);
        foreach (Buffer indices in scope.Buffers.Where(b => b.IsIndices))
        {
            counters.Add($"{indices.Name}[{(scope.Ints.Count > 0 ? Pick(scope.Ints) + $" % {indices.Length}" : random.Next(indices.Length))}]");
        }

        if (counters.Count > 0 && random.Next(4) != 0)
        {
            if (scope.Ints.Any(IsVariable) && Chance(6))
            {
                return $"{Stepped(scope)} % {Length(buffer)}";
            }

            // Sometimes out of range: the derivative throws where the method does.
            if (Chance(60))
            {
                return Pick(counters);
            }

            string counter = scope.Places.Count > 0 && Chance(4) ? Pick(scope.Places) : Pick(counters);
            return random.Next(4) switch
            {
                0 => $"({counter} + {random.Next(1, 4)}) % {Length(buffer)}",
                1 => $"{Length(buffer)} - 1 - {counter} % {Length(buffer)}",
                2 when scope.Ints.Count > 1 => $"({counter} * {Pick(scope.Ints)}) % {Length(buffer)}",
                _ => $"{counter} % {Length(buffer)}",
            };
        }

        return Chance(5) ? "^" + random.Next(1, buffer.Length + 1) : random.Next(buffer.Length).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private string Length(Buffer buffer) =>
        Chance(2) ? buffer.Name + ".Length" : buffer.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A number that varies.</summary>
    private string Number(Scope scope)
    {
        for (; ; )
        {
            string leaf = Leaf(scope);
            if (!leaf.StartsWith('-') && !char.IsAsciiDigit(leaf[0]))
            {
                return leaf;
            }
        }
    }

    private string Condition(Scope scope) => random.Next(8) switch
    {
        0 => $"@if({Number(scope)} > {Constant()}) && {Number(scope)} < {Number(scope)} + 1.0",
        1 => $"@if({Number(scope)} < {Constant()}) || {Number(scope)} > {Constant()}",
        2 when scope.Ints.Count > 0 => $"{Pick(scope.Ints)} % {random.Next(2, 4)} == {random.Next(2)}",
        3 when scope.Bools.Count > 0 => Chance(2) ? Pick(scope.Bools) : $"!{Pick(scope.Bools)} && {Number(scope)} > {Constant()}",
        4 when scope.Places.Count > 0 => $"{Pick(scope.Places)} > {random.Next(3)}",
        5 => $"{Number(scope)} is > -0.8 and < 0.9",
        _ => $"{Number(scope)} > {Constant()}",
    };

    private string SwitchExpression(Scope scope, string a, string b)
    {
        if (scope.Ints.Count > 0 && Chance(2))
        {
            return $"({Pick(scope.Ints)} % 3) switch {{ 0 => {a}, 1 when @if({Condition(scope)}) => {b}, _ => {Number(scope)} }}".Insert(0, "(") + ")";
        }

        return $"({Factor(Number(scope))} switch {{ > 0.5 => @arm({NewMark()}, {a}), < -0.4 when @if({Condition(scope)}) => @arm({NewMark()}, {b}), _ => @arm({NewMark()}, {Number(scope)}) }})";
    }
}
