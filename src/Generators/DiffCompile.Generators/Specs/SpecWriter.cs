using System.Globalization;
using System.Text;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Specs;

/// <summary>
/// Writes a spec as one line of tokens separated by spaces: numbers, words, and quoted strings. The order of tokens is the
/// order in which <see cref="SpecReader"/> asks for them.
/// </summary>
internal sealed class SpecWriter
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    public void Spec(FunctionSpec spec)
    {
        String(spec.Key);
        String(spec.Container.Namespace);
        List(spec.Container.Types, t =>
        {
            String(t.Keywords);
            String(t.Name);
        });
        String(spec.MethodName);
        String(spec.MemberName);
        String(spec.Accessibility);
        List(spec.Parameters, Parameter);
        OptionalShape(spec.Result);
        Number(spec.Requested);
        Number((int)spec.Kinks);
        Function(spec.Body);
        String(spec.Summary);
    }

    private void Parameter(ParameterSpec p)
    {
        String(p.Name);
        Shape(p.Shape);
        Number((int)p.Mode);
        Number((p.NoGradient ? 1 : 0) | (p.IsScratch ? 2 : 0));
        Number(p.Domain is null ? 0 : 1);
        if (p.Domain is not null)
        {
            Number(BitConverter.DoubleToInt64Bits(p.Domain.Min));
            Number(BitConverter.DoubleToInt64Bits(p.Domain.Max));
        }
    }

    private void OptionalShape(Shape? shape)
    {
        if (shape is null)
        {
            Word("void");
        }
        else
        {
            Shape(shape);
        }
    }

    private void Shape(Shape shape)
    {
        switch (shape)
        {
            case ScalarShape s:
                Word("scalar");
                Type(s.Type);
                String(s.EnumType);
                break;
            case StructShape s:
                Word("struct");
                String(s.TypeName);
                List(s.Members, Member);
                Number((s.IsPositional ? 1 : 0) | ((int)s.Change << 1));
                break;
            case TupleShape s:
                Word("tuple");
                List(s.Elements, Member);
                break;
            case InlineArrayShape s:
                Word("inline");
                String(s.TypeName);
                Shape(s.Item);
                Number(s.Length);
                break;
            case BufferShape s:
                Word("buffer");
                Shape(s.Item);
                Number((int)s.Container);
                Number(s.Rank);
                break;
            default:
                throw new InvalidOperationException("Unknown shape " + shape + ".");
        }
    }

    private void Member(NamedShape member)
    {
        String(member.Name);
        Shape(member.Shape);
    }

    private void Function(IrFunction function)
    {
        String(function.Name);
        List(function.Inputs, Definition);
        Region(function.Body);
    }

    private void Region(Region region)
    {
        List(region.Parameters, Definition);
        List(region.Body, Equation);
        List(region.Yields, Use);
    }

    private void Equation(Equation equation)
    {
        switch (equation)
        {
            case PrimitiveEquation e:
                Word(e.Op);
                Definition(e.Result);
                List(e.Arguments, Use);
                Number((e.IsPrimal ? 1 : 0) | ((int)e.Kinks << 1));
                break;
            case IfEquation e:
                Word("if");
                List(e.Results, Definition);
                Use(e.Condition);
                Region(e.Then);
                Region(e.Else);
                break;
            case LoopEquation e:
                Word("loop");
                List(e.Results, Definition);
                List(e.Carried, Use);
                Region(e.Test);
                Region(e.Body);
                Number(e.Checkpoints);
                break;
            case CallEquation e:
                Word("call");
                List(e.Results, Definition);
                String(e.Callee.Key);
                List(e.Callee.Transforms, t =>
                {
                    Number((int)t.Kind);
                    List(t.Active, i => Number(i));
                });
                List(e.Arguments, Use);
                break;
            case ExternalCallEquation e:
                Word("external");
                List(e.Results, Definition);
                Method(e.Method);
                List(e.Arguments, Use);
                break;
            case MemoryEquation e:
                Word("memory");
                List(e.Results, Definition);
                Word(e.Op);
                List(e.Arguments, Use);
                Number(e.IsPrimal ? 1 : 0);
                Number(e.Slot);
                break;
            case ThrowEquation e:
                Word("throw");
                String(e.Expression);
                String(e.Reach);
                break;
            case StageEquation e:
                Word("stage");
                String(e.Text);
                break;
            default:
                throw new InvalidOperationException("A declared body cannot hold " + equation.GetType().Name + ".");
        }
    }

    private void Method(ExternalMethod method)
    {
        String(method.FullName);
        String(method.Reach);
        List(method.Parameters, p =>
        {
            String(p.Name);
            Shape(p.Shape);
            Number((int)p.Mode);
            Number((p.NoGradient ? 1 : 0) | (p.IsScratch ? 2 : 0) | (p.IsAddedTo ? 4 : 0));
        });
        OptionalShape(method.Result);
        List(method.Rules, r =>
        {
            Number(r.IsVjp ? 1 : 0);
            Method(r.Method);
            String(r.Key);
        });
        Number(method.Implicit is null ? 0 : 1);
        if (method.Implicit is { } rule)
        {
            Number(rule.IsFixedPoint ? 1 : 0);
            String(rule.Key);
            List(rule.Arguments, i => Number(i));
            List(rule.Linear, String);
        }
    }

    private void Definition(Value value)
    {
        Number(value.Id);
        Type(value.Type);
        String(value.Name);
    }

    private void Use(Value value)
    {
        if (value.Literal is { } literal)
        {
            Word("lit");
            Type(value.Type);
            Number(literal.Bits);
            String(literal.Text);
        }
        else
        {
            Number(value.Id);
        }
    }

    private void Type(IrType type)
    {
        Number(((int)type.Scalar << 4) | (type.Part is null ? 0 : 8) | (int)type.Container);
        if (type.Part is { } part)
        {
            Shape(part.Item);
            String(part.Path);
            String(part.EnumType);
        }
    }

    private void List<T>(EquatableArray<T> items, Action<T> write)
        where T : IEquatable<T>
    {
        Number(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    private void Number(long number) => Word(number.ToString(CultureInfo.InvariantCulture.NumberFormat));

    private void String(string text) => Word("\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n") + "\"");

    private void Word(string word)
    {
        if (_text.Length > 0)
        {
            _text.Append(' ');
        }

        _text.Append(word);
    }
}
