namespace DiffCompile.Gradients.Tests.RandomCode;

// Helpers without the attribute, small (taken in) and large (called as a pair).
internal sealed partial class ProgramWriter
{
    private const int HelperTrips = 8;

    private enum HelperKind
    {
        /// <summary>double H(double p, double q).</summary>
        OfNumbers,

        /// <summary>double H(ReadOnlySpan&lt;double&gt; r, double p).</summary>
        Reads,

        /// <summary>void H(Span&lt;double&gt; w, ReadOnlySpan&lt;double&gt; r, double p).</summary>
        Writes,

        /// <summary>double H(Span&lt;double&gt; w, double p).</summary>
        WritesAndReturns,

        /// <summary>(double, double) H(double p, double q).</summary>
        Pair,
    }

    private void WriteHelper(string name)
    {
        var kind = (HelperKind)random.Next(5);
        (Result outer, int budget) = (_result, _budget);
        (_names, _budget) = (0, random.Next(1, 8));
        _result = kind switch { HelperKind.Pair => Result.Pair, HelperKind.Writes => Result.Nothing, _ => Result.Number };
        Scope scope = Scope.Empty with { Trips = HelperTrips };
        scope.Doubles.Add("p");
        string parameters = "double p";
        switch (kind)
        {
            case HelperKind.OfNumbers or HelperKind.Pair:
                parameters += ", double q";
                scope.Doubles.Add("q");
                break;
            case HelperKind.Reads:
                parameters = "ReadOnlySpan<double> r, " + parameters;
                scope.Buffers.Add(new Buffer("r", 3, BufferKind.ReadOnlySpan, "r"));
                break;
            case HelperKind.Writes:
                parameters = "Span<double> w, ReadOnlySpan<double> r, " + parameters;
                // Of one root, since a copy from one to the other is refused where both are one array.
                scope.Buffers.Add(new Buffer("r", 3, BufferKind.ReadOnlySpan, "w"));
                scope.Buffers.Add(new Buffer("w", 3, BufferKind.Span, "w"));
                break;
            default:
                parameters = "Span<double> w, " + parameters;
                scope.Buffers.Add(new Buffer("w", 3, BufferKind.Span, "w"));
                break;
        }

        Line(2, $"private static {ResultType} {name}({parameters})");
        Line(2, "{");
        Block(scope, 3);
        if (_result != Result.Nothing)
        {
            Line(3, ReturnOf(scope));
        }

        Line(2, "}");
        Line(0, "");
        (_result, _budget) = (outer, budget);
        _helpers.Add(new Helper(name, kind));
    }

    private string Call(Scope scope, string a, string b)
    {
        Helper[] known = scope.Trips > HelperTrips ? [] : _helpers.ToArray();
        if (known.Length == 0)
        {
            return a;
        }

        Helper helper = Pick(known);
        Buffer[] readable = scope.Buffers.Where(x => !x.IsIndices && x.Length >= 3).ToArray();
        Buffer[] writable = readable.Where(x => x.IsWritable).ToArray();
        return helper.Kind switch
        {
            HelperKind.OfNumbers => $"{helper.Name}({a}, {b})",
            HelperKind.Reads when readable.Length > 0 => $"{helper.Name}({Pick(readable).Name}, {a})",
            HelperKind.WritesAndReturns when writable.Length > 0 => $"{helper.Name}({Pick(writable).Name}, {a})",
            HelperKind.Pair => $"{helper.Name}({a}, {b}).Item{random.Next(1, 3)}",
            _ => a,
        };
    }

    private bool CallStatement(Scope scope, int indent)
    {
        Helper[] known = scope.Trips > HelperTrips ? [] : _helpers.Where(h => h.Kind is HelperKind.Writes or HelperKind.Pair).ToArray();
        if (known.Length == 0)
        {
            return false;
        }

        Helper helper = Pick(known);
        if (helper.Kind == HelperKind.Pair)
        {
            Line(indent, $"({Pick(scope.Doubles)}, {Pick(scope.Doubles)}) = {helper.Name}({Expression(scope, 1)}, {Number(scope)});");
            return true;
        }

        Buffer[] long_ = scope.Buffers.Where(x => !x.IsIndices && x.Length >= 3).ToArray();
        Buffer[] targets = long_.Where(x => x.IsWritable).ToArray();
        if (targets.Length == 0)
        {
            return false;
        }

        Buffer target = Pick(targets);

        // It may read the array that it writes to.
        Line(indent, $"{helper.Name}({target.Name}, {Pick(long_).Name}, {Expression(scope, 1)});");
        return true;
    }

    private sealed record Helper(string Name, HelperKind Kind);
}
