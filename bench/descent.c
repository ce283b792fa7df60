/* Gradient descent as one would write it in C: the same three models, data and sums as in the book, doubles, libm.
   gcc -O3 -o descent descent.c -lm; it prints a line "work seconds" for each piece of work, the least of several runs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double X[4] = {1, 2, 3, 4}, Y[4] = {0.7, 1.5, 4.5, 9.5};
static volatile double sink;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

/* The network of tanh and LeakyReLU with the mean absolute error; no loss is computed on the way. */
static void network(const double *x, const double *y, int N, double theta[4], long epochs, double from, double to) {
  double W1 = theta[0], b1 = theta[1], W2 = theta[2], b2 = theta[3];
  for (long e = 0; e < epochs; e++) {
    double g0 = 0, g1 = 0, g2 = 0, g3 = 0;
    for (int i = 0; i < N; i++) {
      double l = tanh(W1 * x[i] + b1), k = W2 * l + b2;
      double dk = k > 0 ? 1 : 1e-6, h = k > 0 ? k : 1e-6 * k;
      double d = h > y[i] ? 1 : h < y[i] ? -1 : 0;
      double dm = dk * W2 * (1 - l * l);
      g0 += d * (dm * x[i]);
      g1 += d * dm;
      g2 += d * (dk * l);
      g3 += d * dk;
    }
    double rate = from == to ? from : from - (from - to) * ((double)(e - e % 100) / epochs);
    W1 -= rate * (g0 / N);
    b1 -= rate * (g1 / N);
    W2 -= rate * (g2 / N);
    b2 -= rate * (g3 / N);
  }
  theta[0] = W1, theta[1] = b1, theta[2] = W2, theta[3] = b2;
  sink = W1 + b1 + W2 + b2;
}

/* A line, or an S of height 20, with the mean squared error and the least loss of all epochs. */
static void two(int sigmoid, const double *x, const double *y, int N, long epochs, double rate) {
  double W = 0.5, b = 0.5, least = INFINITY;
  for (long e = 0; e < epochs; e++) {
    double sum = 0, gW = 0, gb = 0;
    for (int i = 0; i < N; i++) {
      double a = W * x[i] + b, h = a, slope = 1;
      if (sigmoid) {
        double s = 1 / (1 + exp(-a));
        h = 20 * s;
        slope = 20 * s * (1 - s);
      }
      double r = h - y[i], d = 2 * r;
      sum += r * r;
      gW += d * (slope * x[i]);
      gb += d * slope;
    }
    if (sum / N < least) least = sum / N;
    W -= rate * (gW / N);
    b -= rate * (gb / N);
  }
  sink = W + b + least;
}

#define LEAST(name, ...) \
  {                                              \
    double least = INFINITY;                     \
    for (int k = 0; k < 5; k++) {                \
      double start = now();                      \
      __VA_ARGS__;                                   \
      double took = now() - start;               \
      if (took < least) least = took;            \
    }                                            \
    printf("%s %.4f\n", name, least);            \
    fflush(stdout);                              \
  }

int main(void) {
  const int N = 21613;
  double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
  for (int i = 0; i < N; i++) x[i] = 1 + i % 7 / 2.0, y[i] = x[i] + i % 13 / 9.0;
  LEAST("network", double t[4] = {0.5, 0.5, 0.5, 0.5}; network(X, Y, 4, t, 2000000, 5e-5, 5e-5))
  LEAST("sigmoid", two(1, X, Y, 4, 2000000, 5e-4))
  LEAST("line", two(0, X, Y, 4, 2000000, 5e-3))
  LEAST("a hundred starts", for (int s = 0; s < 100; s++) {
    double t[4] = {s % 7 - 3.2, s % 5 - 2.1, s % 3 - 0.9, s % 11 / 5.0 - 1};
    network(X, Y, 4, t, 50000, 0.005, 1e-5);
  })
  LEAST("line on 21,613 rows", two(0, x, y, N, 1000, 1e-3))
  LEAST("network on 21,613 rows", double t[4] = {0.5, 0.5, 0.5, 0.5}; network(x, y, N, t, 200, 1e-3, 1e-3))
  return 0;
}
