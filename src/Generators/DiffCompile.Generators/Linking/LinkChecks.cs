using DiffCompile.Generators.Diagnostics;
using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Parsing;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Generators.Linking;

/// <summary>Something found when a method was put together with its callees.</summary>
/// <param name="Id">Diagnostic id.</param>
/// <param name="ValueId">The author's operation at fault; null for the method as a whole.</param>
/// <param name="Parameter">The parameter at fault, or empty.</param>
/// <param name="Arguments">Message arguments.</param>
internal sealed record LinkDiagnostic(string Id, int? ValueId, string Parameter, EquatableArray<string> Arguments)
{
    public bool IsError => Descriptors.Get(Id).DefaultSeverity == DiagnosticSeverity.Error;
}

/// <summary>Refuses what would give a wrong or an accidental zero derivative.</summary>
internal static class LinkChecks
{
    /// <summary>Checks that need no body but the method's own: are all callees there, and is there no recursion?</summary>
    public static IEnumerable<LinkDiagnostic> Calls(LinkUnit unit)
    {
        FunctionSpec spec = unit.Method.Spec!;
        Dictionary<string, FunctionSpec> specs = unit.Callees.ToDictionary(s => s.Key);
        specs[spec.Key] = spec;
        int index = -1;
        foreach (Equation equation in spec.Body.Body.AllEquations())
        {
            index += equation is CallEquation ? 1 : 0;
            foreach (string key in CalledKeys(equation))
            {
                int? at = equation is CallEquation ? CallSite.Of(index) : equation.Results.Count > 0 ? equation.Results[0].Id : null;
                if (unit.RefusedCallees.Contains(key))
                {
                    yield return Found(Descriptors.RefusedCallee, at, unit.Method.Display, ShortName(key));
                }
                else if (!specs.ContainsKey(key))
                {
                    yield return Found(Descriptors.MissingSpecification, at, unit.Method.Display, ShortName(key));
                }
                else if (equation is CallEquation && key != spec.Key && Reaches(key, spec.Key, specs))
                {
                    yield return Found(Descriptors.RecursiveCall, at, unit.Method.Display, ShortName(key));
                }
            }
        }

        foreach (LinkDiagnostic cycle in Cycles(unit, specs))
        {
            yield return cycle;
        }

        foreach (LinkDiagnostic hidden in Hidden(unit, specs))
        {
            yield return hidden;
        }

        // A callee's own defects stop its callers as well.
        if (unit.RefusedCallees.Count > 0 && !spec.Body.Body.AllEquations().SelectMany(CalledKeys).Any(unit.RefusedCallees.Contains))
        {
            yield return Found(Descriptors.RefusedCallee, null, unit.Method.Display, ShortName(unit.RefusedCallees[0]));
        }
    }

    /// <summary>Equations whose derivative would need their own derivative.</summary>
    private static IEnumerable<LinkDiagnostic> Cycles(LinkUnit unit, Dictionary<string, FunctionSpec> specs)
    {
        foreach (FunctionSpec spec in specs.Values)
        {
            foreach (ExternalCallEquation call in spec.Body.Body.AllEquations().OfType<ExternalCallEquation>())
            {
                if (call.Method.Implicit is { } rule && Solves(rule.Key, call.Method.FullName, specs))
                {
                    yield return Found(
                        Descriptors.ImplicitCycle, ReferenceEquals(spec, unit.Method.Spec) ? call.Results.FirstOrDefault()?.Id : null, CustomRules.ShortName(call), ShortName(rule.Key));
                    yield break;
                }
            }
        }
    }

    /// <summary>Does a function call the solver, itself or through what it calls and solves?</summary>
    private static bool Solves(string from, string solver, Dictionary<string, FunctionSpec> specs)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.Count > 0)
        {
            string key = open.Pop();
            if (seen.Add(key) && specs.TryGetValue(key, out FunctionSpec? spec))
            {
                foreach (Equation equation in spec.Body.Body.AllEquations())
                {
                    if (equation is ExternalCallEquation { Method: { Implicit: not null } method } && method.FullName == solver)
                    {
                        return true;
                    }

                    foreach (string next in CalledKeys(equation))
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return false;
    }

    /// <summary>What callees call by name and this method's type cannot.</summary>
    private static IEnumerable<LinkDiagnostic> Hidden(LinkUnit unit, Dictionary<string, FunctionSpec> specs)
    {
        FunctionSpec spec = unit.Method.Spec!;
        string path = spec.Container.Path;
        foreach (FunctionSpec callee in unit.Callees)
        {
            foreach ((string name, string reach) in callee.Body.Body.AllEquations().SelectMany(Named).Where(n => !Reach.Includes(n.Reach, path)).Take(1))
            {
                Equation? call = spec.Body.Body.AllEquations().FirstOrDefault(e => CalledKeys(e).Any(k => k == callee.Key || Reaches(k, callee.Key, specs)));
                yield return Found(
                    Descriptors.HiddenCallee, call?.Results.FirstOrDefault()?.Id, unit.Method.Display, ShortName(callee.Key), name.Replace("global::", ""), Reach.Describe(reach), path);
                yield break;
            }
        }
    }

    /// <summary>What the code of an equation calls by name.</summary>
    private static IEnumerable<(string Name, string Reach)> Named(Equation equation) => equation switch
    {
        ExternalCallEquation call => Named(call.Method),
        ThrowEquation thrown => [(thrown.Expression, thrown.Reach)],
        _ => [],
    };

    // A rule whose body could be read is taken in, not called.
    private static IEnumerable<(string Name, string Reach)> Named(ExternalMethod method) =>
        method.Rules.Where(r => r.Key.Length == 0).SelectMany(r => Named(r.Method)).Prepend((method.FullName, method.Reach));

    /// <summary>Checks of the method with its callees taken in.</summary>
    public static IEnumerable<LinkDiagnostic> Flow(FunctionSpec spec, FunctionLibrary library)
    {
        foreach (LinkDiagnostic found in MemoryChecks.Find(spec, library))
        {
            yield return found;
        }

        IrFunction body = library.Body(spec.Key);
        int[] active = spec.ActiveInputs.ToArray();
        var activity = new Activity(body, active, library);
        foreach (LinkDiagnostic found in RuleMemoryChecks.Find(body, activity))
        {
            yield return found;
        }

        if (IntegerLoss.Find(body, activity, library) is { } lost)
        {
            yield return Found(Descriptors.DerivativeLost, spec.Body.Body.AllEquations().Any(e => e.Results.Contains(lost)) ? lost.Id : LossyCall(spec, library), spec.MethodName);
        }

        InputLeaf[] inputs = spec.Inputs.ToArray();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (body.Inputs[i].Type.IsBuffer && !active.Contains(i) && activity.IsVaried(body.Inputs[i]))
            {
                yield return new LinkDiagnostic(Descriptors.StoreIntoExcluded.Id, null, inputs[i].Parameter.Name, [inputs[i].Parameter.Name, spec.MethodName]);
            }
        }

        if (!body.Outputs.Any(activity.IsVaried) && !(active.Any(i => body.Inputs[i].Type.IsBuffer) && HasNumbersToHandOut(body)))
        {
            yield return Found(Descriptors.NoActivePath, null, spec.MethodName);
            yield break;
        }

        InputLeaf[] leaves = spec.Inputs.ToArray();
        foreach (ParameterSpec parameter in spec.Parameters.Where(p => !p.NoGradient && p.Mode != ParameterMode.Out))
        {
            int[] own = Enumerable.Range(0, leaves.Length).Where(i => leaves[i].Parameter == parameter && leaves[i].IsActive).ToArray();
            if (own.Length == 0 || own.Any(i => body.Inputs[i].Type.IsBuffer))
            {
                continue;
            }

            var alone = new Activity(body, own, library);
            if (!body.Outputs.Any(alone.IsVaried) && !body.Inputs.Any(i => i.Type.IsWritable && alone.IsVaried(i)))
            {
                yield return new LinkDiagnostic(Descriptors.UnusedInput.Id, null, parameter.Name, [parameter.Name, spec.MethodName]);
            }
        }
    }

    /// <summary>Is a number returned, or a buffer written to?</summary>
    private static bool HasNumbersToHandOut(IrFunction body) =>
        body.Outputs.Any(o => o.Type.IsFloat)
        || body.Body.AllEquations().Any(e => e is ExternalCallEquation or CallEquation or MemoryEquation { Op: MemoryOp.Store or MemoryOp.Accumulate });

    // The conversion stands in a helper: the first call that hands out what it has cut off.
    private static int? LossyCall(FunctionSpec spec, FunctionLibrary library)
    {
        int index = 0;
        foreach (CallEquation call in spec.Body.Body.AllEquations().OfType<CallEquation>())
        {
            if (call.Callee.Transforms.IsEmpty)
            {
                IrFunction callee = library.Body(call.Callee.Key);
                int[] floats = Enumerable.Range(0, callee.Inputs.Count).Where(i => callee.Inputs[i].Type.IsDifferentiable).ToArray();
                if (library.Flow(call.Callee, floats.ToEquatableArray()).Lost.Any(l => l))
                {
                    return CallSite.Of(index);
                }
            }

            index++;
        }

        return null;
    }

    private static IEnumerable<string> CalledKeys(Equation equation) => equation switch
    {
        CallEquation call => [call.Callee.Key],
        ExternalCallEquation external => Linker.Rules(external.Method),
        _ => [],
    };

    private static bool Reaches(string from, string target, Dictionary<string, FunctionSpec> specs)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.Count > 0)
        {
            string key = open.Pop();
            if (key == target)
            {
                return true;
            }

            // A rule may call the method that it belongs to: that is one derivative order more, not a recursion.
            if (seen.Add(key) && specs.TryGetValue(key, out FunctionSpec? spec))
            {
                foreach (string next in spec.Body.Body.AllEquations().OfType<CallEquation>().Select(c => c.Callee.Key))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    internal static LinkDiagnostic Found(DiagnosticDescriptor descriptor, int? valueId, params string[] arguments) =>
        new(descriptor.Id, valueId, "", arguments.ToEquatableArray());

    /// <summary>"Type.Method" of a documentation id.</summary>
    private static string ShortName(string key)
    {
        int arguments = key.IndexOf('(');
        string name = (arguments < 0 ? key : key.Substring(0, arguments)).Substring(key.IndexOf(':') + 1);
        string[] parts = name.Split('.');
        return string.Join(".", parts.Skip(Math.Max(0, parts.Length - 2)));
    }
}
