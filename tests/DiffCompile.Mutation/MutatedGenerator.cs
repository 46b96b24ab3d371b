using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DiffCompile.Mutation;

/// <summary>The generator with all mutations in it, not yet loaded.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Mutations">Those that can be switched on.</param>
/// <param name="Ids">One more than the largest id.</param>
internal sealed record MutatedGenerator(byte[] Image, IReadOnlyList<Mutation> Mutations, int Ids)
{
    /// <summary>Loads it into a context of its own, with a mutation switched on from the first instruction.</summary>
    public LoadedGenerator Load(int active = LoadedGenerator.None)
    {
        var context = new AssemblyLoadContext("mutated generator", isCollectible: true);
        return new LoadedGenerator(context, context.LoadFromStream(new MemoryStream(Image)), active);
    }
}

/// <summary>A loaded generator whose mutations can be switched. One at a time; not for several threads.</summary>
internal sealed class LoadedGenerator : IDisposable
{
    public const int None = -1;

    private readonly AssemblyLoadContext _context;
    private readonly Assembly _assembly;
    private readonly FieldInfo _active;
    private readonly FieldInfo _reached;
    private readonly FieldInfo _steps;
    private readonly FieldInfo _limit;

    public LoadedGenerator(AssemblyLoadContext context, Assembly assembly, int active)
    {
        (_context, _assembly) = (context, assembly);
        Type type = assembly.GetType("MutantSwitch", throwOnError: true)!;
        _active = type.GetField("Active")!;
        _reached = type.GetField("Reached")!;
        _steps = type.GetField("Steps")!;
        _limit = type.GetField("Limit")!;
        Active = active;
    }

    /// <summary>Id of the mutation that is on; <see cref="None"/> for the generator as it stands.</summary>
    public int Active
    {
        set => _active.SetValue(null, value);
    }

    public long Steps => (long)_steps.GetValue(null)!;

    /// <summary>Has the mutant been stopped because it took too many steps?</summary>
    public bool IsExhausted => Steps > (long)_limit.GetValue(null)!;

    /// <summary>Counts steps from zero; beyond the limit every further one throws.</summary>
    public void Restart(long limit)
    {
        _steps.SetValue(null, 0L);
        _limit.SetValue(null, limit);
    }

    public MethodInfo Method(string type, string name) => _assembly.GetType(type, throwOnError: true)!.GetMethod(name)!;

    public IIncrementalGenerator Create() =>
        (IIncrementalGenerator)Activator.CreateInstance(_assembly.GetTypes().Single(t => typeof(IIncrementalGenerator).IsAssignableFrom(t)))!;

    /// <summary>The analyzers that report what the generator refuses.</summary>
    public ImmutableArray<DiagnosticAnalyzer> CreateAnalyzers() =>
        [.. _assembly.GetTypes().Where(t => typeof(DiagnosticAnalyzer).IsAssignableFrom(t) && !t.IsAbstract).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    /// <summary>The mutations that <paramref name="action"/> comes past.</summary>
    public HashSet<int> Record(int ids, Action action)
    {
        var reached = new bool[ids];
        _reached.SetValue(null, reached);
        action();
        _reached.SetValue(null, null);
        return Enumerable.Range(0, ids).Where(i => reached[i]).ToHashSet();
    }

    /// <summary>
    /// Runs all static initializers. Mutations that these come past have their effect only in a fresh load.
    /// </summary>
    public void Initialize()
    {
        foreach (Type type in _assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }

    public void Dispose() => _context.Unload();
}
