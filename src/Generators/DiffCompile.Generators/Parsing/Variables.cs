using DiffCompile.Generators.Ir;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>
/// The present value of every variable in scope (single assignment: an assignment puts another value into the slot).
/// The first slots are not the author's: whether the method has returned, whether the section or loop was
/// left, whether the rest of the trip is skipped, the result.
/// Then come the out parameters, then everything else in order of declaration.
/// </summary>
internal sealed class Variables
{
    public const int Returned = 0;
    public const int Broken = 1;
    public const int Skipped = 2;
    public const int Result = 3;

    private readonly List<ISymbol?> _symbols = [];
    private readonly List<Term> _terms = [];
    private readonly Dictionary<int, string> _hidden = new();
    private readonly Dictionary<ISymbol, int> _slots = new(SymbolEqualityComparer.Default);

    public Variables(Shape? result)
    {
        Declare(null, Term.Of(Literals.Bool(false)));
        Declare(null, Term.Of(Literals.Bool(false)));
        Declare(null, Term.Of(Literals.Bool(false)));
        Declare(null, result is null ? Term.Nothing : Term.Zero(result));
    }

    public int Count => _terms.Count;

    /// <summary>Number of leading slots whose value matters after the method has returned, the flags included.</summary>
    public int ExitSlots { get; set; } = Result + 1;

    public Term this[int slot]
    {
        get => _terms[slot];
        set => _terms[slot] = value;
    }

    public string NameOf(int slot) => slot switch
    {
        Returned => "returned",
        Broken => "left",
        Skipped => "skipped",
        Result => "result",
        _ => _symbols[slot]?.Name ?? _hidden[slot],
    };

    /// <summary>Declares a variable that the author's text does not have.</summary>
    public void DeclareHidden(string name, Term term)
    {
        _hidden[_terms.Count] = name;
        Declare(null, term);
    }

    public void Declare(ISymbol? symbol, Term term)
    {
        if (symbol is not null)
        {
            _slots[symbol] = _terms.Count;
        }

        _symbols.Add(symbol);
        _terms.Add(term);
    }

    /// <summary>The slot of a variable; -1 when it does not belong to this method.</summary>
    public int Find(ISymbol symbol) => _slots.TryGetValue(symbol, out int slot) ? slot : -1;

    /// <summary>Gives a variable a second name.</summary>
    public void Name(ISymbol symbol, int slot) => _slots[symbol] = slot;

    /// <summary>Takes a name away; the variable stays.</summary>
    public void Forget(ISymbol symbol) => _slots.Remove(symbol);

    public Term[] Snapshot() => _terms.ToArray();

    /// <summary>Goes back to a snapshot, forgetting what was declared since.</summary>
    public void Restore(Term[] snapshot)
    {
        for (int slot = snapshot.Length; slot < _terms.Count; slot++)
        {
            if (_symbols[slot] is { } symbol)
            {
                _slots.Remove(symbol);
            }
        }

        _symbols.RemoveRange(snapshot.Length, _symbols.Count - snapshot.Length);
        _terms.Clear();
        _terms.AddRange(snapshot);
    }
}
