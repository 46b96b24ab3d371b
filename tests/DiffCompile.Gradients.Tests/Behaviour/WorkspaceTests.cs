using DiffCompile.Corpus;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Residuals and local arrays live in a workspace: no allocation, no damage by exceptions, one thread at a time.</summary>
public sealed class WorkspaceTests
{
    [Fact]
    public void Loops_with_residuals_and_local_arrays_allocate_nothing_once_the_workspace_has_grown()
    {
        double[] x = [0.5, 0.25, 0.75, 1.0], y = [1.0, 0.5, 0.25], bar = new double[4], yBar = new double[3];
        foreach (DerivativeWorkspace? workspace in new[] { null, new DerivativeWorkspace() })
        {
            void Run()
            {
                Loops.ProductGradient(0.5, 0.25, 1000, workspace);
                Loops.ProductHessianVectorProduct(0.5, 0.25, 100, 1.0, 0.5, workspace);
                LocalArrays.PowersValueAndGradient(0.99, 500, workspace);
                LocalArrays.DynamicProgrammeGradient(x, 0.5, bar, workspace);
                LocalArrays.ScratchInLoopGradient(y, 0.5, yBar, workspace);
                LocalArrays.MadeByHelperGradient(0.5, 20, workspace);
                LoopExits.ThreeDeepGradient(0.5, 0.25, 6, workspace);
            }

            Run();
            Run();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        }
    }

    [Fact]
    public void What_a_call_left_half_done_does_not_disturb_the_next_one()
    {
        var workspace = new DerivativeWorkspace();
        (double, double) expected = Loops.ProductGradient(0.5, 0.25, 7);
        for (int i = 0; i < 3; i++)
        {
            double[] y = [0.5, -0.25, 1.0], bar = new double[3];
            Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectGradient([0.5, 0.25, 1.0, 2.0], [0, 1, 2, 3, 7], new double[4], workspace));
            Should.Throw<OverflowException>(() => LocalArrays.PowersGradient(0.5, -3, workspace));
            Loops.ProductGradient(0.5, 0.25, 7, workspace).ShouldBe(expected);
            LocalArrays.ScratchInLoopGradient(y, 0.5, bar, workspace);
        }

        long grown = workspace.Capacity;
        Loops.ProductGradient(0.5, 0.25, 7, workspace).ShouldBe(expected);
        workspace.Capacity.ShouldBe(grown);
    }

    [Fact]
    public void Small_calls_after_a_large_one()
    {
        var workspace = new DerivativeWorkspace();
        Loops.ProductGradient(0.999, 0.0, 100_000, workspace);
        for (int n = 0; n < 5; n++)
        {
            Loops.ProductGradient(0.5, 0.25, n, workspace).ShouldBe(Loops.ProductGradient(0.5, 0.25, n));
        }
    }

    [Fact]
    public void A_workspace_in_use_elsewhere_is_refused()
    {
        DerivativeWorkspace? workspace = new();
        Exception? found = null;
        using (DerivativeWorkspace.Enter(ref workspace))
        {
            var thread = new Thread(() => found = Record.Exception(() => Loops.ProductGradient(0.5, 0.25, 7, workspace)));
            thread.Start();
            thread.Join();

            // The same thread may use it deeper down.
            Loops.ProductGradient(0.5, 0.25, 7, workspace).ShouldBe(Loops.ProductGradient(0.5, 0.25, 7));
        }

        found.ShouldBeOfType<InvalidOperationException>();
    }
}
