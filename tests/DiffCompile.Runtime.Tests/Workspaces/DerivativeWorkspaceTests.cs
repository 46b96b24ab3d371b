using Shouldly;
using Xunit;

namespace DiffCompile.Runtime.Tests.Workspaces;

public sealed class DerivativeWorkspaceTests
{
    [Fact]
    public void Numbers_come_back_last_one_first_with_their_bits()
    {
        var workspace = new DerivativeWorkspace();
        double nan = BitConverter.Int64BitsToDouble(unchecked((long)0xFFF8_0000_0000_0123));
        workspace.Push(nan);
        workspace.Push(-0.0);
        workspace.Push(float.NegativeInfinity);
        workspace.Push(-0f);
        workspace.Push(int.MinValue);
        workspace.Push(-1);
        workspace.Push(long.MinValue + 7);
        workspace.Push(true);
        workspace.Push(false);

        workspace.PopBoolean().ShouldBeFalse();
        workspace.PopBoolean().ShouldBeTrue();
        workspace.PopInt64().ShouldBe(long.MinValue + 7);
        workspace.PopInt32().ShouldBe(-1);
        workspace.PopInt32().ShouldBe(int.MinValue);
        BitConverter.SingleToInt32Bits(workspace.PopSingle()).ShouldBe(BitConverter.SingleToInt32Bits(-0f));
        workspace.PopSingle().ShouldBe(float.NegativeInfinity);
        BitConverter.DoubleToInt64Bits(workspace.PopDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(-0.0));
        BitConverter.DoubleToInt64Bits(workspace.PopDouble()).ShouldBe(BitConverter.DoubleToInt64Bits(nan));
    }

    [Fact]
    public void The_stack_grows_and_keeps_what_it_has()
    {
        var workspace = new DerivativeWorkspace();
        long before = workspace.Capacity;
        for (int i = 0; i < 100_000; i++)
        {
            workspace.Push(i * 0.5);
        }

        workspace.Capacity.ShouldBeGreaterThanOrEqualTo(800_000);
        workspace.Capacity.ShouldBeGreaterThan(before);
        long grown = workspace.Capacity;
        for (int i = 99_999; i >= 0; i--)
        {
            workspace.PopDouble().ShouldBe(i * 0.5);
        }

        workspace.Capacity.ShouldBe(grown);
    }

    [Fact]
    public void Reserved_memory_is_cleared_stays_in_place_and_is_nobody_elses()
    {
        var workspace = new DerivativeWorkspace();
        DerivativeWorkspace? used = workspace;
        for (int round = 0; round < 3; round++)
        {
            using DerivativeWorkspace.Scope scope = DerivativeWorkspace.Enter(ref used);
            long small = workspace.Reserve(3, sizeof(int));
            Span<int> integers = workspace.View<int>(small, 3);
            integers.ToArray().ShouldBe([0, 0, 0]);
            integers.Fill(7);

            // Far more than the first chunk.
            long large = workspace.Reserve(100_000, sizeof(double));
            Span<double> numbers = workspace.View<double>(large, 100_000);
            numbers.IndexOfAnyExcept(0.0).ShouldBe(-1);
            numbers.Fill(1.5);

            bool[] flags = workspace.View<bool>(workspace.Reserve(5, sizeof(bool)), 5).ToArray();
            flags.ShouldBe(new bool[5]);
            integers.ToArray().ShouldBe([7, 7, 7]);
            workspace.View<int>(small, 3).ToArray().ShouldBe([7, 7, 7]);
            numbers.IndexOfAnyExcept(1.5).ShouldBe(-1);
        }
    }

    [Fact]
    public void The_same_memory_serves_the_next_call()
    {
        DerivativeWorkspace? workspace = new();
        long capacity = 0;
        for (int round = 0; round < 50; round++)
        {
            using DerivativeWorkspace.Scope scope = DerivativeWorkspace.Enter(ref workspace);
            for (int i = 0; i < 40; i++)
            {
                workspace.View<double>(workspace.Reserve(1000, sizeof(double)), 1000)[999] = i;
                workspace.Push((double)i);
            }

            capacity = capacity == 0 ? workspace.Capacity : capacity;
            workspace.Capacity.ShouldBe(capacity);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Short_arrays(int length)
    {
        var workspace = new DerivativeWorkspace();
        workspace.View<float>(workspace.Reserve(length, sizeof(float)), length).Length.ShouldBe(length);
    }

    [Fact]
    public void A_negative_or_too_large_length_throws_as_for_an_array()
    {
        var workspace = new DerivativeWorkspace();
        Should.Throw<OverflowException>(() => workspace.Reserve(-1, 8));
        Should.Throw<OutOfMemoryException>(() => workspace.Reserve(int.MaxValue, 8));
        workspace.Reserve(2, 8);
    }

    [Fact]
    public void The_end_of_a_scope_gives_back_what_it_left_also_inside_another_one()
    {
        DerivativeWorkspace? workspace = new();
        using DerivativeWorkspace.Scope outer = DerivativeWorkspace.Enter(ref workspace);
        workspace.Push(1.0);
        Span<double> own = workspace.View<double>(workspace.Reserve(2, 8), 2);
        own.Fill(3.0);
        Throws(workspace);
        own.ToArray().ShouldBe([3.0, 3.0]);
        workspace.PopDouble().ShouldBe(1.0);

        static void Throws(DerivativeWorkspace shared)
        {
            DerivativeWorkspace? workspace = shared;
            try
            {
                using DerivativeWorkspace.Scope inner = DerivativeWorkspace.Enter(ref workspace);
                workspace.Push(2.0);
                workspace.View<double>(workspace.Reserve(100, 8), 100).Fill(4.0);
                throw new NotSupportedException();
            }
            catch (NotSupportedException)
            {
            }
        }
    }

    [Fact]
    public void Each_thread_has_one_of_its_own()
    {
        DerivativeWorkspace? here = null, again = null, there = null;
        DerivativeWorkspace.Enter(ref here).Dispose();
        DerivativeWorkspace.Enter(ref again).Dispose();
        var thread = new Thread(() => DerivativeWorkspace.Enter(ref there).Dispose());
        thread.Start();
        thread.Join();
        again.ShouldBeSameAs(here);
        there.ShouldNotBeNull().ShouldNotBeSameAs(here);
    }

    [Fact]
    public void Use_by_two_threads_at_once_throws_and_later_use_does_not()
    {
        DerivativeWorkspace? workspace = new();
        Exception? during = null, afterwards = null;
        using (DerivativeWorkspace.Enter(ref workspace))
        {
            Run(() => during = Record.Exception(() => DerivativeWorkspace.Enter(ref workspace).Dispose()));
        }

        Run(() => afterwards = Record.Exception(() => DerivativeWorkspace.Enter(ref workspace).Dispose()));
        during.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("another thread");
        afterwards.ShouldBeNull();

        static void Run(ThreadStart action)
        {
            var thread = new Thread(action);
            thread.Start();
            thread.Join();
        }
    }
}
