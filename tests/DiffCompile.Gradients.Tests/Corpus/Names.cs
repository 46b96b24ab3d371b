using DiffCompile;

namespace DiffCompile.Corpus.Names.Math
{
    /// <summary>A namespace called like a class that generated code uses.</summary>
    public static partial class InNamespaceMath
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double F(double x, double y) => System.Math.Sin(x) * System.Math.Sqrt(2.0 + y);
    }
}

namespace DiffCompile.Corpus.Names
{
    public static partial class Parameters
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Keywords(double @class, double @double, double @return) => @class * @double * @double + System.Math.Exp(@return * @class);

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Generated(double value, double gradient, double t1, double xBar, double xDot, double valueBar) =>
            value * gradient * t1 + System.Math.Sin(xBar * xDot) * valueBar + value * valueBar;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Twins(double x, double xBar, double xDot, double xBar_, double xDot_) => x * xBar * xBar_ + System.Math.Cos(x * xDot) * xDot_;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Buffers(double hessian, double jacobian, double workspace) => hessian * jacobian * workspace * workspace;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double OfTuples(double Item1, double Item2, double Rest, double ToString) => Item1 * Item2 * Item2 + Rest * ToString * Item1;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Types(double Math, double DerivativeMath, double Span, double ArgumentException) =>
            System.Math.Sin(Math * Span) * System.Math.Sqrt(3.0 + DerivativeMath) * ArgumentException;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Contextual(double var, double nameof, double await, double record, double @file, double field, double @_) =>
            var * nameof * await + record * @file * System.Math.Sin(field) * _;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double Letters(double ł, double σ, double x_1, double __) => ł * σ * σ + System.Math.Exp(x_1 * ł) * __;
    }

    public static partial class MembersCalledMath
    {
        private const double Sin = 2.0;

        private static double Math => 3.0;

        private static double DerivativeMath(double x) => x;

        [Differentiable(DerivativeModes.SecondOrder)]
        public static double F(double x, double y) => global::System.Math.Sin(x) * global::System.Math.Sqrt(2.0 + y) * Sin + DerivativeMath(x);

        public static double Use() => Math;
    }

    public partial class Generic<T>
        where T : struct
    {
        public partial record struct Inner<TInner>
        {
            [Differentiable(DerivativeModes.SecondOrder)]
            public static double F(double x, double y) => x * y * y;
        }
    }

    public partial interface IContainer
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double F(double x) => x * x * x;
    }

    public partial record Record(double Value)
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double F(double x) => x * x * x;
    }

    public readonly partial record struct ReadonlyRecord(double Value)
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double F(double x) => x * x * x;
    }

    public abstract partial class Abstract
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        protected internal static double F(double x) => x * x * x;
    }

    public partial class @class
    {
        [Differentiable(DerivativeModes.SecondOrder)]
        public static double @static(double @this) => @this * @this * @this;

        [Differentiable(DerivativeModes.SecondOrder)]
        private static double Hidden(double x) => x * x * x;
    }
}
