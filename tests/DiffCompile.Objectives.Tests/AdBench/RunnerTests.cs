using DiffCompile.Benchmarks.AdBench;
using DiffCompile.Objectives.Tests.Support;
using DiffCompile.TestKit;
using Shouldly;
using Xunit;

namespace DiffCompile.Objectives.Tests.AdBench;

/// <summary>
/// What the runner <c>adbench</c> reports, on every input that there is: the value is the method's, the generated derivative
/// the one by hand and, where ADBench publishes it, ADBench's; nothing is allocated.
/// </summary>
public sealed class RunnerTests
{
    private const string Folder = "data/adbench";

    // ADBench's own bound for what it accepts is 1e-8.
    private const double Bound = 1e-10;

    [SharedDataTheory(Folder)]
    [InlineData("gmm", "adbench")]
    [InlineData("gmm", "corrected")]
    [InlineData("lstm", "adbench")]
    [InlineData("lstm", "corrected")]
    [InlineData("ba", null)]
    [InlineData("hand", null)]
    public void Every_input_runs(string objective, string? form)
    {
        foreach (string file in Directory.GetFiles(SharedData.PathOf($"{Folder}/{objective}"), "*.txt").Order(StringComparer.Ordinal))
        {
            bool complicated = objective == "hand" && Path.GetFileName(file).Contains("complicated", StringComparison.Ordinal);
            Check(Read(objective, file, form, complicated), Path.GetFileName(file));
        }
    }

    [SharedDataTheory(Folder, Expected.File)]
    [InlineData("gmm", "gmm/test.txt", "GMM.CheckJacobianCalculation", "correct_gradient")]
    [InlineData("lstm", "lstm/lstm_l2_c1024.txt", "LSTM.CheckJacobianCalculation", "correct_gradient")]
    [InlineData("ba", "ba/test.txt", "BA.CheckJacobianCalculation", "correct_jacobian_vals")]
    [InlineData("hand", "hand/test.txt", "Hand.CheckSimpleJacobianCalculation", "correctJacobian")]
    [InlineData("hand", "hand/hand_complicated.txt", "Hand.CheckComplicatedJacobianCalculation", "correctJacobian")]
    public void Published_derivatives_are_met(string objective, string file, string test, string name)
    {
        Objective o = Read(objective, SharedData.PathOf($"{Folder}/{file}"), null, file.Contains("complicated", StringComparison.Ordinal));
        var derivative = new double[o.DerivativeSize];
        o.Generated.ShouldNotBeNull().Evaluate(new double[o.ValueSize], derivative);
        derivative.ShouldAgree(Expected.Numbers(test, name), Bound);
    }

    [SharedDataFact(Folder, Expected.File)]
    public void Published_structure_of_the_adjustment_is_met()
    {
        (int[] rows, int[] columns) = Read("ba", SharedData.PathOf($"{Folder}/ba/test.txt"), null, false).Structure.ShouldNotBeNull();
        rows.Select(r => (double)r).ShouldBe(Expected.Numbers("BA.CheckJacobianCalculation", "correct_jacobian_rows"));
        columns.Select(c => (double)c).ShouldBe(Expected.Numbers("BA.CheckJacobianCalculation", "correct_jacobian_cols"));
    }

    private static Objective Read(string objective, string file, string? form, bool complicated) => Objective.Read(AdBenchOptions.Parse(
        (string[])["--objective", objective, "--input", file, .. form is null ? [] : new[] { "--form", form }, .. complicated ? ["--complicated"] : Array.Empty<string>()]));

    private static void Check(Objective o, string file)
    {
        double[] primal = new double[o.ValueSize], value = new double[o.ValueSize];
        double[] generated = new double[o.DerivativeSize], byHand = new double[o.DerivativeSize];
        Array.Fill(generated, double.NaN);
        IDerivative derivative = o.Generated.ShouldNotBeNull();
        o.Primal(primal);
        o.HandWritten.Evaluate(value, byHand);
        derivative.Evaluate(value, generated);
        value.ShouldBe(primal, file);
        generated.ShouldAgree(byHand, Bound);

        // A collection that other tests cause is counted here too, hence the least of some calls.
        Enumerable.Range(0, 3).Min(_ => Allocated(() => derivative.Evaluate(value, generated))).ShouldBe(0, file);
        generated.ShouldAgree(byHand, Bound);
    }

    private static long Allocated(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
