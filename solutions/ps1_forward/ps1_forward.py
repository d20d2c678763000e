# %% [markdown]
# # Problem set 1: the forward pass
#
# **You will be able to** say the shape of every array before you compute it, write one step of a recurrent network, run
# it over a batch of sequences, and read its states.
#
# **Time:** about one hour. **Points:** 100. **Read first:** *The symbols* of
# chapter 0, and chapter 1, *Structure*.
#
# Each exercise is one function. Replace its `raise NotImplementedError` line by your code, run the cell, then run the
# check below it. A check may be run as often as you like. It tells you what is right, and *which* mistake is left.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np

from rnncourse import check

# %% [markdown]
# ## 1. Shapes
#
# Which arrays take part, and how large is each? Most bugs of a forward pass are a wrong answer to this question, and
# it can be answered before the first line of code. Five sizes say it all:
#
# | size | what it counts |
# |---|---|
# | `T` | time steps |
# | `B` | samples in a batch |
# | `D` | numbers that come in, for each step and sample |
# | `H` | hidden units |
# | `K` | numbers that go out, for each step and sample |
#
# and three rules: **time comes first**, so that `x[t]` is one step of the whole batch; **a sample is a row**; and **a
# weight is (to, from)**, with a row for each unit that it speaks to. The equations of this problem set, for one sample
# as a column, are
#
# $$h^{(t)} = \tanh\bigl(W_{xh}\, x^{(t)} + W_{hh}\, h^{(t-1)} + b_h\bigr)
#   \qquad\text{and}\qquad z^{(t)} = W_{hy}\, h^{(t)} + b_y$$
#
# Return a dict with a tuple of sizes for each of these nine names:
#
# | name | what it is |
# |---|---|
# | `"x"` | the inputs, all steps and samples |
# | `"h0"` | the states before the first step |
# | `"W_xh"`, `"W_hh"`, `"b_h"` | the weights and the bias of a step |
# | `"h"` | the states after each step |
# | `"W_hy"`, `"b_y"` | the weights and the bias of the output layer |
# | `"z"` | the outputs of all steps |
#
# **In numbers.** A batch of $B = 32$ sentences of $T = 20$ words, each word as $D = 50$ numbers: `"x"` is
# `(20, 32, 50)`. With $H = 64$ hidden units and $K = 5$ outputs, `"W_hy"` takes 64 numbers to 5. How many entries has
# it, and which of the two sizes comes first?
#
# <details><summary>Hint 1: the idea</summary>
#
# Ask of each array: does it hold something of each step? Of each sample? Weights hold neither: the same ones serve
# every step and every sample.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# States and outputs have the axes of `x`, but for the last. `h0` belongs to no step. A bias has one axis.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `{"x": (T, B, D), "h0": (B, ...), "W_xh": (H, ...), ...}`. A tuple of one is written with a comma: `(H,)`.
#
# </details>


# %% nbgrader={"grade_id": "shapes", "solution": true}
def shapes(T, B, D, H, K):
    """Shapes of all arrays of a forward pass: five sizes -> a dict of tuples, by name."""
    ### BEGIN SOLUTION
    states = {"h0": (B, H), "h": (T, B, H)}
    weights = {"W_xh": (H, D), "W_hh": (H, H), "b_h": (H,), "W_hy": (K, H), "b_y": (K,)}
    return {"x": (T, B, D), **states, **weights, "z": (T, B, K)}
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-shapes", "grade": true}
check.shapes(shapes)

# %% [markdown]
# ## 2. One step
#
# The state after step $t$ is made of what the network reads and of what it remembers:
#
# $$h^{(t)} = \tanh\bigl(W_{xh}\, x^{(t)} + W_{hh}\, h^{(t-1)} + b_h\bigr)$$
#
# The formula speaks of one sample, a column. The code takes a batch of $B$ samples, and each one is a **row**.
#
# | argument | shape | what it is |
# |---|---|---|
# | `x_t` | `(B, D)` | the input at this step |
# | `h_prev` | `(B, H)` | the state before this step |
# | `W_xh` | `(H, D)` | from `x` to `h` |
# | `W_hh` | `(H, H)` | from `h` to `h` |
# | `b_h` | `(H,)` | the bias |
# | returns `h_t` | `(B, H)` | the state after this step |
#
# **In numbers.** Take $B = D = H = 1$, $x^{(t)} = 1$, $h^{(t-1)} = 0.5$, $W_{xh} = 0.2$, $W_{hh} = 0.8$, $b_h = 0.1$.
# Then $a^{(t)} = 0.2 \cdot 1 + 0.8 \cdot 0.5 + 0.1 = 0.7$ and $h^{(t)} = \tanh 0.7 = 0.604$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Add up three terms, then apply tanh once.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `x_t` is `(B, D)` and `W_xh` is `(H, D)`. You want `(B, H)`. Which of the two has to be transposed?
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `a_t = x_t @ ... + h_prev @ ... + b_h`. NumPy adds `b_h` to every row by itself.
#
# </details>


# %% nbgrader={"grade_id": "rnn_step", "solution": true}
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    """One time step: x_t (B, D), h_prev (B, H) -> h_t (B, H)."""
    ### BEGIN SOLUTION
    a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h
    return np.tanh(a_t)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-rnn_step", "grade": true}
check.rnn_step(rnn_step)

# %% [markdown]
# ## 3. The whole sequence
#
# The same cell, with the same weights, is applied at every step. What one step returns, the next one receives.
# The first step receives $h^{(0)}$, which the caller chooses.
#
# $$h^{(t)} = \tanh\bigl(W_{xh}\, x^{(t)} + W_{hh}\, h^{(t-1)} + b_h\bigr)\qquad\text{for } t = 1, \dots, T$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `x` | `(T, B, D)` | the inputs; `x[0]` is $x^{(1)}$ |
# | `h0` | `(B, H)` | the state before the first step |
# | `W_xh`, `W_hh`, `b_h` | `(H, D)`, `(H, H)`, `(H,)` | the weights and the bias, the same at every step |
# | returns `h` | `(T, B, H)` | all states; `h[0]` is $h^{(1)}$ |
#
# **In numbers.** With $W_{xh} = 0.2$, $W_{hh} = 0.8$, $b_h = 0.1$, $h^{(0)} = 0$ and inputs $1, 0$: first
# $h^{(1)} = \tanh(0.2 + 0 + 0.1) = 0.291$, and then $h^{(2)} = \tanh(0 + 0.8 \cdot 0.291 + 0.1) = 0.321$.
# The second input is zero, and still the state is not: that is the memory.
#
# <details><summary>Hint 1: the idea</summary>
#
# One name holds the current state. Each turn of the loop replaces it, and keeps a copy.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `x[t]` is `(B, D)`, what `rnn_step` wants. Make room for `T` states of shape `(B, H)`; $h^{(0)}$ is not among them.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# Before the loop, `h_t = h0`. Inside it, `h_t = rnn_step(x[t], ...)` and then `h[t] = ...`.
#
# </details>


# %% nbgrader={"grade_id": "rnn_forward", "solution": true}
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    """All time steps: x (T, B, D), h0 (B, H) -> h (T, B, H)."""
    ### BEGIN SOLUTION
    T, B, _ = x.shape
    h = np.zeros((T, B, len(b_h)))
    h_t = h0
    for t in range(T):
        h_t = rnn_step(x[t], h_t, W_xh, W_hh, b_h)
        h[t] = h_t
    return h
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-rnn_forward", "grade": true}
check.rnn_forward(rnn_forward)

# %% [markdown]
# ## 4. The output layer
#
# What does a state say? A second matrix reads it, at every step, and returns one number for each possible answer:
#
# $$z^{(t)} = W_{hy}\, h^{(t)} + b_y$$
#
# These numbers are the **logits**. Softmax comes later, together with the loss.
#
# | argument | shape | what it is |
# |---|---|---|
# | `h` | `(T, B, H)` | all states |
# | `W_hy` | `(K, H)` | from `h` to `y` |
# | `b_y` | `(K,)` | the bias |
# | returns `z` | `(T, B, K)` | the logits of every step and sample |
#
# **In numbers.** With $H = 1$, $K = 2$, $h^{(1)} = 0.5$, $W_{hy} = (2, -1)^\top$ and $b_y = (0, 0.5)^\top$:
# $z^{(1)} = (2 \cdot 0.5 + 0,\; -1 \cdot 0.5 + 0.5) = (1, 0)$.
#
# <details><summary>Hint 1: the idea</summary>
#
# No step needs any other step here, so no loop is needed either.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `@` multiplies the last axis of `h`, and leaves the axes before it alone: `(T, B, H) @ (H, K)` is `(T, B, K)`.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `h @ ... + b_y`, with one transpose.
#
# </details>


# %% nbgrader={"grade_id": "output_layer", "solution": true}
def output_layer(h, W_hy, b_y):
    """Logits of all steps: h (T, B, H) -> z (T, B, K)."""
    ### BEGIN SOLUTION
    return h @ W_hy.T + b_y
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-output_layer", "grade": true}
check.output_layer(output_layer)

# %% [markdown]
# ## Why this matters
#
# Your network remembers. Below it reads a single impulse, and then nothing but zeros. Each line is one hidden unit,
# labelled with its number. How long does the impulse echo? Change `radius`, the largest absolute eigenvalue of
# $W_{hh}$, to 0.5 and to 1.2, and run the cell again.

# %%
radius = 0.95

if check.passed(rnn_forward):
    from rnncourse.plotting.figure import show

    rng = np.random.default_rng(0)
    W_hh = rng.standard_normal((4, 4))
    W_hh *= radius / np.abs(np.linalg.eigvals(W_hh)).max()
    x = np.zeros((40, 1, 1))
    x[0] = 1.0
    h = rnn_forward(x, np.zeros((1, 4)), rng.standard_normal((4, 1)), W_hh, np.zeros(4))
    fig, ax = plt.subplots(figsize=(7, 3))
    for unit, style in enumerate(["-", "--", "-.", ":"]):
        ax.plot(np.arange(1, 41), h[:, 0, unit], style, label=f"unit {unit}")
    ax.set(xlabel="time step t", ylabel="$h^{(t)}$", title=f"Echo of one impulse, radius {radius}")
    ax.legend(ncols=4, frameon=False)
    largest = np.abs(h[:, 0]).max(axis=1)
    found = f"With radius {radius} the largest state is {largest[0]:.2g} at t = 1 and {largest[-1]:.2g} at t = 40."
    show(fig, f"{found} Four lines over 40 time steps, one for each hidden unit.")
else:
    print("The picture appears once rnn_forward is right.")

# %% [markdown]
# **Next:** problem set 2 makes a loss of these logits. Problem set 3 sends its gradient back through the steps that you
# have just written.
