namespace DiffCompile.Gradients.Tests.RandomCode;

// Assignments, branches, ways out.
internal sealed partial class ProgramWriter
{
    private void Block(Scope outer, int indent, int atLeast = 1)
    {
        Scope scope = outer.Depth == 0 ? outer : outer.Inner();
        int statements = atLeast + random.Next(outer.Depth == 0 ? 3 : 2);
        for (int i = 0; i < statements; i++)
        {
            Statement(scope, indent);
        }
    }

    private void Braced(Scope scope, int indent, Action<Scope>? before = null, Action<Scope>? after = null)
    {
        Line(indent, "{");
        Scope inner = scope.Inner();
        before?.Invoke(inner);
        Block(inner, indent + 1);
        after?.Invoke(inner);
        Line(indent, "}");
    }

    private void Statement(Scope scope, int indent)
    {
        bool deeper = scope.Depth < DeepestBlock && --_budget > 0;
        int kind = random.Next(deeper ? 22 : 12);
        switch (kind)
        {
            case 0:
                Declare(scope, indent);
                break;
            case 1:
                Line(indent, $"{Pick(scope.Doubles)} = {Expression(scope, 3)};");
                break;
            case 2:
                Line(indent, $"{Pick(scope.Doubles)} {(Chance(2) ? "+=" : "-=")} {Expression(scope, 2)};");
                break;
            case 3:
                Line(indent, $"{Pick(scope.Doubles)} {(Chance(3) ? $"/= 1.5 + Math.Sin({Expression(scope, 1)})" : $"*= Math.Cos({Expression(scope, 1)})")};");
                break;
            case 4:
                Line(indent, $"({Pick(scope.Doubles)}, {Pick(scope.Doubles)}) = ({Expression(scope, 1)}, {Expression(scope, 1)});");
                break;
            case 5 or 6:
                Scalars(scope, indent);
                break;
            case 7 or 8 or 9:
                if (!ArrayStatement(scope, indent))
                {
                    Declare(scope, indent);
                }

                break;
            case 10:
                if (!CallStatement(scope, indent))
                {
                    Line(indent, $"{Pick(scope.Doubles)} = {Expression(scope, 2)};");
                }

                break;
            case 11:
                LeaveSometimes(scope, indent);
                break;
            case 12 or 13:
                If(scope, indent);
                break;
            case 14:
                Switch(scope, indent);
                break;
            default:
                Loop(scope, indent);
                break;
        }
    }

    private void Declare(Scope scope, int indent)
    {
        string name = NewName("v");
        if (Chance(5))
        {
            // Assigned on both sides of a branch.
            Line(indent, $"double {name};");
            Line(indent, $"if (@if({Condition(scope)}))");
            Line(indent, "{");
            Line(indent + 1, $"{name} = {Expression(scope, 1)};");
            Line(indent, "}");
            Line(indent, "else");
            Line(indent, "{");
            Line(indent + 1, $"{name} = {Expression(scope, 1)};");
            Line(indent, "}");
        }
        else
        {
            Line(indent, $"double {name} = {Expression(scope, 3)};");
        }

        scope.Doubles.Add(name);
    }

    // Tuples, integers, bools.
    private void Scalars(Scope scope, int indent)
    {
        switch (random.Next(10))
        {
            case 6:
                string wide = NewName("m");
                Line(indent, $"long {wide} = {random.Next(5)} + {(scope.Ints.Count > 0 ? Pick(scope.Ints) : "2")} * 3L;");
                Line(indent, $"{Pick(scope.Doubles)} += 0.01 * {wide} * {Number(scope)};");
                break;
            case 7 when scope.Ints.Count > 0:
                string quotient = NewName("k");
                Line(indent, $"int {quotient} = {(Chance(4) ? $"12 / {Pick(scope.Ints)}" : $"checked({Pick(scope.Ints)} / 2 + {Pick(scope.Ints)})")};");
                scope.Ints.Add(quotient);
                break;
            case 0:
                string pair = NewName("p");
                Line(indent, $"(double A, double B) {pair} = ({Expression(scope, 1)}, {Expression(scope, 1)});");
                scope.Doubles.AddRange([pair + ".A", pair + ".B"]);
                break;
            case 1:
                string flag = NewName("flag");
                Line(indent, $"bool {flag} = @if({Condition(scope)});");
                scope.Bools.Add(flag);
                break;
            case 2 when scope.Bools.Count > 0:
                string changed = Pick(scope.Bools);
                Line(indent, $"{changed} = !{changed} && @if({Condition(scope)});");
                break;
            case 3 or 5:
                string place = NewName("place");
                Line(indent, $"int {place} = @int(2.5 + 2.0 * Math.Tanh({Number(scope)}));");
                scope.Places.Add(place);
                break;
            case 4 when scope.Ints.Any(IsVariable):
                string stepped = Pick(scope.Ints.Where(IsVariable).ToArray());
                Line(indent, Chance(2) ? $"{stepped}++;" : $"{stepped} = ({stepped} * 3 + {Pick(scope.Ints)}) % 7;");
                break;
            default:
                string count = NewName("k");
                Line(indent, $"int {count} = {(scope.Ints.Count > 0 ? $"{Pick(scope.Ints)} % 3 + {random.Next(3)}" : random.Next(4))};");
                scope.Ints.Add(count);
                break;
        }
    }

    // Not the counter of a loop.
    private static bool IsVariable(string name) => name[0] == 'k';

    private void If(Scope scope, int indent)
    {
        Line(indent, $"if (@if({Condition(scope)}))");
        Braced(scope, indent, after: inner => LeaveAtEnd(inner, indent + 1, 3));
        if (Chance(4))
        {
            Line(indent, $"else if (@if({Condition(scope)}))");
            Braced(scope, indent);
        }

        if (Chance(2))
        {
            Line(indent, "else");
            Braced(scope, indent, after: inner => LeaveAtEnd(inner, indent + 1, 5));
        }
    }

    private void Switch(Scope scope, int indent)
    {
        bool ofInt = scope.Ints.Count > 0 && Chance(2);
        string[] labels = ofInt
            ? ["case 0:", $"case 1 when @if({Condition(scope)}):", Chance(2) ? "default:" : "case 2:"]
            : ["case > 0.6:", $"case < -0.3 when @if({Condition(scope)}):", "default:"];
        Line(indent, $"switch ({(ofInt ? $"{Pick(scope.Ints)} % 3" : Number(scope))})");
        Line(indent, "{");
        foreach (string label in labels)
        {
            Line(indent + 1, label);
            Scope inner = scope.Inner() with { InSwitch = true };
            Line(indent + 2, $"@hit({NewMark()});");
            Line(indent + 2, "{");
            Block(inner, indent + 3);
            Line(indent + 2, "}");
            Line(indent + 2, Chance(5) ? ReturnOf(scope) : scope.InLoop && Chance(5) ? "continue;" : "break;");
        }

        Line(indent, "}");
    }

    // if (…) { break; }
    private void LeaveSometimes(Scope scope, int indent)
    {
        if (!scope.InLoop && !Chance(4))
        {
            Declare(scope, indent);
            return;
        }

        Line(indent, $"if (@if({Condition(scope)}))");
        Line(indent, "{");
        if (Chance(2))
        {
            Line(indent + 1, $"{Pick(scope.Doubles)} = {Expression(scope, 2)};");
        }

        Line(indent + 1, Leave(scope));
        Line(indent, "}");
    }

    private void LeaveAtEnd(Scope scope, int indent, int oneIn)
    {
        if (Chance(oneIn) && (scope.InLoop || Chance(3)))
        {
            Line(indent, Leave(scope));
        }
    }

    private string Leave(Scope scope)
    {
        if (Chance(6))
        {
            return "throw new InvalidOperationException(\"left\");";
        }

        return !scope.InLoop || Chance(3) ? ReturnOf(scope) : Chance(2) && !scope.InSwitch ? "break;" : "continue;";
    }
}
