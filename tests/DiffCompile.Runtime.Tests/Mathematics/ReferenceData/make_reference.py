#!/usr/bin/env python3
"""Writes the reference tables of DiffCompile.Mathematics.SpecialFunctions.

Run with Debian's python3-mpmath (1.2 or later), anywhere; some seconds:

    /usr/bin/python3 make_reference.py                              # every table, beside this file
    /usr/bin/python3 make_reference.py Erfc ErfInv                  # only these
    /usr/bin/python3 make_reference.py --times 12 --seed 77 --to DIR  # other, more points, elsewhere

The tests read DIR instead of the tables beside this file when the environment variable SPECIAL_FUNCTION_TABLES names it.

One CSV per function. A line is: the arguments; the value rounded to double; the exact value minus that, in ulp of it; the
derivative with respect to the (last) argument, except LogAddExp: the first, in the same two columns. Infinite or overflowing
results are `inf`. Points are drawn with a fixed seed, so that mantissas are full and every run gives the same bytes.
Formulas are chosen apart from those of the C# code: direct definitions at 60 digits or more.
"""
import argparse
import math
import os
import random
from mpmath import mp, mpf

mp.dps = 60
LN2 = mp.log(2)


TIMES = 1  # multiplies the number of drawn points
SEED = 20

# ---- points ---------------------------------------------------------------------------------------

def linear(rng, lo, hi, count):
    count *= TIMES
    return [lo + (hi - lo) * (i + rng.random()) / count for i in range(count)]


def logarithmic(rng, lo, hi, count, centre=0.0, sign=1):
    """centre + sign * 10^u, u from lo to hi."""
    count *= TIMES
    return [centre + sign * 10.0 ** (lo + (hi - lo) * (i + rng.random()) / count) for i in range(count)]


def both(rng, lo, hi, count, centre=0.0):
    return logarithmic(rng, lo, hi, count, centre) + logarithmic(rng, lo, hi, count, centre, -1)


def shuffled(rng, points):
    return rng.sample(points, len(points))


def around(x, steps=(0, 1, 2, 5, 17)):
    """The neighbours of x in units of its last place, both sides."""
    points = []
    for s in steps:
        up = down = x
        for _ in range(s):
            up, down = math.nextafter(up, math.inf), math.nextafter(down, -math.inf)
        points += [up, down]
    return points


SUBNORMAL = [5e-324, 1.5e-323, 1e-320, 3.3e-310, 2.2250738585072009e-308, 2.2250738585072014e-308]
SMALL = SUBNORMAL + [-x for x in SUBNORMAL]

# ---- functions: x (mpf, exact double) -> (value, derivative) ------------------------------------------


def sigmoid(x):
    return 1 / (1 + mp.exp(-x)) if x > 0 else mp.exp(x) / (1 + mp.exp(x))


def gauss(x):
    return 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)


def phi(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def log_cdf(x):
    return mp.log1p(-cdf(-x)) if x > 0 else mp.log(cdf(x))


def mills(x):
    return phi(x) / cdf(x)


def erfcx(x):
    if x < 1e8:
        value = mp.exp(x * x) * mp.erfc(x)
        return value, 2 * x * value - 2 / mp.sqrt(mp.pi)
    y = 1 / (2 * x * x)
    series = 1 - y + 3 * y**2 - 15 * y**3 + 105 * y**4
    slope = -(1 - 3 * y + 15 * y**2 - 105 * y**3 + 945 * y**4)
    return series / (x * mp.sqrt(mp.pi)), slope / (x * x * mp.sqrt(mp.pi))


def erf_inv(p):
    a = abs(p)
    x = a * mp.sqrt(mp.pi) / 2
    if a > 0.7:
        x = mp.sqrt(-mp.log(1 - a)) * mpf('0.9')
    for _ in range(100):
        if a > 0.7:
            tail = mp.erfc(x)
            step = -(mp.log(tail) - mp.log(1 - a)) * tail / gauss(x)
        else:
            step = (mp.erf(x) - a) / gauss(x)
        x -= step
        if abs(step) <= abs(x) * mpf(10)**-45:
            break
    else:
        raise ArithmeticError(f"erf_inv({p}) did not converge")
    return mp.sign(p) * x, 1 / gauss(x)


def log_gamma(x):
    if x > 0:
        return mp.loggamma(x)
    return mp.log(mp.pi / abs(x * mp.sinpi(x))) - mp.loggamma(-x)


def psi(n, x):
    if x > 0:
        return mp.psi(n, x)
    if n == 0:
        return mp.psi(0, 1 - x) - mp.pi * mp.cospi(x) / mp.sinpi(x)
    if n == 1:
        return (mp.pi / mp.sinpi(x))**2 - mp.psi(1, 1 - x)
    steps = int(mp.ceil(-x)) + 1
    terms = mp.fsum(1 / (x + k)**(n + 1) for k in range(steps))
    return mp.psi(n, x + steps) - (-1)**n * mp.factorial(n) * terms


def branch_distance(q, lower):
    """u = 1 + W with W exp(W) = -exp(-1 - q), by -log(1 - u) - u = q."""
    if q == 0:
        return mpf(0)
    if lower:
        u = -mp.sqrt(2 * q) if q < 1 else -(q + mp.log(1 + q))
    else:
        s = mp.sqrt(2 * q)
        u = s - s * s / 3 if q < 0.5 else 1 - mp.exp(-1 - q)
    for _ in range(100):
        # log1p(-u) + u loses 2 log10(1/u) digits
        step = (-mp.log1p(-u) - u - q) * (1 - u) / u
        u -= step
        if abs(step) <= abs(u) * mpf(10)**-45:
            return u
    raise ArithmeticError(f"branch_distance({q}, {lower}) did not converge")


def lambert(x, lower):
    if x < -0.2:
        with mp.workdps(100):
            q = -1 - mp.log(-x)
            # The double next to -1/e lies just below it and counts as the branch point.
            u = branch_distance(max(q, mpf(0)), lower)
            w = u - 1
            return w, (w / (x * u) if u else mp.inf if not lower else -mp.inf)
    w = mp.lambertw(x, -1 if lower else 0).real
    return w, (w / (x * (1 + w)) if x else mpf(1))


def lambert_exp(q, lower):
    with mp.workdps(60 if q > 1e-3 else 760 if q < 1e-100 else 260):
        if q > 0.2 and not lower:
            w = mp.lambertw(-mp.exp(-1 - q)).real
            return w, -w / (1 + w)
        u = branch_distance(q, lower)
        return u - 1, ((1 - u) / u if u else mp.inf if not lower else -mp.inf)


def log_add_exp(a, b):
    larger = max(a, b)
    return larger + mp.log1p(mp.exp(-abs(a - b))), sigmoid(a - b)


SELU_L, SELU_A = mpf(1.0507009873554805), mpf(1.6732632423543772)


def functions():
    rng = random.Random(SEED)
    wide = both(rng, -300, 2.8, 60) + SMALL
    bell = linear(rng, -6.5, 6.5, 200) + both(rng, -20, 0, 25) + both(rng, -300, -20, 8) + SMALL
    half = around(0.5) + around(0.84) + around(-0.84) + around(-0.5) + around(0.75) + around(-0.75)
    integers = [n + d for n in (-1, -2, -3, -4, -10, -50) for d in
                (1e-3, -1e-3, 1e-6, -1e-6, 1e-10, -1e-10, 4e-15, -4e-15) if n + d != n]
    yield ("Exp2", lambda x: (mp.power(2, x), LN2 * mp.power(2, x)),
           linear(rng, -1075, 1024, 120) + linear(rng, -2, 2, 150) + both(rng, -20, 0, 20)
           + [float(n) for n in range(-5, 6)] + [-1074.0, -1073.5, -1022.0, 1023.0, 1023.99, 0.5, -0.5, 1.5])
    yield ("Exp10", lambda x: (mp.power(10, x), mp.log(10) * mp.power(10, x)),
           linear(rng, -323.6, 308.25, 120) + linear(rng, -1, 1, 150) + both(rng, -20, 0, 20) + [float(n) for n in range(-10, 23)])
    yield ("Expm1", lambda x: (mp.expm1(x), mp.exp(x)),
           linear(rng, -45, 45, 80) + linear(rng, -1.5, 1.5, 160) + linear(rng, 45, 709.7, 40) + both(rng, -300, 0, 60) + SMALL)
    yield ("Log1p", lambda x: (mp.log1p(x), 1 / (1 + x)),
           linear(rng, -1, 3, 160) + both(rng, -300, -1, 60) + logarithmic(rng, -16, 0, 40, -1) + logarithmic(rng, 0, 308, 60) + SMALL)
    sig = linear(rng, -40, 40, 160) + linear(rng, -745, 745, 80) + wide
    yield "Sigmoid", lambda x: (sigmoid(x), sigmoid(x) * sigmoid(-x)), sig
    yield "LogSigmoid", lambda x: (-mp.log1p(mp.exp(-x)) if x > -1 else x - mp.log1p(mp.exp(x)), sigmoid(-x)), sig
    yield "Softplus", lambda x: (mp.log1p(mp.exp(x)) if x < 1 else x + mp.log1p(mp.exp(-x)), sigmoid(x)), sig
    yield ("Selu", lambda x: (SELU_L * x, SELU_L) if x > 0 else (SELU_L * SELU_A * mp.expm1(x), SELU_L * SELU_A * mp.exp(x)),
           linear(rng, -40, 10, 160) + both(rng, -300, 2, 60) + SMALL)
    yield ("Logit", lambda p: (mp.log(p / (1 - p)), 1 / (p * (1 - p))),
           linear(rng, 0, 1, 160) + logarithmic(rng, -307, 0, 80) + logarithmic(rng, -16, 0, 40, 1, -1)
           + logarithmic(rng, -16, -1, 30, 0.5) + logarithmic(rng, -16, -1, 30, 0.5, -1) + around(0.25) + around(0.75))
    pairs = list(zip(linear(rng, -50, 50, 80), shuffled(rng, linear(rng, -50, 50, 80))))
    pairs += [(a, a + d) for a, d in zip(linear(rng, -3, 3, 120), shuffled(rng, linear(rng, -3, 3, 120)))]
    pairs += [(a, a + d) for a, d in zip(both(rng, -5, 300, 20), both(rng, -5, 2, 20))]
    yield "LogAddExp", log_add_exp, pairs

    yield "Erf", lambda x: (mp.erf(x), gauss(x)), bell + half
    yield ("Erfc", lambda x: (mp.erfc(x), -gauss(x)),
           bell + half + linear(rng, 6, 26.5, 100) + linear(rng, 25.5, 27.3, 60))
    yield ("Erfcx", erfcx, linear(rng, -26.6, 0, 80) + linear(rng, -1, 4, 120) + logarithmic(rng, 0, 12, 80)
           + logarithmic(rng, 12, 300, 20) + both(rng, -300, 0, 30) + half)
    yield ("LogErfc", lambda x: (mp.log1p(-mp.erf(x)) if x < 0.5 else mp.log(mp.erfc(x)), -gauss(x) / mp.erfc(x)),
           bell + half + linear(rng, 6, 40, 60) + logarithmic(rng, 1, 10, 60) + linear(rng, -26.5, -6, 20))
    yield ("ErfInv", erf_inv, linear(rng, -1, 1, 200) + both(rng, -300, 0, 50) + logarithmic(rng, -16, 0, 90, 1, -1)
           + logarithmic(rng, -16, 0, 20, -1) + around(1.0)[1::2][1:] + SMALL)
    normal = linear(rng, -9, 9, 200) + linear(rng, -37.5, 37.5, 60) + both(rng, -20, 0, 25) + SMALL + half
    yield "NormalPdf", lambda x: (phi(x), -x * phi(x)), normal + linear(rng, -38.5, -35, 40)
    yield "NormalCdf", lambda x: (cdf(x), phi(x)), normal + linear(rng, -38.5, -35, 40)
    far = logarithmic(rng, 1, 10, 60, 0, -1)
    yield "LogNormalCdf", lambda x: (log_cdf(x), mills(x)), normal + far + linear(rng, 8, 38, 20)
    yield ("LogitNormalCdf", lambda x: (mp.sign(x) * (mp.log1p(-cdf(-abs(x))) - mp.log(cdf(-abs(x)))) if abs(x) > 1e-9
           else 2 * mp.atanh(mp.erf(x / mp.sqrt(2))), mills(x) + mills(-x)), normal + far + around(1.0) + [-x for x in far[::3]])
    yield "InverseMills", lambda x: (mills(x), -mills(x) * (x + mills(x))), normal + far

    positive = logarithmic(rng, -307, 0, 40) + linear(rng, 0, 4, 160) + logarithmic(rng, 0.4, 5, 60) + logarithmic(rng, 5, 305, 30)
    positive += around(1.0) + around(2.0) + around(3.0) + around(0.5) + around(0.75) + around(1.5) + SUBNORMAL
    roots = around(1.4616321449683622, (0, 1, 2, 1000)) + both(rng, -12, -1, 20, 1.4616321449683622) + both(rng, -15, -1, 20, 1.0) \
        + both(rng, -15, -1, 20, 2.0)
    negative = linear(rng, -5, 0, 120) + linear(rng, -30, -5, 50) + linear(rng, -200, -30, 20) + integers \
        + logarithmic(rng, -307, 0, 30, 0, -1) + around(-0.25)
    deep = logarithmic(rng, 2, 9, 20, 0, -1)
    zeros = around(-2.4570247382208006, (0, 1, 100)) + around(-2.747682646727413, (0, 1, 100)) + around(-3.143580888349980, (0, 9))
    yield "LogGamma", lambda x: (log_gamma(x), psi(0, x)), positive + roots + negative + deep + zeros + [2.5e305, 2.55e305]
    zeros = around(-0.5040830082644554, (0, 1, 100)) + around(-1.5734984731623905, (0, 1, 100))
    yield "Digamma", lambda x: (psi(0, x), psi(1, x)), positive + roots + negative + deep + zeros
    yield "Trigamma", lambda x: (psi(1, x), psi(2, x)), [x for x in positive + negative if abs(x) > 1e-150]
    rng2 = random.Random(SEED + 1)
    orders = [(float(n), x) for n in range(2, 7) for x in linear(rng2, 0, 4, 25) + logarithmic(rng2, -20, 0, 8)
              + logarithmic(rng2, 0.3, 1.6, 16) + logarithmic(rng2, 1.6, 40, 12)
              + linear(rng2, -4, 0, 24) + linear(rng2, -30, -4, 6) + around(-1.0, (3, 4)) + around(-0.5, (0, 1))]
    yield "Polygamma", lambda n, x: (psi(int(n), x), psi(int(n) + 1, x)), orders

    inverse_e = -0.36787944117144233
    near_branch = [inverse_e, *around(inverse_e, (1, 2, 3, 8, 60))[0::2]] + [x for x in logarithmic(rng, -16, -1, 70, inverse_e) if x > inverse_e]
    yield ("LambertW0", lambda x: lambert(x, False), near_branch + linear(rng, -0.3678, 3, 140) + around(-0.25) + around(2.5)
           + both(rng, -300, -1, 40) + logarithmic(rng, 0, 308, 100) + SMALL)
    yield ("LambertWm1", lambda x: lambert(x, True), near_branch + linear(rng, -0.3678, 0, 140) + around(-0.25)
           + [-x for x in SUBNORMAL] + logarithmic(rng, -307, -0.5, 100, 0, -1))
    q_points = [0.0] + SUBNORMAL + logarithmic(rng, -307, -1, 60) + linear(rng, 0, 3, 140) + around(0.3) + around(1.0)
    yield "LambertW0Exp", lambda q: lambert_exp(q, False), q_points + linear(rng, 3, 745, 60)
    yield "LambertWm1Exp", lambda q: lambert_exp(q, True), q_points + logarithmic(rng, 0.4, 25, 80) + logarithmic(rng, 25, 300, 20)


# ---- output -----------------------------------------------------------------------------------------

def rounded(value):
    """The nearest double and the exact rest in its ulp."""
    if mp.isinf(value):
        return ("inf" if value > 0 else "-inf"), "0"
    try:
        # float() truncates where the result is subnormal, so count those in units of the smallest number.
        small = abs(value) < mpf(2)**-1022
        high = math.ldexp(int(mp.nint(value * mpf(2)**1074)), -1074) if small else float(value)
    except OverflowError:
        high = math.inf if value > 0 else -math.inf
    if math.isinf(high):
        return ("inf" if high > 0 else "-inf"), "0"
    rest = float((value - mpf(high)) / mpf(math.ulp(high)))
    assert abs(rest) <= 0.5000001, (value, high, rest)
    return repr(high), f"{rest:.3f}"


def main():
    global TIMES, SEED
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--to", default=os.path.dirname(os.path.abspath(__file__)))
    options = parser.parse_args()
    TIMES, SEED = options.times, options.seed
    for name, function, points in functions():
        if options.names and name not in options.names:
            continue
        lines = []
        unique = sorted(set(points))
        for point in unique:
            arguments = point if isinstance(point, tuple) else (point,)
            with mp.workdps(120):
                value, derivative = function(*(mpf(a) for a in arguments))
            lines.append(",".join([repr(a) for a in arguments] + [*rounded(value), *rounded(derivative)]))
        with open(os.path.join(options.to, name + ".csv"), "w", newline="\n") as out:
            out.write("\n".join(lines) + "\n")
        print(f"{name}: {len(lines)} points", flush=True)


if __name__ == "__main__":
    main()
