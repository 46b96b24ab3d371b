using System.Reflection;

namespace DiffCompile.TestKit;

/// <summary>
/// What a corpus assembly holds (namespace DiffCompile.Corpus): differentiable methods with the points at which they are
/// checked, and expectations, which are static methods marked [Expect] that return true.
/// </summary>
public static class CorpusFunctions
{
    private const string Namespace = "DiffCompile.Corpus.";

    /// <summary>All differentiable methods, in a fixed order.</summary>
    public static IEnumerable<MethodInfo> Differentiable(Assembly assembly) =>
        Methods(assembly).Where(m => m.GetCustomAttribute<DifferentiableAttribute>() is not null);

    /// <summary>
    /// Those that the engine matrix can check: not marked [OnlyExpected] or [Refused].
    /// </summary>
    public static IEnumerable<MethodInfo> Checked(Assembly assembly) => Differentiable(assembly)
        .Where(m => !Has(m, "OnlyExpectedAttribute") && !Has(m, "RefusedAttribute"));

    /// <summary>All expectations, in a fixed order.</summary>
    public static IEnumerable<MethodInfo> Expectations(Assembly assembly) =>
        Methods(assembly).Where(m => Has(m, "ExpectAttribute"));

    /// <summary>Statements [Emits("…")] and [EmitsNot("…")] that the generated files do not meet.</summary>
    /// <param name="assembly">The corpus.</param>
    /// <param name="files">Generated files by hint name.</param>
    public static IEnumerable<string> TextFaults(Assembly assembly, IEnumerable<KeyValuePair<string, string>> files)
    {
        Dictionary<string, string> texts = files.Where(f => !f.Key.EndsWith(".spec.g.cs", StringComparison.Ordinal))
            .GroupBy(f => string.Join('.', f.Key.Split('.')[..^3])).ToDictionary(g => g.Key, g => string.Concat(g.Select(f => f.Value)));
        foreach (MethodInfo method in Differentiable(assembly))
        {
            foreach (CustomAttributeData stated in method.GetCustomAttributesData().Where(a => a.AttributeType.Name is "EmitsAttribute" or "EmitsNotAttribute"))
            {
                string part = (string)stated.ConstructorArguments[0].Value!;
                string text = texts.GetValueOrDefault(method.DeclaringType!.FullName + "." + method.Name, "");
                bool wanted = stated.AttributeType.Name == "EmitsAttribute";
                if (text.Contains(part, StringComparison.Ordinal) != wanted || text.Length == 0)
                {
                    yield return $"{FullName(method)} {(wanted ? "lacks" : "holds")} '{part}'";
                }
            }
        }
    }

    /// <summary>"Namespace.Type.Method", or "Namespace.Type.Method&lt;Double&gt;".</summary>
    public static string FullName(MethodInfo method) =>
        method.DeclaringType!.FullName + "." + method.Name + (method.IsGenericMethod ? "<" + method.GetGenericArguments()[0].Name + ">" : "");

    /// <summary>The stated points, and random ones inside the stated domains.</summary>
    public static IEnumerable<(double[] X, bool Smooth)> Points(DifferentiableMethod f, int randomPoints, Random random)
    {
        foreach (CustomAttributeData point in f.Method.GetCustomAttributesData().Where(a => a.AttributeType.Name == "PointAttribute"))
        {
            double[] x = ((IEnumerable<CustomAttributeTypedArgument>)point.ConstructorArguments[0].Value!).Select(a => (double)a.Value!).ToArray();
            yield return (x, point.NamedArguments.All(a => (bool)a.TypedValue.Value!));
        }

        for (int i = 0; i < randomPoints; i++)
        {
            yield return (f.Method.GetParameters().Where(p => !p.IsOut).SelectMany(p => Draw(p, random)).ToArray(), true);
        }
    }

    // By name: the corpus is compiled several times, each with attributes of its own.
    private static bool Has(MethodInfo method, string attribute) => method.GetCustomAttributesData().Any(a => a.AttributeType.Name == attribute);

    private static IEnumerable<MethodInfo> Methods(Assembly assembly) => assembly.GetTypes()
        .Where(t => t.FullName!.StartsWith(Namespace, StringComparison.Ordinal) && !t.IsEnum)
        .Where(t => !t.IsGenericTypeDefinition || t.GetMethods().Any(m => m.GetCustomAttribute<DifferentiableAttribute>() is not null))
        .Select(t => t.IsGenericTypeDefinition ? t.MakeGenericType(t.GetGenericArguments().Select(_ => typeof(int)).ToArray()) : t)
        .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .SelectMany(m => m.IsGenericMethodDefinition && m.GetCustomAttribute<DifferentiableAttribute>() is not null ? [m.MakeGenericMethod(typeof(double)), m.MakeGenericMethod(typeof(float))] : new[] { m })
        .OrderBy(FullName, StringComparer.Ordinal);

    private static IEnumerable<double> Draw(ParameterInfo parameter, Random random)
    {
        DomainAttribute? domain = parameter.GetCustomAttribute<DomainAttribute>();
        (double min, double max) = domain is null ? (-1.5, 1.5) : (domain.Min, domain.Max);
        return new MethodSlot(parameter, 0).Leaves.Select(leaf =>
            leaf == typeof(bool) ? random.Next(2)
            : !Flattening.IsFloat(leaf) ? random.Next(0, 4)
            : (double)(float)(min + (random.NextDouble() * (max - min))));
    }
}
