using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Xunit;
using Xunit.Sdk;

namespace DiffCompile.Mutation;

/// <summary>
/// The unit tests of the generator, run against a mutated one: their assembly is loaded once more, into a context where
/// the name of the generator stands for the mutated assembly.
/// </summary>
internal sealed class UnitTests : IDisposable
{
    private const string GeneratorName = "DiffCompile.Generators";
    private const string TestsName = "DiffCompile.Generators.Tests";

    private readonly Context _context;
    private readonly Assembly _tests;

    public UnitTests(MutatedGenerator generator, int active)
    {
        string folder = Folder();
        _context = new Context(folder);
        Generator = new LoadedGenerator(_context, _context.LoadFromStream(new MemoryStream(generator.Image)), active);
        _tests = _context.LoadFromAssemblyPath(Path.Combine(folder, TestsName + ".dll"));
    }

    public LoadedGenerator Generator { get; }

    /// <summary>The sources and the approved texts of the snapshot tests.</summary>
    public IEnumerable<(string Name, string Source)> Constructs()
    {
        Type type = _tests.GetType(TestsName + ".Snapshots.Constructs", throwOnError: true)!;
        return ((IReadOnlyDictionary<string, string>)type.GetProperty("All")!.GetValue(null)!).Select(c => (c.Key, c.Value));
    }

    /// <summary>The first test of the namespace below the tests' own that fails, with its message; null if all pass.</summary>
    /// <param name="name">Last part of the namespace.</param>
    /// <param name="cancellationToken">Stops between tests.</param>
    public string? FirstFailure(string name, CancellationToken cancellationToken)
    {
        foreach (Type type in _tests.GetTypes().Where(t => t.Namespace == TestsName + "." + name && !t.IsAbstract).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            foreach (MethodInfo test in type.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null }))
            {
                foreach (object?[] arguments in Cases(test))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (Run(type, test, arguments) is { } message)
                    {
                        return $"{type.Name}.{test.Name}({string.Join(", ", arguments)}): {message}";
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<object?[]> Cases(MethodInfo test)
    {
        if (test.GetCustomAttribute<TheoryAttribute>() is null)
        {
            return [[]];
        }

        return test.GetCustomAttributes<DataAttribute>().SelectMany(d => d.GetData(test) ?? []);
    }

    private static string? Run(Type type, MethodInfo test, object?[] arguments)
    {
        try
        {
            object instance = Activator.CreateInstance(type)!;
            using var disposable = instance as IDisposable;
            (test.Invoke(instance, Fitted(test, arguments)) as Task)?.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception failure)
        {
            string message = (failure as TargetInvocationException)?.InnerException?.Message ?? failure.Message;
            return message.Trim().Split('\n')[0].Trim();
        }
    }

    // A last params array takes the arguments that are left over; what is missing has a default.
    private static object?[] Fitted(MethodInfo test, object?[] arguments)
    {
        ParameterInfo[] parameters = test.GetParameters();
        if (arguments.Length < parameters.Length && parameters[arguments.Length].HasDefaultValue)
        {
            return [.. arguments, .. parameters[arguments.Length..].Select(p => p.DefaultValue)];
        }

        if (parameters.Length == 0 || parameters[^1].GetCustomAttribute<ParamArrayAttribute>() is null || (arguments.Length == parameters.Length && arguments[^1] is IEnumerable and not string))
        {
            return arguments;
        }

        object?[] rest = arguments[(parameters.Length - 1)..];
        var array = Array.CreateInstance(parameters[^1].ParameterType.GetElementType()!, rest.Length);
        Array.Copy(rest, array, rest.Length);
        return [.. arguments[..(parameters.Length - 1)], array];
    }

    /// <summary>Where the tests were built, in the configuration of this program.</summary>
    private static string Folder()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string folder = Path.Combine(Repository.Root, "tests", TestsName, "bin", configuration, new DirectoryInfo(AppContext.BaseDirectory).Name);
        return File.Exists(Path.Combine(folder, TestsName + ".dll"))
            ? folder
            : throw new FileNotFoundException($"Build {TestsName} first: {TestsName}.dll is not in {folder}.");
    }

    public void Dispose() => _context.Unload();

    /// <summary>Tests and test kit are loaded again here; what they share with this program is not.</summary>
    private sealed class Context(string folder) : AssemblyLoadContext("unit tests", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName name)
        {
            if (name.Name == GeneratorName)
            {
                return Assemblies.Single(a => a.GetName().Name == GeneratorName);
            }

            string path = Path.Combine(folder, name.Name + ".dll");
            bool isOurs = name.Name is TestsName or "DiffCompile.TestKit";
            bool isUnknown = !Default.Assemblies.Any(a => a.GetName().Name == name.Name) && !File.Exists(Path.Combine(AppContext.BaseDirectory, name.Name + ".dll"));
            return File.Exists(path) && (isOurs || isUnknown) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
