using DiffCompile.Gradients.Tests.Support;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Which loops can be checkpointed, and that derivatives stay what they are without.</summary>
public sealed class CheckpointTests
{
    [Theory]
    [InlineData("while (x > 0.1) { x *= 0.5; }")]
    [InlineData("for (int i = 0; i < 9; i++) { x *= 0.5; if (x < 0.1) { break; } }")]
    [InlineData("for (int i = 0; i < 9; i++) { x *= 0.5; if (x < 0.1) { return x; } }")]
    [InlineData("for (int i = 0; i < 9; i += 2) { x *= 0.5; }")]
    [InlineData("int n = 9; for (int i = 0; i < n; i++) { x *= 0.5; n--; }")]
    [InlineData("do { x *= 0.5; } while (x > 0.1);")]
    public async Task A_loop_without_a_known_number_of_trips_is_refused(string loop) =>
        (await Compiled.DiagnosticsAsync(Compiled.Source($"[Checkpoint] [Differentiable] public static double F(double x) {{ {loop} return x; }}"))).ShouldBe(["DC1052"]);

    [Theory]
    [InlineData("while (x > 0.1) { x *= 0.5; }")]
    [InlineData("do { x *= 0.5; if (x > 0.7) { break; } } while (x > 0.1);")]
    public async Task Loops_inside_may_be_of_any_kind(string loop) =>
        (await Compiled.DiagnosticsAsync(Compiled.Source(
            $"[Checkpoint] [Differentiable] public static double F(double x) {{ for (int i = 0; i < 9; i++) {{ {loop} x = Math.Exp(-x); }} return x; }}"))).ShouldBeEmpty();

    [Fact]
    public async Task Keeping_everything_is_for_any_loop() =>
        (await Compiled.DiagnosticsAsync(Compiled.Source(
            "[Checkpoint(CheckpointSchedule.StoreAll)] [Differentiable] public static double F(double x) { while (x > 0.1) { x *= 0.5; } return x; }"))).ShouldBeEmpty();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public void Both_schedules_give_the_value_of_the_method_and_each_other_s_derivatives(int n)
    {
        (double value, (double X, double K) roots) = Corpus.Checkpoints.AnyTripsValueAndGradient(0.5, 0.75, n);
        (double inSlots, (double X, double K) slots) = Corpus.Checkpoints.AnyTripsInSlotsValueAndGradient(0.5, 0.75, n);
        value.ShouldBe(Corpus.Checkpoints.AnyTrips(0.5, 0.75, n));
        inSlots.ShouldBe(value);
        slots.X.ShouldBe(roots.X, 1e-14 * Math.Abs(roots.X));
        slots.K.ShouldBe(roots.K, 1e-14 * Math.Abs(roots.K));
    }

    [Fact]
    public void Memory_of_the_caller_ends_as_it_does_where_a_loop_stands_around()
    {
        double[] expected = [0.5, -0.3, 0.8], roots = [.. expected], slots = [.. expected];
        Corpus.Checkpoints.CallersMemoryInALoop(expected, 0.7);
        Corpus.Checkpoints.CallersMemoryInALoopVjp(roots, 0.7, 1.0, new double[3]);
        Corpus.Checkpoints.CallersMemoryInALoopInSlotsVjp(slots, 0.7, 1.0, new double[3]);
        roots.ShouldBe(expected);
        slots.ShouldBe(expected);
    }

    [Fact]
    public void Memory_of_the_caller_ends_as_the_method_leaves_it()
    {
        double[] expected = [0.5, -0.3, 0.8], roots = [.. expected], slots = [.. expected];
        Corpus.Checkpoints.InCallersMemory(expected, 0.7);
        Corpus.Checkpoints.InCallersMemoryVjp(roots, 0.7, 1.0, new double[3]);
        Corpus.Checkpoints.InCallersMemoryInSlotsVjp(slots, 0.7, 1.0, new double[3]);
        roots.ShouldBe(expected);
        slots.ShouldBe(expected);
    }
}
