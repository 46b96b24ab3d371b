using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;

namespace DiffCompile.Generators.Emit;

/// <summary>
/// Where values live. A new value takes over the variable of an older one of the same name that nobody reads any more, as in
/// the author's own assignments; a value that leaves the block is computed into the variable that takes it.
/// </summary>
internal sealed partial class RegionEmitter
{
    private readonly Dictionary<string, Value> _holders = new();
    private readonly HashSet<string> _aliased = [];
    private readonly List<(string Variable, Value Value)> _aliases = [];
    private readonly Dictionary<int, string> _destinations = new();

    /// <summary>Gives a result its place: a variable, or the text of its only reader.</summary>
    /// <param name="result">The value.</param>
    /// <param name="text">Its expression.</param>
    /// <param name="maker">The equation, if that is a primitive.</param>
    /// <param name="source">Another value that it equals, which may lend its name.</param>
    private void Define(Value result, Fragment text, PrimitiveEquation? maker = null, Value? source = null)
    {
        if (_member.Uses.Count(result) == 0)
        {
            if (text.HasEffect)
            {
                Statement($"_ = {text.Text};");
            }
        }
        else if (_member.OutParameter(result) is null && result.Name.Length == 0 && _member.Uses.IsReadOnceAtHome(result))
        {
            _member.Bind(result, text);
            _waiting.Add(result.Id);
            _waitingValues[result.Id] = result;
            if (text.HasEffect)
            {
                _waitingEffect = result;
            }
        }
        else if (Place(result) is null && result.Name.Length == 0 && Identifiers.IsIdentifier(text.Bare))
        {
            _aliased.Add(text.Bare);
            _aliases.Add((text.Bare, result));
            _member.Bind(result, text);
        }
        else
        {
            Store(result, text, maker, source);
        }
    }

    /// <summary>The variable outside of this block that a value is computed into; null for others.</summary>
    private string? Place(Value value) =>
        _member.OutParameter(value) ?? (_destinations.TryGetValue(value.Id, out string? target) ? target : null);

    private void Store(Value result, Fragment text, PrimitiveEquation? maker = null, Value? source = null)
    {
        if ((Place(result) ?? Vacant(result)) is { } variable)
        {
            if (text.Bare != variable)
            {
                Protect(variable);
                Statement(maker is not null && Compound(maker, variable) is { } compound ? compound : $"{variable} = {text.Text};");
            }

            Hold(result, variable);
            return;
        }

        string wanted = _member.NameFor(result);
        string name = _scope.Declare(wanted.Length == 0 && source is { IsConstant: false } ? _member.NameFor(source) : wanted);
        Statement($"{_member.Names.Type(result.Type)} {name} = {text.Text};");
        Hold(result, name);
    }

    /// <summary>
    /// Before a variable is written: what waits as text and mentions it, and what goes by its name, was made from the old
    /// value, and gets a local of its own.
    /// </summary>
    private void Protect(string variable)
    {
        foreach (int id in _waiting.Where(id => TextLines.HoldsWord(_member.Read(id).Bare, variable)).OrderBy(id => id).ToArray())
        {
            Materialize(_waitingValues[id]);
        }

        foreach ((_, Value alias) in _aliases.Where(a => a.Variable == variable).ToArray())
        {
            string name = _scope.Declare(_member.NameFor(alias));
            Statement($"{_member.Names.Type(alias.Type)} {name} = {variable};");
            _member.Bind(alias, Fragment.Name(name));
        }

        _aliases.RemoveAll(a => a.Variable == variable);
    }

    private void Hold(Value result, string variable)
    {
        _holders[variable] = result;
        _member.Bind(result, Fragment.Name(variable));
    }

    /// <summary>A variable of this block whose value has the name of the new one, and is not read after it is made.</summary>
    private string? Vacant(Value result)
    {
        foreach (KeyValuePair<string, Value> holder in _holders)
        {
            if (holder.Value.Name.Length > 0 && holder.Value.Name == result.Name && holder.Value.Type == result.Type
                && !_member.Uses.IsReadAfter(holder.Value, result) && IsUnmentioned(holder.Key))
            {
                return holder.Key;
            }
        }

        return null;
    }

    // Text that waits, and values read by the variable's name, would see the new value.
    private bool IsUnmentioned(string variable) =>
        !_aliased.Contains(variable) && !_waiting.Any(id => TextLines.HoldsWord(_member.Read(id).Bare, variable));

    // variable += rest, whose right side C# evaluates as one operand.
    private string? Compound(PrimitiveEquation e, string variable)
    {
        string symbol = e.Op switch { Op.Add => "+", Op.Subtract => "-", Op.Multiply => "*", Op.Divide => "/", _ => "" };
        return symbol.Length > 0 && e.Result.Type.IsFloat && _member.Read(e.Arguments[0]).Bare == variable
            ? $"{variable} {symbol}= {_member.Read(e.Arguments[1]).Text};"
            : null;
    }

    /// <summary>
    /// The C# compiler refuses a division by the constant zero and an overflow among constants. The author wrote neither: a
    /// call was inlined. A variable makes it what it is, an exception at run time.
    /// </summary>
    private PrimitiveEquation WithoutConstantError(PrimitiveEquation e)
    {
        bool divides = e.Op is Op.Divide or Op.Remainder && e.Result.Type.IsInteger;
        int operand = divides ? 1 : 0;
        Value constant = e.Arguments[operand];
        bool isRefused = divides
            ? _member.Read(constant).IsConstant && constant.Literal?.Bits is null or 0 or -1
            : Op.MayThrow(e.Op, e.Result.Type) && e.Arguments.All(a => _member.Read(a).IsConstant);
        if (!isRefused)
        {
            return e;
        }

        string name = _scope.Declare("constant");
        Statement($"{_member.Names.Type(constant.Type)} {name} = {_member.Read(constant).Text};");
        Consume([constant]);
        Value variable = _member.NewValue(constant.Type);
        _member.Bind(variable, Fragment.Name(name));
        Value[] arguments = e.Arguments.ToArray();
        arguments[operand] = variable;
        return e with { Arguments = arguments.ToEquatableArray() };
    }

    /// <summary>Values of this block that leave it go straight to the variables that take them.</summary>
    private void FindDestinations(Region region, BlockTail tail)
    {
        for (int i = 0; i < (tail.Targets?.Count ?? 0); i++)
        {
            Value value = tail.Values[i];
            if (IsMadeIn(region, value) && tail.Values.Count(v => v.Id == value.Id) == 1)
            {
                SetDestination(region, value, tail.Targets![i], mayHoldEarlier: !tail.Reused.Contains(tail.Targets[i]));
            }
        }
    }

    // So do the earlier values of a sum that is accumulated under one name.
    private void SetDestination(Region region, Value value, string target, bool mayHoldEarlier)
    {
        _destinations[value.Id] = target;
        Value? earlier = _member.Uses.Definition(value)?.Arguments.FirstOrDefault(a =>
            a.Name.Length > 0 && a.Name == value.Name && a.Type == value.Type && IsMadeIn(region, a) && !_member.Uses.IsReadAfter(a, value));
        if (mayHoldEarlier && earlier is not null && !_destinations.ContainsKey(earlier.Id))
        {
            SetDestination(region, earlier, target, mayHoldEarlier);
        }
    }

    private static bool IsMadeIn(Region region, Value value) =>
        !value.IsConstant && region.Body.Any(e => e.Results.Any(r => r.Id == value.Id));

    /// <summary>
    /// The variable that the result of a branch can take over although one side still reads its old value: that side hands it
    /// on unchanged, or reads it only to compute the new one.
    /// </summary>
    private string? Vacant(IfEquation e, int index)
    {
        string? variable = Vacant(e.Results[index]);
        return variable is not null && Allows(e.Then) && Allows(e.Else) ? variable : null;

        bool Allows(Region side)
        {
            Value old = _holders[variable];
            Value yield = side.Yields[index];
            if (!yield.IsConstant && yield.Id == old.Id)
            {
                return true;
            }

            int reads = side.Body.SelectMany(IrInfo.AllOperands).Concat(side.Yields).Count(v => v.Id == old.Id);
            return reads == 0
                || (IsMadeIn(side, yield) && _member.Uses.Definition(yield) is { } maker && maker.Arguments.Count(v => v.Id == old.Id) == reads);
        }
    }
}
