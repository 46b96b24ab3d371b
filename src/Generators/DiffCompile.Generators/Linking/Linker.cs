using System.Collections.Immutable;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Linking;

/// <summary>Puts each method together with what it calls.</summary>
internal static class Linker
{
    public static IEnumerable<LinkUnit> Link(ImmutableArray<ParseResult> methods, CancellationToken cancellationToken)
    {
        var specs = new Dictionary<string, FunctionSpec>();
        var refused = new HashSet<string>();
        foreach (ParseResult method in methods)
        {
            foreach (FunctionSpec helper in method.Helpers)
            {
                specs[helper.Key] = helper;
            }
        }

        // A method's own spec wins over a copy that a caller brought along.
        foreach (ParseResult method in methods)
        {
            if (method.Spec is not null)
            {
                specs[method.Key] = method.Spec;
            }
            else
            {
                refused.Add(method.Key);
            }
        }

        foreach (ParseResult method in methods)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Link(method, specs, refused);
        }
    }

    private static LinkUnit Link(ParseResult method, Dictionary<string, FunctionSpec> specs, HashSet<string> refused)
    {
        var reached = new SortedDictionary<string, FunctionSpec>(StringComparer.Ordinal);
        var refusedHere = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<FunctionSpec>();
        if (method.Spec is not null)
        {
            open.Push(method.Spec);
        }

        while (open.Count > 0)
        {
            foreach (string key in Calls(open.Pop()))
            {
                if (refused.Contains(key))
                {
                    refusedHere.Add(key);
                }
                else if (key != method.Key && !reached.ContainsKey(key) && specs.TryGetValue(key, out FunctionSpec? spec))
                {
                    reached.Add(key, spec);
                    open.Push(spec);
                }
            }
        }

        return new LinkUnit(method, reached.Values.ToEquatableArray(), refusedHere.ToEquatableArray());
    }

    /// <summary>Keys of the readable rules of a method, of the rules of its rules, and of the equation that it solves.</summary>
    public static IEnumerable<string> Rules(ExternalMethod method) =>
        method.Rules.SelectMany(r => Rules(r.Method).Prepend(r.Key)).Concat(method.Implicit?.Keys ?? []).Where(key => key.Length > 0);

    /// <summary>Keys of the functions that a spec calls, rules of external methods included.</summary>
    public static IEnumerable<string> Calls(FunctionSpec spec)
    {
        foreach (Equation equation in spec.Body.Body.AllEquations())
        {
            switch (equation)
            {
                case CallEquation call:
                    yield return call.Callee.Key;
                    break;
                case ExternalCallEquation external:
                    foreach (string key in Rules(external.Method))
                    {
                        yield return key;
                    }

                    break;
            }
        }
    }
}
