namespace DiffCompile.Gradients.Tests.RandomCode;

// Arrays and spans: elements, parts, memory of the method's own, copies.
internal sealed partial class ProgramWriter
{
    private bool ArrayStatement(Scope scope, int indent)
    {
        Buffer[] writable = scope.Buffers.Where(b => b.IsWritable).ToArray();
        if (writable.Length == 0 || Chance(6))
        {
            OwnArray(scope, indent);
            return true;
        }

        Buffer[] orders = scope.Buffers.Where(b => b.IsIndices && b.Name.StartsWith("order", StringComparison.Ordinal)).ToArray();
        if (orders.Length > 0 && Chance(4))
        {
            Buffer order = Pick(orders);
            Line(indent, $"{order.Name}[{Index(scope, order)}] = {(scope.Ints.Count > 0 ? $"({Pick(scope.Ints)} * 2 + 1) % 5" : random.Next(5))};");
            return true;
        }

        Buffer a = Pick(writable);
        string element = $"{a.Name}[{Index(scope, a)}]";
        switch (random.Next(9))
        {
            case 0 or 1:
                Line(indent, $"{element} = {Expression(scope, 2)};");
                return true;
            case 2 or 3:
                Line(indent, $"{element} {(Chance(2) ? "+=" : "-=")} {Expression(scope, 2)};");
                return true;
            case 4:
                Line(indent, $"{element} *= Math.Cos({Expression(scope, 1)});");
                return true;
            case 5:
                Buffer b = Pick(writable);
                string other = $"{b.Name}[{Index(scope, b)}]";
                Line(indent, $"({element}, {other}) = ({other}, {element});");
                return true;
            case 6 or 7:
                return Part(scope, indent);
            default:
                return Whole(scope, indent, a);
        }
    }

    private void OwnArray(Scope scope, int indent)
    {
        if (Chance(5))
        {
            string order = NewName("order");
            Line(indent, $"int[] {order} = {(Chance(2) ? "new int[4]" : "[2, 0, 3, 1]")};");
            scope.Buffers.Add(new Buffer(order, 4, BufferKind.Indices, order));
            return;
        }

        string name = NewName("own");
        int length = random.Next(3, 6);
        BufferKind kind = Chance(2) ? BufferKind.Array : BufferKind.Span;
        if (Chance(3))
        {
            length = 3;
            Line(indent, $"double[] {name} = [{Expression(scope, 1)}, {Expression(scope, 1)}, {Number(scope)}];");
            kind = BufferKind.Array;
        }
        else if (kind == BufferKind.Span && !scope.InLoop)
        {
            Line(indent, $"Span<double> {name} = stackalloc double[{length}];");
        }
        else
        {
            Line(indent, $"{(kind == BufferKind.Array ? "double[]" : "Span<double>")} {name} = new double[{length}];");
        }

        scope.Buffers.Add(new Buffer(name, length, kind, name));
    }

    /// <summary>Span&lt;double&gt; part = a.Slice(…).</summary>
    private bool Part(Scope scope, int indent)
    {
        Buffer[] long_ = scope.Buffers.Where(b => !b.IsIndices && !b.IsField && b.Length > 2).ToArray();
        if (long_.Length == 0)
        {
            return false;
        }

        Buffer a = Pick(long_);
        string name = NewName("part");
        int length = random.Next(2, a.Length + 1), room = a.Length - length;
        string start = scope.Ints.Count > 0 && room > 0 && Chance(2) ? $"{Pick(scope.Ints)} % {room + 1}" : random.Next(room + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        BufferKind kind = a.IsWritable && !Chance(4) ? BufferKind.Span : BufferKind.ReadOnlySpan;
        string span = a.Kind == BufferKind.Array ? ".AsSpan" : ".Slice";
        string text = Chance(3) && int.TryParse(start, out int from)
            ? (a.Kind == BufferKind.Array ? $"{a.Name}.AsSpan()[{from}..{from + length}]" : $"{a.Name}[{from}..^{a.Length - from - length}]")
            : $"{a.Name}{span}({start}, {length})";
        Line(indent, $"{(kind == BufferKind.Span ? "Span" : "ReadOnlySpan")}<double> {name} = {text};");
        scope.Buffers.Add(new Buffer(name, length, kind, a.Root));
        return true;
    }

    /// <summary>Copies, fills, clears.</summary>
    private bool Whole(Scope scope, int indent, Buffer a)
    {
        Buffer[] sources = scope.Buffers.Where(b => !b.IsIndices && !b.IsField && b.Root != a.Root && b.Length <= a.Length).ToArray();
        switch (random.Next(4))
        {
            case 0:
                Line(indent, a.Kind == BufferKind.Array ? $"Array.Fill({a.Name}, {Expression(scope, 1)});" : $"{a.Name}.Fill({Expression(scope, 1)});");
                return true;
            case 1:
                Line(indent, a.Kind == BufferKind.Array ? $"Array.Clear({a.Name});" : $"{a.Name}.Clear();");
                return true;
            case 2 when sources.Length > 0:
                Buffer source = Pick(sources);
                Line(indent, source.Kind == BufferKind.Array ? $"{source.Name}.AsSpan().CopyTo({a.Name});" : $"{source.Name}.CopyTo({a.Name});");
                return true;
            default:
                return false;
        }
    }
}
