using DiffCompile.Corpus;
using Shouldly;
using Xunit;

namespace DiffCompile.Gradients.Tests.Behaviour;

/// <summary>Arrays that are too short, too many or the same: an exception of the method's own, or one that names the buffers.</summary>
public sealed class BufferParityTests
{
    private static readonly double[] Four = [0.5, 0.25, 1.0, 2.0];

    [Fact]
    public void An_index_out_of_range_throws_what_the_method_throws()
    {
        int[] outside = [0, 1, 2, 3, 4];
        Should.Throw<IndexOutOfRangeException>(() => Arrays.Indirect(Four, outside));
        Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectGradient(Four, outside, new double[4]));
        Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectValueAndGradient(Four, outside, new double[4]));
        Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectVjp(Four, outside, 0.5, new double[4]));
        Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectJvp(Four, outside, new double[4]));
        Should.Throw<IndexOutOfRangeException>(() => Arrays.IndirectHessianVectorProduct(Four, outside, new double[4], new double[4]));
    }

    [Fact]
    public void A_part_out_of_range_throws_what_the_method_throws()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Arrays.SlicesInLoop(Four));
        Should.Throw<ArgumentOutOfRangeException>(() => Arrays.SlicesInLoopGradient(Four, new double[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => Arrays.SlicesInLoopJvp(Four, new double[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => Arrays.SlicesInLoopHessianVectorProduct(Four, new double[4], new double[4]));
    }

    // The types themselves: one of these exceptions is derived from another.
    [Fact]
    public void A_copy_without_room_throws_what_the_method_throws()
    {
        double[] two = [0.5, 0.25];
        Same(() => Copies.ArrayCopyOfPart([.. two], 1.0, 0), () => Copies.ArrayCopyOfPartGradient([.. two], 1.0, 0, new double[2]));
        Same(() => Copies.ArrayCopyOfPart([.. two], 1.0, 0), () => Copies.ArrayCopyOfPartJvp([.. two], 1.0, 0, new double[2], 1.0));
        Same(() => Copies.Cleared([.. two], 1.0), () => Copies.ClearedVjp([.. two], 1.0, new double[2]));
        Same(() => Copies.Filled([.. two], 1.0), () => Copies.FilledVjp([.. two], 1.0, new double[2]));
        Same(() => Copies.CopyToArray([.. Four], [.. two], 0), () => Copies.CopyToArrayVjp([.. Four], [.. two], 0, new double[4], new double[2]));
        Same(() => Copies.RangeOfArray([0.5], 1.0), () => Copies.RangeOfArrayVjp([0.5], 1.0, new double[1]));
        Same(() => LocalArrays.Copied([]), () => LocalArrays.CopiedGradient([], []));

        static void Same(Action method, Action derivative) => Should.Throw<Exception>(derivative).GetType().ShouldBe(Should.Throw<Exception>(method).GetType());
    }

    [Fact]
    public void A_copy_of_a_span_without_room_says_what_the_method_says()
    {
        string expected = Should.Throw<ArgumentException>(() => InPlace.CopyAndChange(Four, new double[4], 0.5)).Message;
        Should.Throw<ArgumentException>(() => InPlace.CopyAndChangeJvp(Four, new double[4], 0.5, new double[4], new double[4], 0.0)).Message.ShouldBe(expected);
        Should.Throw<ArgumentException>(() => InPlace.CopyAndChangeVjp(Four, new double[4], 0.5, new double[4], new double[4])).Message.ShouldBe(expected);
    }

    [Fact]
    public void A_negative_length_throws_what_the_method_throws()
    {
        Should.Throw<OverflowException>(() => LocalArrays.Powers(0.5, -3));
        Should.Throw<OverflowException>(() => LocalArrays.PowersGradient(0.5, -3));
        Should.Throw<OverflowException>(() => LocalArrays.PowersJvp(0.5, -3, 1.0));
        Should.Throw<OverflowException>(() => LocalArrays.PowersHessianVectorProduct(0.5, -3, 1.0));
    }

    [Fact]
    public void A_write_beyond_the_end_leaves_what_was_written_before_as_the_method_does()
    {
        double[] primal = [.. Four], derivative = [.. Four], twin = new double[4];
        Should.Throw<IndexOutOfRangeException>(() => InPlace.MatrixTimesVector(new double[5], [1.0, 2.0, 3.0], primal.AsSpan(0, 2)));
        Should.Throw<IndexOutOfRangeException>(() => InPlace.MatrixTimesVectorVjp(new double[5], [1.0, 2.0, 3.0], derivative.AsSpan(0, 2), new double[5], new double[3], twin.AsSpan(0, 2)));
        derivative.ShouldBe(primal);
    }

    [Fact]
    public void What_is_read_in_every_trip_is_not_read_before_the_first_one_has_written()
    {
        double[] primal = [.. Four], derivative = [.. Four];
        Should.Throw<IndexOutOfRangeException>(() => LoopMixtures.WritesThenReads(primal, [1.0], 2));
        Should.Throw<IndexOutOfRangeException>(() => LoopMixtures.WritesThenReadsVjp(derivative, [1.0], 2, 0.5, new double[4], new double[1]));
        derivative.ShouldBe(primal);
        primal[0].ShouldBe(0.25);
    }

    [Fact]
    public void A_Jacobian_has_columns_for_what_the_method_does_not_write()
    {
        typeof(InPlace).GetMethod("PrefixSumsJacobian").ShouldNotBeNull();
        typeof(InPlace).GetMethod("DoublesTheFirstJacobian").ShouldBeNull();
        typeof(InPlace).GetMethod("CountsCallsJacobian").ShouldBeNull();
        typeof(Arrays).GetMethod("MeanAndSpreadJacobian").ShouldNotBeNull();
        typeof(SpanRules).GetMethod("BothJacobian").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_twin_of_another_length_is_named(int length)
    {
        Should.Throw<ArgumentException>(() => Arrays.LogSumExpGradient(Four, new double[length])).ParamName.ShouldBe("xBar");
        Should.Throw<ArgumentException>(() => Arrays.LogSumExpJvp(Four, new double[length])).ParamName.ShouldBe("xDot");
        Should.Throw<ArgumentException>(() => InPlace.RunningProductVjp([.. Four], new double[length])).ParamName.ShouldBe("aBar");
    }

    // Idea 17: buffers that share memory while one of them is written.
    [Fact]
    public void Buffers_that_share_memory_are_named()
    {
        double[] x = [.. Four], sums = new double[4];
        Should.Throw<ArgumentException>(() => InPlace.PrefixSumsVjp(x, x, new double[4], new double[4])).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => InPlace.PrefixSumsVjp(x, sums, sums, new double[4])).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => InPlace.PrefixSumsVjp(x.AsSpan(0, 3), x.AsSpan(1, 3), new double[3], new double[3])).Message.ShouldContain("must not share memory");
        Should.Throw<ArgumentException>(() => Arrays.LogSumExpGradient(x, x)).Message.ShouldContain("must not share memory");
        x.ShouldBe(Four);
    }

    [Fact]
    public void Inputs_that_are_only_read_may_be_one_array()
    {
        double[] bar = new double[3], other = new double[3], x = [0.5, 0.25, 1.0];
        Arrays.DotWithItselfGradient(x, x, bar, other);
        double[] apart = new double[3], apartOther = new double[3];
        Arrays.DotWithItselfGradient(x, [.. x], apart, apartOther);
        bar.ShouldBe(apart);
        other.ShouldBe(apartOther);

        // A pullback adds, so one twin for both collects the sum.
        double[] both = new double[3];
        Arrays.DotWithItselfVjp(x, x, 1.0, both, both);
        both.ShouldBe(apart.Zip(apartOther, (p, q) => p + q).ToArray(), 1e-14);
    }

    [Fact]
    public void The_array_ends_as_the_method_leaves_it_and_the_pullback_replaces_the_cotangent()
    {
        double[] primal = [.. Four], values = [.. Four], bar = [0.0, 0.0, 0.0, 1.0];
        InPlace.RunningProduct(primal);
        InPlace.RunningProductVjp(values, bar);
        values.ShouldBe(primal);

        // The last element is the product of all.
        bar.ShouldBe(Four.Select(v => primal[3] / v).ToArray(), 1e-15);
    }

    // Idea 33: −∞ among the entries.
    [Fact]
    public void Minus_infinity_takes_no_part()
    {
        double[] bar = new double[4];
        Arrays.LogSumExpGradient([0.5, double.NegativeInfinity, 0.5, double.NegativeInfinity], bar);
        bar.ShouldBe([0.5, 0.0, 0.5, 0.0], 1e-15);
    }
}
