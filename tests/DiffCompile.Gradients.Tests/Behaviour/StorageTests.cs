using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DiffCompile.Gradients.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>What the text says is kept is what is kept, and what is computed again is what would have been kept.</summary>
public sealed partial class StorageTests
{
    private const double Untouched = -12345.678;

    // Idea 44: the bytes of the comments against those that a call leaves in the workspace.
    [Theory]
    [InlineData("double s = x; for (int i = 0; i < n; i++) { s = Math.Sin(s) * y; } return s;")]
    [InlineData("double s = x, t = y; for (int i = 0; i < n; i++) { (s, t) = (Math.Sin(t) * s, s * Math.Cos(t)); } return s * t;")]
    [InlineData("double s = x; for (int i = 0; i < n; i++) { if (s > 0.25) { s = s * s; } else { s = Math.Exp(s) * y; } } return s;")]
    [InlineData("double s = x; int i = 0; while (s < 100.0 && i < n) { s = s * Math.Sqrt(1.0 + s * s) * y; i++; } return s;")]
    public void Bytes_of_a_trip_are_those_of_the_text(string body)
    {
        const int trips = 37;
        GeneratedCompilation generated = GeneratorHarness.Generate(Compiled.Source($"[Differentiable] public static double F(double x, double y, [NoGradient] int n) {{ {body} }}"));
        int stated = BytesATrip().Matches(Member(generated, "FGradient")).Sum(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        stated.ShouldBeGreaterThan(0);
        Assembly assembly = generated.Load();
        (Kept(assembly, trips) - Kept(assembly, 0)).ShouldBe(stated / sizeof(double) * trips, body);
    }

    [Fact]
    public void A_sum_keeps_nothing()
    {
        GeneratedCompilation generated = GeneratorHarness.Generate(Compiled.Source(
            "[Differentiable] public static double F(double x, double y, [NoGradient] int n) { double s = 0.0; for (int i = 0; i < n; i++) { s += x * i + y; } return s; }"));
        Member(generated, "FGradient").ShouldNotContain("bytes a trip");
        Member(generated, "FGradient").ShouldNotContain("workspace");
    }

    // Idea 46: the same arithmetic, where an element is computed with again, and where a later write makes it be kept.
    [Fact]
    public void Kept_and_computed_again_give_the_same_bits()
    {
        const string loop = "double s = x; for (int i = 0; i < a.Length; i++) { double c = a[i] * y; s += c * c * x; }";
        GeneratedCompilation generated = GeneratorHarness.Generate(Compiled.Source($$"""
            [Differentiable] public static double Again(double x, double y, Span<double> a) { {{loop}} return s; }
            [Differentiable] public static double Keeps(double x, double y, Span<double> a) { {{loop}} a.Clear(); return s; }
            """));
        Member(generated, "AgainGradient").ShouldNotContain("bytes a trip");
        Member(generated, "KeepsGradient").ShouldContain("bytes a trip");
        Assembly assembly = generated.Load();
        DifferentiableMethod again = Compiled.Method(assembly, "Again"), keeps = Compiled.Method(assembly, "Keeps");
        var random = new Random(46);
        for (int draw = 0; draw < 20; draw++)
        {
            double[] x = Enumerable.Range(0, 5).Select(_ => 4.0 * random.NextDouble() - 2.0).ToArray();
            keeps.Gradient(x).ShouldBe(again.Gradient(x));
        }
    }

    /// <summary>How many numbers a gradient leaves in a workspace that held none of them before, on its stack and in its arrays.</summary>
    private static int Kept(Assembly assembly, int trips)
    {
        var workspace = new DerivativeWorkspace();
        Compiled.Call(assembly, "FGradient", 0.5, 0.75, 100, workspace);
        double[] stack = Field<double[]>(workspace, "_stack");
        List<byte[]> chunks = Field<List<byte[]>>(workspace, "_chunks");
        Array.Fill(stack, Untouched);
        foreach (byte[] chunk in chunks)
        {
            MemoryMarshal.Cast<byte, double>(chunk.AsSpan()).Fill(Untouched);
        }

        Compiled.Call(assembly, "FGradient", 0.5, 0.75, trips, workspace);
        return stack.Count(v => v != Untouched) + chunks.Sum(c => MemoryMarshal.Cast<byte, double>(c.AsSpan()).ToArray().Count(v => v != Untouched));
    }

    private static T Field<T>(DerivativeWorkspace workspace, string name) =>
        (T)typeof(DerivativeWorkspace).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic).ShouldNotBeNull().GetValue(workspace)!;

    private static string Member(GeneratedCompilation generated, string name)
    {
        string text = generated.Files.Values.Single(t => t.Contains(" " + name + "(", StringComparison.Ordinal));
        int start = text.IndexOf(" " + name + "(", StringComparison.Ordinal);
        return text[start..text.IndexOf("\n    }\n", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"// (\d+) bytes a trip")]
    private static partial Regex BytesATrip();
}
