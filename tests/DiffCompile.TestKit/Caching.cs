using System.Collections.Immutable;
using DiffCompile.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DiffCompile.TestKit;

/// <summary>Asserts that nothing runs again without need.</summary>
public static class Caching
{
    /// <summary>Runs the driver again, once unchanged and once after an edit elsewhere, and looks at every step.</summary>
    public static void Check(GeneratorDriver driver, CSharpCompilation compilation)
    {
        SyntaxTree unrelated = CSharpSyntaxTree.ParseText("internal static class UnrelatedEdit { }", (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        CheckSteps(driver.RunGenerators(compilation), "the second run");
        CheckSteps(driver.RunGenerators(compilation.AddSyntaxTrees(unrelated)), "the run after an unrelated edit");
    }

    private static void CheckSteps(GeneratorDriver driver, string when)
    {
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        foreach (string name in new[] { TrackingNames.Parse, TrackingNames.Link, TrackingNames.Compile, TrackingNames.SelfCheck })
        {
            if (!result.TrackedSteps.TryGetValue(name, out ImmutableArray<IncrementalGeneratorRunStep> steps))
            {
                continue;
            }

            foreach ((_, IncrementalStepRunReason reason) in steps.SelectMany(s => s.Outputs))
            {
                // Reading looks at every method anew; its result must be the same.
                bool isReading = name is TrackingNames.Parse or TrackingNames.SelfCheck;
                bool allowed = reason is IncrementalStepRunReason.Cached || (reason is IncrementalStepRunReason.Unchanged && isReading);
                if (!allowed)
                {
                    throw new InvalidOperationException($"Step {name} was {reason} in {when}.");
                }
            }
        }

        foreach ((_, IncrementalStepRunReason reason) in result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs))
        {
            if (reason is not IncrementalStepRunReason.Cached)
            {
                throw new InvalidOperationException($"An output was {reason} in {when}.");
            }
        }
    }
}
