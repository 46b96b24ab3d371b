namespace DiffCompile;

/// <summary>The derivative members that can be generated for a method <c>F</c>.</summary>
[Flags]
public enum DerivativeModes
{
    /// <summary>No member; the method can still be called from other differentiable methods.</summary>
    None = 0,

    /// <summary><c>FGradient</c> and <c>FValueAndGradient</c>, for a single scalar output.</summary>
    Gradient = 1,

    /// <summary><c>FJvp</c>: the directional derivative (forward mode).</summary>
    Jvp = 2,

    /// <summary><c>FVjp</c>: the pullback of output cotangents (reverse mode).</summary>
    Vjp = 4,

    /// <summary><c>FJacobian</c>, for several outputs, row-major [output, input].</summary>
    Jacobian = 8,

    /// <summary><c>FHessianVectorProduct</c>, for a single scalar output.</summary>
    HessianVectorProduct = 16,

    /// <summary><c>FHessian</c>, for a single scalar output, row-major and symmetric.</summary>
    Hessian = 32,

    /// <summary><c>FFindNonFinite</c>: names the first operation that makes a NaN or an infinity.</summary>
    Diagnose = 64,

    /// <summary>Value and gradient (or Jacobian, for several outputs), JVP and VJP.</summary>
    Default = Gradient | Jvp | Vjp | Jacobian,

    /// <summary>First and second derivatives.</summary>
    SecondOrder = Default | HessianVectorProduct | Hessian,

    /// <summary>Every member.</summary>
    All = SecondOrder | Diagnose,
}
