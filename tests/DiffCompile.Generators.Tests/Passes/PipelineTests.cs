using DiffCompile.Generators.Ir;
using DiffCompile.Generators.Passes;
using DiffCompile.Generators.Tests.Snapshots;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Generators.Tests.Passes;

public sealed class PipelineTests
{
    /// <summary>Every pass leaves sound IR behind, for each construct of the language.</summary>
    [Fact]
    public void Sound_after_every_pass()
    {
        var seen = new HashSet<string>();
        Pipeline.Observer = (name, function) =>
        {
            seen.Add(name);
            IrVerifier.Verify(function);
        };
        try
        {
            foreach (string source in Constructs.All.Values)
            {
                GeneratorHarness.Generate("using System;\nusing DiffCompile;\nusing DiffCompile.Mathematics;\n\nnamespace Snapshots;\n\n" + source)
                    .Files.Values.ShouldAllBe(text => !text.Contains("DC9001", StringComparison.Ordinal));
            }
        }
        finally
        {
            Pipeline.Observer = null;
        }

        seen.ShouldBe(["common subexpressions", "dead code", "in-place sums", "inline", "loop sums", "normalize", "residual plan", "safe reads", "shared checks", "simplify"], ignoreOrder: true);
    }

    [Fact]
    public void Residuals_are_what_a_forward_half_returns_besides_its_results()
    {
        var builder = new IrBuilder();
        Value x = builder.NewValue(IrType.Float64, "x");
        Value y = builder.Primitive("sin", IrType.Float64, x);
        Value z = builder.Primitive(Op.Multiply, IrType.Float64, y, y);
        SplitPair pair = SplitPair.Create(builder.Finish("f", [x], [z]), [0], new FunctionLibrary([], optimize: true), onStack: false);
        IrVerifier.Verify(pair.Forward);
        IrVerifier.Verify(pair.Reverse);
        pair.Forward.Outputs.Count.ShouldBe(1 + 2);
        pair.Forward.Outputs.Count.ShouldBe(3);
        pair.Reverse.Inputs.Count.ShouldBe(3);
    }
}
