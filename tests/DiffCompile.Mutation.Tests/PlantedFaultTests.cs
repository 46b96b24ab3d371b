using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace DiffCompile.Mutation.Tests;

/// <summary>Each planted fault makes a number, a refusal or an expectation of the corpus wrong; none of them, nothing.</summary>
public sealed class PlantedFaultTests(PlantedFaultTests.Planted planted) : IClassFixture<PlantedFaultTests.Planted>
{
    public static TheoryData<string> Names => [.. PlantedFaults.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_caught(string name)
    {
        Mutation fault = planted.Generator.Mutations.SingleOrDefault(m => m.Operator == name)
            .ShouldNotBeNull("The fault does not compile: it must be a correct piece of C# that computes the wrong thing.");
        Verdict verdict = planted.Tester.Test(fault);
        verdict.IsKilled.ShouldBeTrue(verdict.Detail);
    }

    [Fact]
    public void Without_a_fault_everything_passes() => planted.Tester.Baseline(CancellationToken.None).ShouldBeEmpty();

    /// <summary>One build of the generator with all faults in it.</summary>
    public sealed class Planted : IDisposable
    {
        // The rules have a matrix of their own; of their corpus only what the passes need is run here.
        private static readonly string[] RuleGroups = ["RuleArithmeticDouble", "RuleKinks", "RuleEdges"];

        public Planted()
        {
            IReadOnlyList<SyntaxTree> trees = Repository.GeneratorTrees();
            Generator = Schemata.Build(trees, PlantedFaults.All.Select((f, i) => f.ToMutation(trees, i)).ToArray(), _ => { }, CancellationToken.None);
            IReadOnlyList<CorpusGroup> groups = CorpusGroup.All(name => name.StartsWith("Corpus", StringComparison.Ordinal) || RuleGroups.Contains(name));
            Tester = new MutantTester(Generator, groups, withTexts: false, _ => { }, CancellationToken.None);
        }

        internal MutatedGenerator Generator { get; }

        internal MutantTester Tester { get; }

        public void Dispose() => Tester.Dispose();
    }
}
