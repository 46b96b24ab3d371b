using System.Globalization;
using System.Text;

namespace DiffCompile.Benchmarks.Generator;

/// <summary>Text of a consumer with many differentiable methods of the usual kind, ten to a file.</summary>
internal static class SyntheticConsumer
{
    public static IEnumerable<string> Sources(int methods)
    {
        yield return "global using System; global using DiffCompile; global using DiffCompile.Mathematics;";
        const int perFile = 10;
        for (int first = 0; first < methods; first += perFile)
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"namespace Consumer;\n\npublic static partial class Models{first}\n{{\n");
            for (int i = first; i < first + perFile; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $$"""
                        /// <summary>Occupation number {{i}}.</summary>
                        [Differentiable]
                        public static double Model{{i}}(double logM, double logMmin, double sigma, double alpha)
                        {
                            double u = (logM - logMmin) / sigma;
                            double centrals = 0.5 * (1.0 + SpecialFunctions.Erf(u));
                            if (logM < {{i % 7}}.0)
                            {
                                return centrals * Helper{{i}}(alpha);
                            }

                            double ratio = Math.Exp(logM - logMmin) + {{i}}.0;
                            return centrals * Math.Pow(ratio, alpha) + {{(i > first ? "Model" + (i - 1) + "(logM, logMmin, sigma, alpha) * 0.5" : "Math.Log(ratio)")}};
                        }

                        private static double Helper{{i}}(double x) => x > 1.0 ? x * x : Math.Sin(x);


                    """);
            }

            text.Append("}\n");
            yield return text.ToString();
        }
    }

    /// <summary>A chain of methods, each calling the one before it.</summary>
    public static string Chain(int length, bool twice)
    {
        var text = new StringBuilder("namespace Consumer;\n\npublic static partial class Chain\n{\n");
        for (int i = 0; i < length; i++)
        {
            string inner = i == 0 ? "Math.Sin(x) + x * y" : $"Math.Sin(Link{i - 1}(x * 0.5, y)) * y" + (twice ? $" + 0.5 * Link{i - 1}(y, x + 1.0)" : "");
            text.Append(CultureInfo.InvariantCulture, $"    [Differentiable]\n    public static double Link{i}(double x, double y) => {inner};\n\n");
        }

        return text.Append("}\n").ToString();
    }
}
