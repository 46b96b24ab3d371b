using System.Runtime.CompilerServices;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Parsing;

/// <summary>Reads the specifications that other assemblies carry, with everything that they call.</summary>
internal sealed class SpecImporter(ParseContext context)
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<string, (int Version, string Text)>> Indices = new();

    /// <summary>
    /// Adds the specification <paramref name="key"/> to the helpers. False when there is none; then
    /// <paramref name="problem"/> says more, or is empty when the assembly does not mention it.
    /// </summary>
    public bool Require(string key, IAssemblySymbol assembly, out string problem)
    {
        problem = "";
        if (context.Helpers.IsDone(key))
        {
            return true;
        }

        if (Find(key, assembly) is not ({ } owner, int version, { } text))
        {
            return false;
        }

        if (version != SpecText.Version)
        {
            problem = $"it has version {version}, expected is {SpecText.Version}";
            return false;
        }

        FunctionSpec spec;
        try
        {
            spec = Import(SpecText.Read(text), owner);
        }
        catch (Exception e) when (e is FormatException or NotSupportedException)
        {
            problem = e.Message;
            return false;
        }

        context.Helpers.Add(spec);
        foreach (string called in KeysCalledBy(spec.Body.Body).Distinct().ToArray())
        {
            if (!Require(called, owner, out string inner))
            {
                problem = inner.Length > 0 ? inner : "it calls '" + called + "', of which there is none";
                return false;
            }
        }

        return true;
    }

    private FunctionSpec Import(FunctionSpec spec, IAssemblySymbol owner) =>
        spec with { Body = spec.Body with { Body = Import(spec.Body.Body, reach => Reach.Import(reach, owner, context.Compilation.Assembly)) } };

    private static Region Import(Region region, Func<string, string> reach) => region with
    {
        Body = region.Body.Select(equation => equation switch
        {
            ExternalCallEquation e => e with { Method = Import(e.Method, reach) },
            ThrowEquation e => e with { Reach = reach(e.Reach) },
            IfEquation e => e with { Then = Import(e.Then, reach), Else = Import(e.Else, reach) },
            LoopEquation e => e with { Test = Import(e.Test, reach), Body = Import(e.Body, reach) },
            _ => equation,
        }).ToEquatableArray(),
    };

    private static ExternalMethod Import(ExternalMethod method, Func<string, string> reach) => method with
    {
        Reach = reach(method.Reach),
        Rules = method.Rules.Select(r => r with { Method = Import(r.Method, reach) }).ToEquatableArray(),
    };

    private (IAssemblySymbol? Owner, int Version, string Text) Find(string key, IAssemblySymbol first)
    {
        foreach (IAssemblySymbol assembly in context.Compilation.SourceModule.ReferencedAssemblySymbols.Prepend(first))
        {
            if (Indices.GetValue(assembly, Index).TryGetValue(key, out (int Version, string Text) entry))
            {
                return (assembly, entry.Version, entry.Text);
            }
        }

        return (null, 0, "");
    }

    /// <summary>Does a specification of the assembly have this struct in it, so that its source was read when it was written?</summary>
    public static bool KnowsStruct(IAssemblySymbol assembly, string typeName) =>
        Indices.GetValue(assembly, Index).Values.Any(e => e.Text.Contains("struct \"" + typeName + "\""));

    private static Dictionary<string, (int Version, string Text)> Index(IAssemblySymbol assembly)
    {
        Dictionary<string, (int Version, string Text)> index = new();
        foreach (AttributeData attribute in assembly.GetAttributes())
        {
            if (KnownSymbols.IsOurs(attribute.AttributeClass, "DifferentiableSpecAttribute")
                && KnownSymbols.Argument(attribute, 0) is string key && KnownSymbols.Argument(attribute, 1) is int version && KnownSymbols.Argument(attribute, 2) is string text)
            {
                index[key] = (version, text);
            }
        }

        return index;
    }

    private static IEnumerable<string> KeysCalledBy(Region region) => region.Body.SelectMany(equation => equation switch
    {
        CallEquation call => [call.Callee.Key],
        ExternalCallEquation call => KeysOfRules(call.Method),
        _ => equation.Regions.SelectMany(KeysCalledBy),
    });

    private static IEnumerable<string> KeysOfRules(ExternalMethod method) =>
        method.Rules.SelectMany(r => KeysOfRules(r.Method).Prepend(r.Key)).Concat(method.Implicit?.Keys ?? []).Where(k => k.Length > 0);
}
