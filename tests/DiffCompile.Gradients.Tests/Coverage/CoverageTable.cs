using System.Text;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Specs;

namespace DiffCompile.Gradients.Tests.Coverage;

/// <summary>How often one construct stands in another, and after another, in methods that a mode is made for.</summary>
internal sealed class CoverageTable
{
    public static readonly DerivativeModes[] Modes = [DerivativeModes.Gradient, DerivativeModes.Jvp, DerivativeModes.Vjp, DerivativeModes.HessianVectorProduct];

    private readonly Dictionary<(DerivativeModes Mode, string First, string Second, bool Nested), int> _cells = [];

    /// <summary>Number of methods counted.</summary>
    public int Methods { get; private set; }

    /// <summary>Methods in which <paramref name="inner"/> stands inside <paramref name="outer"/>.</summary>
    public int Inside(DerivativeModes mode, string outer, string inner) => _cells.GetValueOrDefault((mode, outer, inner, true));

    /// <summary>Methods in which <paramref name="second"/> comes after <paramref name="first"/>.</summary>
    public int After(DerivativeModes mode, string first, string second) => _cells.GetValueOrDefault((mode, first, second, false));

    /// <summary>Counts one method.</summary>
    public void Add(FunctionSpec spec)
    {
        Methods++;
        var pairs = new HashSet<(string, string, bool)>();
        Visit(spec.Body.Body, new Constructs(spec.Body), pairs);
        bool isScalar = spec.Body.Outputs.Count(o => o.Type.IsFloat) == 1;
        foreach (DerivativeModes mode in Modes.Where(m => ((DerivativeModes)spec.Requested & m) != 0 && (isScalar || m is DerivativeModes.Jvp or DerivativeModes.Vjp)))
        {
            foreach ((string first, string second, bool nested) in pairs)
            {
                _cells[(mode, first, second, nested)] = _cells.GetValueOrDefault((mode, first, second, nested)) + 1;
            }
        }
    }

    /// <summary>One table of a mode: rows are the outer or the first construct.</summary>
    public string Print(DerivativeModes mode)
    {
        var text = new StringBuilder();
        foreach (bool nested in new[] { true, false })
        {
            text.Append(nested ? "stands in" : "comes after").Append(" (").Append(mode).Append(")\n");
            foreach (string first in nested ? Constructs.Around : Constructs.All)
            {
                text.Append(first.PadRight(34)).AppendJoin(' ', Constructs.All.Select(second => (nested ? Inside(mode, first, second) : After(mode, first, second)).ToString("D4", null))).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>All constructs of a region, those of nested regions included.</summary>
    private static HashSet<string> Visit(Region region, Constructs constructs, HashSet<(string, string, bool)> pairs)
    {
        var before = new HashSet<string>();
        foreach (Equation equation in region.Body)
        {
            string[] here = constructs.Of(equation).ToArray();
            var all = new HashSet<string>(here);
            foreach (Region inner in equation.Regions)
            {
                HashSet<string> inside = Visit(inner, constructs, pairs);
                pairs.UnionWith(here.SelectMany(outer => inside.Select(i => (outer, i, true))));
                all.UnionWith(inside);
            }

            pairs.UnionWith(before.SelectMany(first => all.Select(second => (first, second, false))));
            before.UnionWith(all);
        }

        return before;
    }
}
