namespace DiffCompile.Gradients.Tests.RandomCode;

// Loops of every kind; each ends after a few trips.
internal sealed partial class ProgramWriter
{
    private void Loop(Scope scope, int indent)
    {
        if (scope.Trips * 2 > MostTrips)
        {
            If(scope, indent);
            return;
        }

        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                For(scope, indent);
                break;
            case 3:
                ForEach(scope, indent);
                break;
            case 4:
                While(scope, indent);
                break;
            case 5:
                DoWhile(scope, indent);
                break;
            case 6:
                Endless(scope, indent);
                break;
            default:
                if (!OverElements(scope, indent))
                {
                    For(scope, indent);
                }

                break;
        }
    }

    // What the loop has read may change behind it.
    private void Checkpointed(Scope scope)
    {
        Declare(scope, 3);
        ArrayStatement(scope, 3);
        int trips = random.Next(1, 6);
        Line(3, scope.Ints.Contains("n") && Chance(2) ? $"for (int trip = n % {trips + 1}; trip > 0; trip--)" : $"for (int trip = 0; trip < {trips}; trip++)");
        Braced(Inside(scope, trips), 3, inner =>
        {
            inner.Ints.Add("trip");
            Statement(inner, 4);
            Statement(inner, 4);
        });
        ArrayStatement(scope, 3);
        ArrayStatement(scope, 3);
    }

    private void For(Scope scope, int indent)
    {
        string i = NewName("i");
        int most = Math.Max(1, Math.Min(4, MostTrips / scope.Trips));
        string bound = scope.Ints.Count > 0 && Chance(2) ? $"{Pick(scope.Ints)} % {most + 1}" : random.Next(Chance(6) ? 0 : 1, most + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string j = NewName("j");
        string header = random.Next(8) switch
        {
            4 => $"for (int {i} = 0, {j} = {bound}; {i} < {j}; {i}++, {j}--)",
            5 when scope.Trips <= HelperTrips && _helpers.Any(h => h.Kind == HelperKind.OfNumbers) =>
                $"for (int {i} = 0; {i} < {bound} && @if({_helpers.First(h => h.Kind == HelperKind.OfNumbers).Name}({Number(scope)}, {Number(scope)}) > {Constant()}); {i}++)",
            0 => $"for (int {i} = {bound}; {i} > 0; {i}--)",
            1 => $"for (int {i} = {bound}; {i} >= 0; {i} -= 2)",
            2 => $"for (int {i} = 0; {i} < {bound}; {i} += 2)",
            3 => $"for (int {i} = 0; {i} < {bound} && @if({Condition(scope)}); {i}++)",
            _ => $"for (int {i} = 0; {i} < {bound}; {i}++)",
        };
        Line(indent, header);

        // i >= 0 runs once more; a counter that goes down may end at -1, after the loop only.
        Braced(Inside(scope, most + 1), indent, inner => inner.Ints.Add(i));
    }

    private void ForEach(Scope scope, int indent)
    {
        Buffer[] all = scope.Buffers.Where(b => b.Length * scope.Trips <= MostTrips).ToArray();
        if (all.Length == 0)
        {
            For(scope, indent);
            return;
        }

        Buffer buffer = Pick(all);
        string item = NewName("item");
        string part = !buffer.IsIndices && buffer.Kind != BufferKind.Array && !buffer.IsField && Chance(4) ? "[1..]" : "";
        Line(indent, $"foreach ({(buffer.IsIndices ? "int" : "double")} {item} in {buffer.Name}{part})");
        Braced(Inside(scope, buffer.Length), indent, inner => (buffer.IsIndices ? inner.Ints : inner.Readable).Add(item));
    }

    private void While(Scope scope, int indent)
    {
        string fuel = NewName("fuel");
        int most = Math.Max(1, Math.Min(random.Next(1, 5), MostTrips / scope.Trips));
        Line(indent, $"int {fuel} = 0;");
        bool sideEffect = Chance(3);
        Line(indent, sideEffect ? $"while ({fuel}++ < {most} && @if({Condition(scope)}))" : $"while (@if({Condition(scope)}) && {fuel} < {most})");
        Braced(Inside(scope, most), indent, inner =>
        {
            if (!sideEffect)
            {
                Line(indent + 1, $"{fuel}++;");
            }

            inner.Ints.Add(fuel);
        });
        if (Chance(2))
        {
            scope.Ints.Add(fuel);
        }
    }

    private void DoWhile(Scope scope, int indent)
    {
        string fuel = NewName("fuel");
        int most = Math.Max(1, Math.Min(random.Next(1, 5), MostTrips / scope.Trips));
        Line(indent, $"int {fuel} = 0;");
        Line(indent, "do");
        Braced(Inside(scope, most), indent, inner =>
        {
            Line(indent + 1, $"{fuel}++;");
            inner.Ints.Add(fuel);
        });
        Line(indent, $"while ({fuel} < {most} && @if({Condition(scope)}));");
    }

    private void Endless(Scope scope, int indent)
    {
        string fuel = NewName("fuel");
        int most = Math.Max(1, Math.Min(random.Next(1, 5), MostTrips / scope.Trips));
        Line(indent, $"int {fuel} = 0;");
        Line(indent, Chance(2) ? "while (true)" : "for (;;)");
        Braced(Inside(scope, most), indent, inner =>
        {
            // What follows the loop has to be reached.
            Line(indent + 1, $"if ({fuel}++ >= {most} || @if({Condition(scope)}))");
            Line(indent + 1, "{");
            Line(indent + 2, "break;");
            Line(indent + 1, "}");
            if (Chance(8))
            {
                Line(indent + 1, $"if (@if({Condition(scope)}))");
                Line(indent + 1, "{");
                Line(indent + 2, ReturnOf(scope));
                Line(indent + 1, "}");
            }

            inner.Ints.Add(fuel);
        });
    }

    // What authors write most: a loop over elements that reads its neighbours, adds up, or scatters.
    private bool OverElements(Scope scope, int indent)
    {
        Buffer[] all = scope.Buffers.Where(b => b.IsWritable && b.Length * scope.Trips <= MostTrips).ToArray();
        if (all.Length == 0)
        {
            return false;
        }

        Buffer a = Pick(all);
        string i = NewName("i");
        bool down = Chance(3);
        Line(indent, down ? $"for (int {i} = {a.Name}.Length - 2; {i} >= 0; {i}--)" : $"for (int {i} = 1; {i} < {Length(a)}; {i}++)");
        Braced(Inside(scope, a.Length), indent, inner =>
        {
            inner.Ints.Add(i);
            string neighbour = down ? $"{i} + 1" : $"{i} - 1";
            string term = Expression(inner, 1);
            Line(indent + 1, random.Next(5) switch
            {
                0 => $"{a.Name}[{i}] = Math.Sin({a.Name}[{neighbour}]) * {Factor(term)} + {a.Name}[{i}];",
                1 => $"{a.Name}[{i}] += {a.Name}[{neighbour}] * Math.Cos({term});",
                2 => $"{Pick(inner.Doubles)} += {a.Name}[{i}] * {a.Name}[{neighbour}] / (1.0 + {a.Name}[{i}] * {a.Name}[{i}]);",
                3 => $"({a.Name}[{i}], {a.Name}[{neighbour}]) = ({a.Name}[{neighbour}], {a.Name}[{i}] * Math.Cos({term}));",
                _ => $"{a.Name}[{i}] *= Math.Tanh({a.Name}[{neighbour}]) + 0.3;",
            });
        });
        return true;
    }

    private static Scope Inside(Scope scope, int trips) => scope with { InLoop = true, InSwitch = false, Trips = scope.Trips * Math.Max(1, trips) };
}
