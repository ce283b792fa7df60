"""Gradient descent as one would write it with numpy or JAX: prints "work seconds" for each piece of work."""

import sys
import time

import numpy as np

X, Y = np.array([1.0, 2, 3, 4]), np.array([0.7, 1.5, 4.5, 9.5])
I = np.arange(21_613)
MANY_X = 1 + I % 7 / 2
MANY_Y = MANY_X + I % 13 / 9
HALF = (0.5, 0.5, 0.5, 0.5)


def show(name, seconds):
    print(name, f"{seconds:.4f}", flush=True)


def network_gradient(xp, theta, x, y):
    W1, b1, W2, b2 = theta
    l = xp.tanh(W1 * x + b1)
    k = W2 * l + b2
    dk = xp.where(k > 0, 1.0, 1e-6)
    d = xp.sign(dk * k - y)
    dm = dk * W2 * (1 - l * l)
    return xp.mean(d * dm * x), xp.mean(d * dm), xp.mean(d * dk * l), xp.mean(d * dk)


def line_gradient(xp, theta, x, y):
    W, b = theta
    r = W * x + b - y
    return 2 * xp.mean(r * x), 2 * xp.mean(r), xp.mean(r * r)


def sigmoid_gradient(xp, theta, x, y):
    W, b = theta
    s = 1 / (1 + xp.exp(-(W * x + b)))
    r = 20 * s - y
    d = 2 * r * 20 * s * (1 - s)
    return xp.mean(d * x), xp.mean(d), xp.mean(r * r)


def with_numpy():
    def descend(gradient, theta, x, y, epochs, rate):
        start = time.perf_counter()
        for _ in range(epochs):
            theta = tuple(t - rate * g for t, g in zip(theta, gradient(np, theta, x, y)))
        return time.perf_counter() - start

    # four data: a fiftieth of the epochs, fifty times the seconds
    show("network", 50 * descend(network_gradient, HALF, X, Y, 40_000, 5e-5))
    show("sigmoid", 50 * descend(sigmoid_gradient, HALF[:2], X, Y, 40_000, 5e-4))
    show("line", 50 * descend(line_gradient, HALF[:2], X, Y, 40_000, 5e-3))
    show("line on 21,613 rows", descend(line_gradient, HALF[:2], MANY_X, MANY_Y, 1000, 1e-3))
    show("network on 21,613 rows", descend(network_gradient, HALF, MANY_X, MANY_Y, 200, 1e-3))


def with_jax():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def descend(gradient, theta, x, y, epochs, rate):
        x, y = jnp.array(x), jnp.array(y)

        @jax.jit
        def run(theta):
            step = lambda _, at: tuple(t - rate * g for t, g in zip(at, gradient(jnp, at, x, y)))
            return jax.lax.fori_loop(0, epochs, step, theta)

        theta = tuple(jnp.float64(t) for t in theta)
        jax.block_until_ready(run(theta))  # compiled apart
        start = time.perf_counter()
        jax.block_until_ready(run(theta))
        return time.perf_counter() - start

    show("network", descend(network_gradient, HALF, X, Y, 2_000_000, 5e-5))
    show("sigmoid", descend(sigmoid_gradient, HALF[:2], X, Y, 2_000_000, 5e-4))
    show("line", descend(line_gradient, HALF[:2], X, Y, 2_000_000, 5e-3))
    show("line on 21,613 rows", descend(line_gradient, HALF[:2], MANY_X, MANY_Y, 1000, 1e-3))
    show("network on 21,613 rows", descend(network_gradient, HALF, MANY_X, MANY_Y, 200, 1e-3))


{"numpy": with_numpy, "jax": with_jax}[sys.argv[1]]()
