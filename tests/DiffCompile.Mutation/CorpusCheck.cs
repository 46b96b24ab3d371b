using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.TestKit;
using Microsoft.CodeAnalysis;

namespace DiffCompile.Mutation;

/// <summary>Compiles a part of the corpus with what a mutant generated for it, and runs it.</summary>
internal static class CorpusCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Generated code has no loops of its own today; should one hang, its thread is left behind.
    public static (Fate, string)? Watched(Func<(Fate, string)?> run)
    {
        var task = Task.Run(run);
        return task.Wait(Patience) ? task.Result : (Fate.DidNotEnd, "the generated code");
    }

    /// <summary>The first thing that is wrong; null if nothing is.</summary>
    public static (Fate Fate, string Detail)? Run(CorpusGroup group, Output output, bool optimize, IReadOnlyList<string> changed, bool stopAtFirst)
    {
        Output baseline = group.Baseline[optimize];
        if (Refusals.Wrong(group, output).FirstOrDefault() is { } wrong)
        {
            return (Fate.NotRefused, wrong);
        }

        if (output.Refused.Except(baseline.Refused).FirstOrDefault() is { } refused)
        {
            return (Fate.Refused, $"{refused}: {output.Files[refused].Trim().Split('\n')[^1].Trim()}");
        }

        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = group.With(output, optimize).Emit(image);
        if (!emitted.Success)
        {
            return (Fate.DoesNotCompile, $"{group.Name}: {emitted.Diagnostics.First(d => d.Severity >= DiagnosticSeverity.Warning)}");
        }

        image.Position = 0;
        var context = new AssemblyLoadContext("corpus", isCollectible: true);
        try
        {
            string[] faults = Faults(group, context.LoadFromStream(image), changed).Take(stopAtFirst ? 1 : int.MaxValue).ToArray();
            return faults.Length > 0 ? (Fate.WrongNumber, string.Join("\n", faults))
                : optimize && CorpusFunctions.TextFaults(context.Assemblies.First(), output.Files).FirstOrDefault() is { } text ? (Fate.OtherText, text)
                : null;
        }
        catch (Exception thrown)
        {
            return (Fate.Threw, $"{group.Name}: {(thrown as TargetInvocationException)?.InnerException?.Message ?? thrown.Message}");
        }
        finally
        {
            context.Unload();
        }
    }

    private static IEnumerable<string> Faults(CorpusGroup group, Assembly assembly, IReadOnlyList<string> changed)
    {
        foreach (MethodInfo expectation in CorpusFunctions.Expectations(assembly))
        {
            if (!(bool)expectation.Invoke(null, [])!)
            {
                yield return $"{CorpusFunctions.FullName(expectation)} does not hold";
            }
        }

        // "Namespace.Type.Member.hash.g.cs"
        HashSet<string> members = changed.Select(c => c.Split('.')[^4]).ToHashSet();
        foreach (MethodInfo method in CorpusFunctions.Checked(assembly))
        {
            string member = method.GetCustomAttribute<DifferentiableAttribute>()!.Name ?? method.Name;
            if (!members.Contains(member))
            {
                continue;
            }

            var f = new DifferentiableMethod(method);
            var random = new Random(20261121);
            foreach ((double[] x, bool smooth) in CorpusFunctions.Points(f, group.RandomPoints, random))
            {
                foreach (string fault in EngineMatrix.Check(f, x, random, smooth))
                {
                    yield return fault;
                }
            }
        }
    }
}
