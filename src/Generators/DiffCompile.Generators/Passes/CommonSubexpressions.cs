using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;

namespace DiffCompile.Generators.Passes;

/// <summary>Computes equal things once. An operation of the author keeps its place and name; copies of it are dropped.</summary>
internal sealed class CommonSubexpressions
{
    // What was found on a path of sides and loops that is worth keeping for the reverse part of the same path; null when
    // everything has to be in scope.
    private readonly Dictionary<string, List<(Key Key, Value Value)>>? _costly;
    private string _path = "";
    private int _untied;

    private readonly Rewriter _rewriter = new();
    private readonly Dictionary<Key, Value> _known = new();
    private readonly List<(Key Key, Value? Before)> _undo = [];

    private readonly BufferRoots _roots;

    // Reads of memory: what was found, and nothing in its place where a write has made it stale.
    private readonly Dictionary<(string, EquatableArray<Value>), Value?> _read = new();
    private readonly List<((string, EquatableArray<Value>) Place, Value? Before)> _undoRead = [];

    private CommonSubexpressions(IrFunction function, bool forReverse)
    {
        _roots = new BufferRoots(function);
        _costly = forReverse ? new() : null;
    }

    /// <param name="function">The function.</param>
    /// <param name="forReverse">
    /// May the reverse part of a branch or loop read what its primal part computed? Only before residuals have a home.
    /// </param>
    public static IrFunction Run(IrFunction function, bool forReverse = false) =>
        function with { Body = new CommonSubexpressions(function, forReverse).Visit(function.Body) };

    private Region Visit(Region region)
    {
        int start = _undo.Count;
        int startRead = _undoRead.Count;
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

                    Learn(key, e.Result);
                    if (_costly is not null && _path.Length > 0 && Cost.Of(e) > Cost.OfKeeping)
                    {
                        _costly[_path].Add((key, e.Result));
                    }

                    body.Add(e);
                    break;
                case IfEquation branch:
                    Value condition = _rewriter.Map(branch.Condition);
                    body.Add(new IfEquation(
                        branch.Results, condition, Along("then " + condition.Id, branch.Then), Along("else " + condition.Id, branch.Else)));
                    ForgetWritten(original);
                    break;
                case LoopEquation loop:
                    ForgetWritten(loop);
                    body.Add(loop with { Carried = _rewriter.Map(loop.Carried), Test = Along("test " + --_untied, loop.Test), Body = Along("trip " + Tie(loop), loop.Body) });
                    break;
                case MemoryEquation { Op: MemoryOp.Load or MemoryOp.Length or MemoryOp.Slice or MemoryOp.View } m:
                    var read = (MemoryEquation)_rewriter.Map(m);
                    if (_read.TryGetValue((read.Op, read.Arguments), out Value? before) && before?.Type == read.Result.Type && read.Result.Name.Length == 0)
                    {
                        _rewriter.Replace(m.Result, before);
                        continue;
                    }

                    Know((read.Op, read.Arguments), read.Result);
                    body.Add(read);
                    break;
                case MemoryEquation { Op: MemoryOp.Within } m:
                    var within = (MemoryEquation)_rewriter.Map(m);
                    if (!_read.TryGetValue((within.Op, within.Arguments), out Value? held) || held is null)
                    {
                        Know((within.Op, within.Arguments), Literals.Bool(true));
                        body.Add(within);
                    }

                    break;
                case MemoryEquation { Op: MemoryOp.Store } m:
                    var store = (MemoryEquation)_rewriter.Map(m);
                    (string, EquatableArray<Value>) place = (MemoryOp.Load, new[] { store.Buffer, store.Index }.ToEquatableArray());
                    if (_read.TryGetValue(place, out Value? present) && present == store.Arguments[2])
                    {
                        // It is there already: p[i] = p[i] with { X = x } changes X only.
                        break;
                    }

                    ForgetWritten(m);
                    Know(place, store.Arguments[2]);
                    body.Add(store);
                    break;
                default:
                    ForgetWritten(original);
                    body.Add(_rewriter.Map(original));
                    break;
            }
        }

        Forget(start, startRead);
        return new Region(region.Parameters, EquatableArray.Wrap(body.ToArray()), _rewriter.Map(region.Yields));
    }

    // The loop that mirrors another one goes the same path.
    private int Tie(LoopEquation loop) => loop.Mirror == 0 ? --_untied : Math.Abs(loop.Mirror);

    private Region Along(string step, Region region)
    {
        if (_costly is null)
        {
            return Visit(region);
        }

        string before = _path;
        _path += "/" + step;
        if (!_costly.TryGetValue(_path, out List<(Key Key, Value Value)>? found))
        {
            _costly.Add(_path, found = []);
        }

        int start = _undo.Count;
        found.FindAll(c => !_known.ContainsKey(c.Key)).ForEach(c => Learn(c.Key, c.Value));
        Region visited = Visit(region);
        Forget(start, _undoRead.Count);
        _path = before;
        return visited;
    }

    private void Learn(Key key, Value value)
    {
        _known.TryGetValue(key, out Value? before);
        _undo.Add((key, before));
        _known[key] = value;
    }

    private void Know((string, EquatableArray<Value>) place, Value? value)
    {
        _read.TryGetValue(place, out Value? before);
        _undoRead.Add((place, before));
        _read[place] = value;
    }

    // An element that may have been written since is read again.
    private void ForgetWritten(Equation equation)
    {
        if (_read.Count == 0)
        {
            return;
        }

        foreach (int root in WrittenRoots(equation).Distinct().ToArray())
        {
            foreach ((string, EquatableArray<Value>) place in _read.Where(r => r.Value is not null && r.Key.Item1 == MemoryOp.Load && (root == 0 || _roots.Of(r.Key.Item2[0]) == root)).Select(r => r.Key).ToArray())
            {
                Know(place, null);
            }
        }
    }

    private IEnumerable<int> WrittenRoots(Equation equation) => equation switch
    {
        MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate } e => [_roots.Of(e.Buffer)],
        ClearEquation e => [_roots.Of(e.Buffer)],
        CallEquation or ExternalCallEquation when equation.Operands.Any(o => o.Type.IsBuffer) => [0],
        _ => equation.Regions.SelectMany(r => r.Body.SelectMany(WrittenRoots)),
    };

    // What a region computes is not known outside of it.
    private void Forget(int start, int startRead)
    {
        for (int i = _undoRead.Count - 1; i >= startRead; i--)
        {
            _read[_undoRead[i].Place] = _undoRead[i].Before;
        }

        _undoRead.RemoveRange(startRead, _undoRead.Count - startRead);

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
