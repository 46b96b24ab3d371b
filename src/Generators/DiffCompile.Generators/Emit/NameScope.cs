namespace DiffCompile.Generators.Emit;

/// <summary>
/// The names taken in a block. C# lets two sibling blocks use one name, but not a block and one around it, whichever
/// declares it first.
/// </summary>
internal sealed class NameScope
{
    private readonly NameScope? _parent;
    private readonly HashSet<string> _here = [];
    private readonly HashSet<string> _inside = [];

    /// <summary>The outermost block of a member.</summary>
    /// <param name="reserved">Parameters, and simple names that the text refers to.</param>
    public NameScope(HashSet<string> reserved) => _here = reserved;

    private NameScope(NameScope parent) => _parent = parent;

    public NameScope Child() => new(this);

    /// <summary>Declares a local called <paramref name="name"/>, with a number where that name is taken.</summary>
    /// <returns>The identifier as written in code.</returns>
    public string Declare(string name)
    {
        string wanted = Identifiers.Sanitize(name);
        string free = wanted.Length > 0 && IsFree(wanted) ? wanted : Numbered(wanted.Length > 0 ? wanted : "t");
        _here.Add(free);
        for (NameScope? scope = _parent; scope is not null; scope = scope._parent)
        {
            scope._inside.Add(free);
        }

        return Identifiers.Escape(free);
    }

    /// <summary>Names declared in the blocks inside this one so far.</summary>
    public HashSet<string> NamesInside() => new(_inside);

    /// <summary>
    /// Makes the names of a block inside this one names of this block, if none of them is in <paramref name="taken"/>, the
    /// names of the other blocks inside.
    /// </summary>
    public bool TryAdopt(NameScope inner, HashSet<string> taken)
    {
        if (inner._here.Overlaps(taken))
        {
            return false;
        }

        _here.UnionWith(inner._here);
        return true;
    }

    /// <summary>The text of a block inside this one stands in this block itself, without braces of its own.</summary>
    public void Absorb(NameScope inner) => _here.UnionWith(inner._here);

    private string Numbered(string stem)
    {
        for (int number = 1; ; number++)
        {
            if (IsFree(stem + number))
            {
                return stem + number;
            }
        }
    }

    private bool IsFree(string name)
    {
        for (NameScope? scope = this; scope is not null; scope = scope._parent)
        {
            if (scope._here.Contains(name))
            {
                return false;
            }
        }

        return !_inside.Contains(name);
    }
}
