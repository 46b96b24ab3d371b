using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Computes equal things once. An operation of the author keeps its place and name; copies of it are dropped.</summary>
internal sealed class CommonSubexpressions
{
    private readonly Rewriter _rewriter = new();
    private readonly Dictionary<Key, Value> _known = new();
    private readonly List<(Key Key, Value? Before)> _undo = [];

    public static IrFunction Run(IrFunction function) => function with { Body = new CommonSubexpressions().Visit(function.Body) };

    private Region Visit(Region region)
    {
        int start = _undo.Count;
        var body = new List<Equation>(region.Body.Count);
        foreach (Equation original in region.Body)
        {
            switch (original)
            {
                case PrimitiveEquation p:
                    PrimitiveEquation e = _rewriter.Map(p);
                    var key = new Key(e);
                    _known.TryGetValue(key, out Value? earlier);
                    if (earlier is not null && (e.Result.Name.Length == 0 || !e.IsPrimal))
                    {
                        _rewriter.Replace(p.Result, earlier);
                        continue;
                    }

                    _undo.Add((key, earlier));
                    _known[key] = e.Result;
                    body.Add(e);
                    break;
                case IfEquation branch:
                    Value condition = _rewriter.Map(branch.Condition);
                    body.Add(new IfEquation(branch.Results, condition, Visit(branch.Then), Visit(branch.Else)));
                    break;
                default:
                    body.Add(_rewriter.Map(original));
                    break;
            }
        }

        Forget(start);
        return new Region(region.Parameters, EquatableArray.Wrap(body.ToArray()), _rewriter.Map(region.Yields));
    }

    // What a region computes is not known outside of it.
    private void Forget(int start)
    {
        for (int i = _undo.Count - 1; i >= start; i--)
        {
            if (_undo[i].Before is { } before)
            {
                _known[_undo[i].Key] = before;
            }
            else
            {
                _known.Remove(_undo[i].Key);
            }
        }

        _undo.RemoveRange(start, _undo.Count - start);
    }

    /// <summary>
    /// An operation, its convention at kinks, which has still to be differentiated, and its operands; sums and products do not
    /// depend on the order of their two operands.
    /// </summary>
    private readonly struct Key : IEquatable<Key>
    {
        private readonly PrimitiveEquation _equation;
        private readonly bool _swapped;

        public Key(PrimitiveEquation equation)
        {
            _equation = equation;
            _swapped = equation.Op is Op.Add or Op.Multiply && equation.Result.Type.IsFloat && Order(equation.Arguments[0], equation.Arguments[1]) > 0;
        }

        public bool Equals(Key other)
        {
            PrimitiveEquation a = _equation, b = other._equation;
            if (a.Op != b.Op || a.Kinks != b.Kinks || a.Result.Type != b.Result.Type || a.Arguments.Count != b.Arguments.Count)
            {
                return false;
            }

            for (int i = 0; i < a.Arguments.Count; i++)
            {
                if (!Argument(i).Equals(other.Argument(i)))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            int hash = _equation.Op.Length + (_equation.Op[0] << 8);
            for (int i = 0; i < _equation.Arguments.Count; i++)
            {
                hash = unchecked((hash * 31) + Argument(i).GetHashCode());
            }

            return hash;
        }

        private Value Argument(int i) => _equation.Arguments[_swapped ? 1 - i : i];

        private static int Order(Value a, Value b) =>
            a.Id != b.Id ? a.Id.CompareTo(b.Id) : (a.Literal?.Bits ?? 0).CompareTo(b.Literal?.Bits ?? 0);
    }
}
