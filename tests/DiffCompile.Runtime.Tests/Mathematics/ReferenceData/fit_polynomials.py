#!/usr/bin/env python3
"""Fits the polynomials of DiffCompile.Mathematics.SpecialFunctions.

Run with Debian's python3-mpmath, without arguments, anywhere:

    /usr/bin/python3 fit_polynomials.py            # every fit
    /usr/bin/python3 fit_polynomials.py ErfSeries  # only the fits whose name starts so

It prints, for each, the constant term (with what rounding it loses) and the C# expression of the
rest, so that the polynomial is `constant + t * rest`, and the largest error over the interval with
coefficients rounded to double. Each fit interpolates at Chebyshev nodes with 60 digits, which is
within a small factor of the best polynomial of its degree; nothing is random.
"""
import sys
from mpmath import mp, mpf, inf

mp.dps = 60
ONLY = sys.argv[1] if len(sys.argv) > 1 else ""


def interpolate(f, lo, hi, degree, centre, scale):
    """Monomial coefficients in (x - centre)/scale of the Chebyshev interpolant of f on [lo, hi]."""
    lo, hi = mpf(lo), mpf(hi)
    n = degree + 1
    nodes = [(lo + hi) / 2 + (hi - lo) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    values = [f(x) for x in nodes]
    points = [(x - centre) / scale for x in nodes]
    # Newton's divided differences, expanded to monomials.
    table = list(values)
    for level in range(1, n):
        for i in range(n - 1, level - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (points[i] - points[i - level])
    coefficients = [table[n - 1]]
    for i in range(n - 2, -1, -1):
        shifted = [mpf(0)] + coefficients
        for j, c in enumerate(coefficients):
            shifted[j] -= points[i] * c
        shifted[0] += table[i]
        coefficients = shifted
    return coefficients


def horner(coefficients, t):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * t + c
    return total


def fit(name, f, lo, hi, degree, centre=0, scale=1, weight=None, note=""):
    """weight(x): the error is divided by it; default |f(x)|."""
    if not name.startswith(ONLY):
        return
    centre, scale = mpf(centre), mpf(scale)
    rounded = [mpf(float(c)) for c in interpolate(f, lo, hi, degree, centre, scale)]
    worst = mpf(0)
    for k in range(401):
        x = mpf(lo) + (mpf(hi) - mpf(lo)) * mpf(k) / 400
        value = f(x)
        error = abs(horner(rounded, (x - centre) / scale) - value)
        worst = max(worst, error / (abs(value) if weight is None else weight(x)))
    print(f"// {name}: [{mp.nstr(mpf(lo), 6)}, {mp.nstr(mpf(hi), 6)}], variable (x - {mp.nstr(centre, 17)})/{mp.nstr(scale, 17)}, "
          f"largest error {mp.nstr(worst, 3)} {note}")
    exact = interpolate(f, lo, hi, degree, centre, scale)[0]
    print(f"// constant term {float(exact)!r} + {float(exact - mpf(float(exact)))!r}")
    text = [repr(float(c)) for c in rounded[1:]]
    print(f"Polynomial.Degree{degree - 1}(t,")
    for i in range(0, len(text), 4):
        print("    " + ", ".join(text[i:i + 4]) + ("," if i + 4 < len(text) else ")"))
    print(flush=True)


def limit_at_zero(f, at_zero):
    return lambda z: mpf(at_zero) if abs(z) < mpf(10)**-18 else f(z)


# ---- exponentials -------------------------------------------------------------------------------
fit("Exp2Tail", limit_at_zero(lambda r: mp.expm1(r * mp.log(2)) / r, mp.log(2)), -0.5, 0.5, 12)
fit("Exp10Tail", limit_at_zero(lambda r: mp.expm1(r * mp.log(10)) / r, mp.log(10)), -0.1506, 0.1506, 12)
fit("Expm1Tail", limit_at_zero(lambda r: (mp.expm1(r) - r - r * r / 2) / r**3, mpf(1) / 6),
    -0.3467, 0.3467, 12, weight=lambda r: abs(mp.expm1(r) / r**3) if r else inf)


def log_tail(z):
    """log((1+s)/(1-s)) = 2 s + s^3 A(s^2), |s| <= (sqrt 2 - 1)/(sqrt 2 + 1)."""
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / s**3


fit("LogTail", limit_at_zero(log_tail, mpf(2) / 3), 0, 0.0295, 8)

# ---- error functions ------------------------------------------------------------------------------
fit("ErfSeries", limit_at_zero(lambda z: mp.erf(mp.sqrt(z)) / mp.sqrt(z) - 1, 2 / mp.sqrt(mp.pi) - 1),
    0, 0.75, 12, weight=lambda z: mpf(1))


def erfcx(x):
    return mp.exp(x * x) * mp.erfc(x) if x < 1e4 else (1 - 1 / (2 * x * x) + mpf(3) / (4 * x**4) - mpf(15) / (8 * x**6)
        + mpf(105) / (16 * x**8)) / (x * mp.sqrt(mp.pi))


def half_line(g, at_infinity, k):
    return lambda t: mpf(at_infinity) if t == 1 else g(k * (1 + t) / (1 - t))


def negated_erfcx_derivative(x):
    if x > 1e4:
        return (1 - 3 / (2 * x * x) + mpf(15) / (4 * x**4) - mpf(105) / (8 * x**6)) / (x * x * mp.sqrt(mp.pi))
    with mp.workdps(100):
        return 2 / mp.sqrt(mp.pi) - 2 * x * mp.exp(x * x) * mp.erfc(x)


# Variable t = (x - 3)/(x + 3); the slope from x = 1/2 only.
fit("ErfcxHalfLine", half_line(lambda x: (1 + 2 * x) * erfcx(x), 2 / mp.sqrt(mp.pi), 3), -1, 1, 24)
fit("ErfcxSlopeHalfLine", half_line(lambda x: (1 + 2 * x)**2 * negated_erfcx_derivative(x), 4 / mp.sqrt(mp.pi), 3),
    mpf(-5) / 7, 1, 24)


def mills(x):
    return mp.sqrt(2 / mp.pi) * mp.exp(-x * x / 2) / mp.erfc(-x / mp.sqrt(2))


fit("MillsNearZero", mills, -0.75, 1, 20, centre=0.125)
fit("MillsSlopeNearZero", lambda x: -mills(x) * (x + mills(x)), -0.75, 1, 20, centre=0.125)


def erfinv_by_w(w):
    if w == 0:
        return mp.sqrt(mp.pi) / 2
    p = mp.sqrt(-mp.expm1(-w))
    # Solve erfc(x) = 1 - p from the tail, so that p near 1 keeps its digits.
    q = mp.exp(-w) / (1 + p)
    x = p * mp.sqrt(mp.pi) / 2 if w < 0.5 else mp.sqrt(w) * 0.9
    for _ in range(60):
        if q < 0.3:
            g = mp.erfc(x)
            step = (mp.log(g) - mp.log(q)) * g * mp.sqrt(mp.pi) / 2 * mp.exp(x * x)
            x += step
        else:
            step = (mp.erf(x) - p) * mp.sqrt(mp.pi) / 2 * mp.exp(x * x)
            x -= step
        if abs(step) < mpf(10)**-50:
            break
    return x / p


fit("ErfInvCentral", erfinv_by_w, 0, 6.25, 24, centre=3.125)
fit("ErfInvTail1", lambda y: erfinv_by_w(y * y), 2.5, 4.25, 24, centre=3.375)
fit("ErfInvTail2", lambda y: erfinv_by_w(y * y), 4.25, 6.05, 20, centre=5.125)

# ---- gamma ------------------------------------------------------------------------------------------
fit("LogGammaAtOne", limit_at_zero(lambda u: mp.loggamma(1 + u) / u, -mp.euler), -0.25, 0.5, 25)
fit("LogGammaAtTwo", limit_at_zero(lambda v: mp.loggamma(2 + v) / v, 1 - mp.euler), -0.5, 1, 25)


def stirling(z):
    if z == 0:
        return mpf(1) / 12
    x = 1 / mp.sqrt(z)
    return x * (mp.loggamma(x) - ((x - 0.5) * mp.log(x) - x + mp.log(2 * mp.pi) / 2))


def digamma_tail(z):
    """x^2 (log x - 1/(2x) - psi(x)), z = 1/x^2."""
    if z == 0:
        return mpf(1) / 12
    x = 1 / mp.sqrt(z)
    return x * x * (mp.log(x) - 1 / (2 * x) - mp.psi(0, x))


def trigamma_tail(z):
    """x^3 (psi'(x) - 1/x - 1/(2 x^2)), z = 1/x^2."""
    if z == 0:
        return mpf(1) / 6
    x = 1 / mp.sqrt(z)
    return x**3 * (mp.psi(1, x) - 1 / x - 1 / (2 * x * x))


fit("StirlingTail", stirling, 0, mpf(1) / 9, 12, weight=lambda z: mpf(1) if z == 0 else mp.loggamma(1 / mp.sqrt(z)) / mp.sqrt(z))
fit("DigammaNearRoot", lambda x: mp.psi(0, x) / (x - mp.findroot(lambda y: mp.psi(0, y), 1.46)), 1, 2, 24, centre=1.5)
fit("DigammaTail2", digamma_tail, 0, mpf(1) / 4, 16, weight=lambda z: mpf(1) if z == 0 else mp.psi(0, 1 / mp.sqrt(z)) / z)
fit("TrigammaNear", lambda x: mp.psi(1, x), 1, 2, 24, centre=1.5)
fit("TrigammaTail2", trigamma_tail, 0, mpf(1) / 4, 20, weight=lambda z: mpf(1) if z == 0 else mp.psi(1, 1 / mp.sqrt(z)) / mp.sqrt(z)**3)
fit("SincPiTail", limit_at_zero(lambda z: (mp.sin(mp.pi * mp.sqrt(z)) / (mp.pi * mp.sqrt(z)) - 1) / z, -mp.pi**2 / 6), 0, 0.25, 8)
fit("CosPiSeries", lambda z: mp.cos(mp.pi * mp.sqrt(z)), 0, 0.0625, 8)

# ---- Lambert W ----------------------------------------------------------------------------------------


def branch(s):
    """u/s where u = 1 + W, W exp(W) = -exp(-1 - s^2/2), principal branch for s > 0."""
    if s == 0:
        return mpf(1)
    # -log(1-u) - u = s^2/2
    u = s - s * s / 3 + s**3 / 36
    if s < -1:
        u = -(s * s / 2 + mp.log(1 + s * s / 2))
    if s > 1.2:
        u = 1 - mp.exp(-1 - s * s / 2)
    for _ in range(80):
        step = (-mp.log1p(-u) - u - s * s / 2) * (1 - u) / u
        u -= step
        if abs(step) < abs(u) * mpf(10)**-50:
            break
    return u / s


def w_over_x(p):
    """W0(x)/x by p = sqrt(2 (e x + 1))."""
    x = (p * p / 2 - 1) / mp.e
    if abs(x) < mpf(10)**-20:
        return 1 - x
    return mp.lambertw(x) / x


fit("LambertBranch", branch, -1.5, 0.8, 24, centre=-0.35)
fit("LambertNearZero", w_over_x, 0.6, 2.0, 20, centre=1.4142135623730951)
fit("LambertSmall", w_over_x, 2.0, 4.0, 20, centre=3)
fit("LambertGuess", lambda l: mp.lambertw(mp.exp(mp.exp(l))) / mp.exp(l), -0.06, 6.6, 12, centre=3.25)
