using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using DiffCompile.TestKit;
using DiffCompile.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace DiffCompile.Gradients.Tests.RandomCode;

/// <summary>Random programs of one seed, compiled together, and what is wrong with their derivatives.</summary>
internal sealed class RandomBatch
{
    private const int PointsEach = 3;

    // What grows beyond has lost too many digits to compare.
    private const double LargestNumber = 1e5;

    // A program runs for microseconds; one that is checked longer has a loop that does not end.
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(60);

    private readonly int _seed;
    private readonly Dictionary<string, string> _methods;
    private bool _mayRefuse;
    private GeneratorDriver _driver = GeneratorHarness.Driver(new DifferentiableGenerator());

    private RandomBatch(int seed, Dictionary<string, string> methods)
    {
        _seed = seed;
        _methods = methods;
    }

    /// <summary>What was found, each with seed and method.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Points checked, and those of them where the method throws.</summary>
    public int Points { get; private set; }

    public int Threw { get; private set; }

    /// <summary>Methods without members.</summary>
    public int Refused { get; private set; }

    /// <summary>Texts of the methods that something is wrong with.</summary>
    public IEnumerable<string> Suspects => _methods.Where(m => Faults.Any(f => f.Contains($" {m.Key} ", StringComparison.Ordinal))).Select(m => PathTrace.Plain(m.Value));

    /// <summary>The file of all programs.</summary>
    public string Source => ProgramWriter.File(string.Concat(_methods.Values));

    public static RandomBatch Write(int seed, int count)
    {
        var writer = new ProgramWriter(new Random(seed));
        return new RandomBatch(seed, Names(count).ToDictionary(n => n, n => writer.Method(n)));
    }

    /// <summary>Methods of loops with checkpoints, by roots and in one to three slots; those that are refused, as some must be, are left out.</summary>
    public static RandomBatch WriteCheckpointed(int seed, int count)
    {
        var random = new Random(seed);
        var writer = new ProgramWriter(random);
        string[] schedules = ["", "1", "2", "3"];
        return new RandomBatch(seed, Names(count).ToDictionary(n => n, n => writer.Method(n, schedules[random.Next(schedules.Length)]))) { _mayRefuse = true };
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => "M" + i.ToString(CultureInfo.InvariantCulture));

    public void Check(bool optimize)
    {
        if (Load(optimize) is not { } assembly)
        {
            return;
        }

        foreach (MethodInfo method in MatrixTests.Functions(assembly))
        {
            var f = new DifferentiableMethod(method);
            if (!f.Has("Jvp"))
            {
                Refused++;
                if (!_mayRefuse)
                {
                    Add(method.Name, optimize, "was refused");
                }

                continue;
            }

            if (!Task.Run(() => Method(assembly, method, f, optimize)).Wait(LongestCheck))
            {
                Add(method.Name, optimize, "does not end");
            }
        }
    }

    private void Method(Assembly assembly, MethodInfo method, DifferentiableMethod f, bool optimize)
    {
        var noted = new DifferentiableMethod(assembly.GetType("DiffCompile.Corpus.Noted", throwOnError: true)!.GetMethod(method.Name)!);
        var random = new Random(_seed);
        for (int i = 0; i < PointsEach; i++)
        {
            double[] x = CorpusFunctions.Points(f, 1, random).Single().X;
            Point(assembly, f, noted, x, random, optimize);
        }
    }

    private void Point(Assembly assembly, DifferentiableMethod f, DifferentiableMethod noted, double[] x, Random random, bool optimize)
    {
        Points++;
        Exception? thrown = Thrown(() => f.Value(x));
        if (thrown is not null)
        {
            Threw++;
            Parity(f, x, thrown, optimize);
            return;
        }

        if (f.Value(x).Any(v => !(Math.Abs(v) < LargestNumber)) || f.Jvp(x, f.Active.Select(_ => 1.0).ToArray()).Tangent.Any(v => !(Math.Abs(v) < LargestNumber)))
        {
            return;
        }

        long Path(double[] at) => PathTrace.Of(assembly, () => Thrown(() => noted.Value(at)));
        try
        {
            foreach (string fault in EngineMatrix.Check(f, x, random, path: Path))
            {
                Add(f.Method.Name, optimize, fault);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Add(f.Method.Name, optimize, e.ToString());
        }
    }

    private void Parity(DifferentiableMethod f, double[] x, Exception expected, bool optimize)
    {
        double[] v = f.Active.Select(_ => 0.5).ToArray(), seeds = f.FloatOutputs.Select(_ => 0.7).ToArray();
        var members = new Dictionary<string, Action>
        {
            ["Jvp"] = () => f.Jvp(x, v),
            ["Vjp"] = () => f.Vjp(x, seeds),
            ["Gradient"] = () => f.Gradient(x),
            ["ValueAndGradient"] = () => f.ValueAndGradient(x),
            ["HessianVectorProduct"] = () => f.HessianVectorProduct(x, v),
        };
        foreach ((string name, Action call) in members.Where(m => f.Has(m.Key)))
        {
            Exception? found = Thrown(call);
            if (found?.GetType() != expected.GetType() || found.Message != expected.Message)
            {
                Add(f.Method.Name, optimize, $"{name} throws {found?.Message ?? "nothing"} where the method throws {expected.Message}");
            }
        }
    }

    // One that does not compile must not hide the others.
    private Assembly? Load(bool optimize)
    {
        var left = new Dictionary<string, string>(_methods);
        while (left.Count > 0)
        {
            _driver = GeneratorHarness.Optimizing(_driver, optimize).RunGeneratorsAndUpdateCompilation(
                GeneratorHarness.Compilation([ProgramWriter.File(string.Concat(left.Values))]), out Compilation generated, out _);
            using var stream = new MemoryStream();
            EmitResult result = generated.Emit(stream);
            Diagnostic[] errors = result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).ToArray();
            if (errors.Length == 0)
            {
                stream.Position = 0;
                return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
            }

            string[] bad = left.Keys.Where(n => errors.Any(e => e.Location.SourceTree?.FilePath.Contains("." + n + ".", StringComparison.Ordinal) == true)).ToArray();
            if (bad.Length == 0)
            {
                Add("?", optimize, string.Join("\n", errors.Take(5)));
                return null;
            }

            foreach (string name in bad)
            {
                Add(name, optimize, "does not compile: " + errors.First(e => e.Location.SourceTree?.FilePath.Contains("." + name + ".", StringComparison.Ordinal) == true));
                left.Remove(name);
            }
        }

        return null;
    }

    private void Add(string method, bool optimize, string what) =>
        Faults.Add($"seed {_seed.ToString(CultureInfo.InvariantCulture)} {method} {(optimize ? "optimised" : "plain")}: {what}");

    private static Exception? Thrown(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
