using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Linking;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Generators.Emit;

/// <summary>Writes the file of one method: its members, then the private methods that these call.</summary>
internal static class UnitEmitter
{
    public static string Write(FunctionSpec spec, IReadOnlyList<MemberProgram> programs, FunctionLibrary library, bool checksOverflow = true)
    {
        var helpers = new HelperNames(spec);
        PlannedMember[] planned = programs.SelectMany(p => p.Written is { } written
            ? JacobianSweep.Members(spec, p.Function, written)
            : [new PlannedMember(MemberLayout.Create(spec, p.Kind, p.Function), p.Function, p.Kind)]).ToArray();
        List<PlannedMember> members = [.. planned.Where(m => m.Kind is not null), .. planned.Where(m => m.Kind is null)];
        for (int i = 0; i < members.Count; i++)
        {
            foreach (FunctionReference reference in members[i].Function.Body.AllEquations().OfType<CallEquation>().Select(c => c.Callee))
            {
                if (helpers.TryAdd(reference))
                {
                    IrFunction function = Pipeline.Polish(library.Resolve(reference), library);
                    members.Add(new PlannedMember(MemberLayout.Helper(helpers[reference], function), function));
                }
            }
        }

        WithWorkspaces(members, helpers);
        return ContainerEmitter.Emit(spec.Container, members, r => helpers[r], spec.Container.Shadowed, "Derivatives of " + spec.MethodName, checksOverflow);
    }

    // Who keeps residuals or makes arrays, or calls somebody who does, takes a workspace.
    private static void WithWorkspaces(List<PlannedMember> members, HelperNames helpers)
    {
        var takers = new HashSet<string>();
        bool Takes(PlannedMember m) => !m.Plan.Statements.IsEmpty || m.Function.Body.AllEquations().Any(e => e switch
        {
            MemoryEquation memory => MemoryOp.NeedsWorkspace(memory.Op),
            CallEquation call => takers.Contains(helpers[call.Callee]),
            _ => false,
        });
        for (int known = -1; known < takers.Count;)
        {
            known = takers.Count;
            takers.UnionWith(members.Where(Takes).Select(m => m.Plan.Name));
        }

        for (int i = 0; i < members.Count; i++)
        {
            PlannedMember member = members[i];
            if (takers.Contains(member.Plan.Name))
            {
                members[i] = member with
                {
                    Plan = WithWorkspace(member),
                    WorkspaceCallees = member.Function.Body.AllEquations().OfType<CallEquation>().Select(c => c.Callee).Where(c => takers.Contains(helpers[c])).Distinct().ToArray(),
                };
            }
        }
    }

    private static MemberPlan WithWorkspace(PlannedMember member)
    {
        string name = "workspace";
        while (member.Plan.Parameters.Any(p => p.Name == name))
        {
            name += "_";
        }

        const string type = "global::DiffCompile.DerivativeWorkspace";
        MemberParameter parameter = member.Kind is null ? new MemberParameter(name, type) : new MemberParameter(name, type + "?", Default: "null");
        return member.Plan with { Parameters = member.Plan.Parameters.Append(parameter).ToEquatableArray(), Workspace = name, Documentation = Documented(member.Plan, name) };
    }

    private static EquatableArray<string> Documented(MemberPlan plan, string name)
    {
        List<string> lines = plan.Documentation.ToList();
        if (lines.Count > 0)
        {
            int at = lines.FindIndex(l => l.StartsWith("<returns>", StringComparison.Ordinal) || l.StartsWith("<exception", StringComparison.Ordinal));
            lines.Insert(at < 0 ? lines.Count : at, $"<param name=\"{name}\">Memory for what is kept; null takes the one of the thread.</param>");
        }

        return lines.ToEquatableArray();
    }

    /// <summary>Names of private methods: the member they serve, the function they come from, and what was done to it.</summary>
    private sealed class HelperNames(FunctionSpec spec)
    {
        private readonly Dictionary<FunctionReference, string> _names = new();

        public string this[FunctionReference reference] => _names[reference];

        public bool TryAdd(FunctionReference reference)
        {
            if (_names.ContainsKey(reference))
            {
                return false;
            }

            string types = Identifiers.Sanitize(spec.Key.Substring(Parsing.KnownSymbols.IdOf(spec.Key).Length));
            string stem = spec.MemberName + "_" + types + Name(reference.Key) + string.Concat(reference.Transforms.Select(t => t.Kind));
            string name = stem;
            for (int number = 2; _names.ContainsValue(name); number++)
            {
                name = stem + number;
            }

            _names.Add(reference, name);
            return true;
        }

        // The last part of "M:Namespace.Type.Method(System.Double)".
        private static string Name(string key)
        {
            int arguments = key.IndexOf('(');
            string name = arguments < 0 ? key : key.Substring(0, arguments);
            return Identifiers.Sanitize(name.Substring(name.LastIndexOf('.') + 1));
        }
    }
}
