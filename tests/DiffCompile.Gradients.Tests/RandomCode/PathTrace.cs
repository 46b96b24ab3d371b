using System.Reflection;
using System.Text.RegularExpressions;

namespace DiffCompile.Gradients.Tests.RandomCode;

/// <summary>
/// Which way a random program goes. Each program is written twice: as it is, and with every decision (conditions, sections of
/// a switch, kinks, integers made of numbers) noted in a running hash. Where the hash is the same, the program is smooth.
/// </summary>
internal static partial class PathTrace
{
    /// <summary>Notes decisions; part of the compiled text.</summary>
    public const string Source = """
        namespace DiffCompile.Corpus
        {
            [System.AttributeUsage(System.AttributeTargets.Parameter)]
            public sealed class LengthAttribute(int count) : System.Attribute
            {
                public int Count { get; } = count;
            }

            internal static class Trace
            {
                [System.ThreadStatic]
                public static long Hash;

                public static bool If(bool taken)
                {
                    Hit(taken ? 1 : 2);
                    return taken;
                }

                public static int Int(double number)
                {
                    int result = (int)number;
                    Hit(result);
                    return result;
                }

                public static double Abs(double a) => If(a > 0.0) ? System.Math.Abs(a) : System.Math.Abs(a);

                public static double Max(double a, double b) => If(a > b) ? System.Math.Max(a, b) : System.Math.Max(a, b);

                public static double Min(double a, double b) => If(a > b) ? System.Math.Min(a, b) : System.Math.Min(a, b);

                public static T Arm<T>(int arm, T value)
                {
                    Hit(arm);
                    return value;
                }

                // Cut from differentiation, so that differences say nothing: no two runs go the same way.
                public static double Stop(double a)
                {
                    Hit(++stops);
                    return a;
                }

                [System.ThreadStatic]
                private static int stops;

                public static void Hit(int decision) => Hash = unchecked((Hash * 31) + decision + 7);
            }
        }

        """;

    /// <summary>The author's text: without marks.</summary>
    public static string Plain(string marked) => Arms().Replace(
        Hits().Replace(marked, "").Replace("@if(", "(", StringComparison.Ordinal).Replace("@int(", "(int)(", StringComparison.Ordinal)
            .Replace("@abs(", "Math.Abs(", StringComparison.Ordinal).Replace("@max(", "Math.Max(", StringComparison.Ordinal).Replace("@min(", "Math.Min(", StringComparison.Ordinal)
            .Replace("@stop(", "Differentiation.StopGradient(", StringComparison.Ordinal),
        "(");

    /// <summary>The text that notes its decisions.</summary>
    public static string Noted(string marked) => Arms().Replace(
        Hits().Replace(marked, "Trace.Hit($1);").Replace("@if(", "Trace.If(", StringComparison.Ordinal).Replace("@int(", "Trace.Int(", StringComparison.Ordinal)
            .Replace("@abs(", "Trace.Abs(", StringComparison.Ordinal).Replace("@max(", "Trace.Max(", StringComparison.Ordinal).Replace("@min(", "Trace.Min(", StringComparison.Ordinal)
            .Replace("@stop(", "Trace.Stop(", StringComparison.Ordinal),
        "Trace.Arm($1, ");

    /// <summary>The hash of a run.</summary>
    public static long Of(Assembly assembly, Action run)
    {
        FieldInfo hash = assembly.GetType("DiffCompile.Corpus.Trace", throwOnError: true)!.GetField("Hash")!;
        hash.SetValue(null, 0L);
        run();
        return (long)hash.GetValue(null)!;
    }

    [GeneratedRegex(@"@hit\((\d+)\);")]
    private static partial Regex Hits();

    [GeneratedRegex(@"@arm\((\d+), ")]
    private static partial Regex Arms();
}
