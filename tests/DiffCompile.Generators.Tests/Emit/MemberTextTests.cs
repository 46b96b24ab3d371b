using DiffCompile.Generators.Infrastructure;
using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Specs;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Emit;

/// <summary>Whole members, from the author's body through the passes to text, run against known derivatives.</summary>
public class MemberTextTests
{
    private const string Author = """
        namespace Samples;

        /// <summary>Halo occupation.</summary>
        public static partial class Occupation
        {
            /// <summary>Mean number of centrals.</summary>
            public static double MeanCentral(double logM, double logMmin, double sigmaLogM) =>
                0.5 * (1.0 + DiffCompile.Mathematics.SpecialFunctions.Erf((logM - logMmin) / sigmaLogM));
        }
        """;

    [Fact]
    public void MeanCentral()
    {
        string text = EmittedCode.Members(
            SampleMethods.MeanCentral(),
            MemberKind.Gradient, MemberKind.ValueAndGradient, MemberKind.Jvp, MemberKind.Vjp, MemberKind.HessianVectorProduct);
        Type type = EmittedCode.Load(text, Author);
        var gradient = ((double LogM, double LogMmin, double Sigma))EmittedCode.Call(type, "MeanCentralGradient", 12.3, 12.02, 0.26)!;
        double u = (12.3 - 12.02) / 0.26;
        double slope = Math.Exp(-u * u) / Math.Sqrt(Math.PI) / 0.26;
        gradient.LogM.ShouldBe(slope, 1e-15);
        gradient.LogMmin.ShouldBe(-slope, 1e-15);
        gradient.Sigma.ShouldBe(-u * slope, 1e-15);
        Snapshot.Match(text);
    }
}
