using DiffCompile.Mathematics;

namespace DiffCompile.Benchmarks.Gradients;

/// <summary>Gradients as a careful author writes them by hand: each transcendental function evaluated once.</summary>
internal static class HandWritten
{
    /// <summary>Mean central occupation ½ erfc((xmin − x)/σ). One erfc, one exp, two divisions.</summary>
    public static (double Value, (double LogM, double LogMmin, double SigmaLogM) Gradient) MeanCentral(double logM, double logMmin, double sigmaLogM)
    {
        double u = (logMmin - logM) / sigmaLogM;
        double value = 0.5 * SpecialFunctions.Erfc(u);
        double slope = -0.56418958354775629 * Math.Exp(-u * u) / sigmaLogM;
        return (value, (-slope, slope, -slope * u));
    }

    /// <summary>NFW quantile by its closed-form derivatives. One evaluation of m(c) and of the radius.</summary>
    public static (double Value, (double P, double C) Gradient) NfwQuantile(double p, double c)
    {
        double mass = Model.Halos.NfwMass.Enclosed(c);
        double s = Model.Halos.NfwMass.RadiusEnclosing(p * mass);
        double q = s / c;
        double onePlus = 1.0 + s;
        double slope = onePlus * onePlus / (c * s);
        double edge = c / ((1.0 + c) * (1.0 + c));
        return (q, (mass * slope, (p * edge * slope) - (q / c)));
    }

    /// <summary>The arithmetic-only function of the benchmark. Two divisions.</summary>
    public static (double Value, (double X, double Y, double Z) Gradient) Rational(double x, double y, double z)
    {
        double a = (x * y) + z;
        double r = 1.0 / (1.0 + (y * y));
        double b = (a * a) - (x * r);
        double d = 1.0 / (2.0 + (a * a));
        double value = a * b * d;
        double bBar = a * d;
        double aBar = (b * d) - (2.0 * a * value * d) + (2.0 * a * bBar);
        double xBar = (aBar * y) - (bBar * r);
        double yBar = (aBar * x) + (2.0 * y * x * bBar * r * r);
        return (value, (xBar, yBar, aBar));
    }
}
