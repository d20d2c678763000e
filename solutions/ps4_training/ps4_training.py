# %% [markdown]
# # Problem set 4: training
#
# **You will be able to** write what stands between a gradient and a trained network: the update, clipping, Adam,
# dropout, data that leak nothing, and the loop that holds them together. At the end your own parts forecast the sun.
#
# **Time:** about 120 minutes. **Points:** 100. **Read first:** chapter 4, *Training*.
#
# The exercises do not depend on one another, so take them in any order. In the first three, parameters and gradients
# come as lists of arrays in the same order; return *new* arrays in a new list, and leave what you were given as it is.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np

from rnncourse import check, labs

# %% [markdown]
# ## 1. Gradient descent with weight decay
#
# A small step against the gradient, and a small pull towards zero:
#
# $$\theta \leftarrow \theta - \eta\,\Bigl(\frac{\partial\mathcal L}{\partial\theta} + \lambda\,\theta\Bigr)$$
#
# The second term is the gradient of $\tfrac\lambda2\lVert\theta\rVert^2$, a penalty on large weights.
#
# | argument | shape | what it is |
# |---|---|---|
# | `params` | list of arrays | $\theta$: `W_xh`, `W_hh`, `b_h` |
# | `grads` | list of arrays | $\partial\mathcal L/\partial\theta$, in the same order and shapes |
# | `learning_rate`, `weight_decay` | numbers | $\eta$ and $\lambda$ |
# | returns | list of arrays | the new parameters |
#
# **In numbers.** $\theta = 2$, gradient $0.5$, $\eta = 0.1$, $\lambda = 0.05$: the slope is $0.5 + 0.05 \cdot 2 = 0.6$
# in all, so the new $\theta$ is $2 - 0.1 \cdot 0.6 = 1.94$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Every array takes the same step. A loop over pairs, or a list comprehension with `zip`.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# A parameter and its gradient have the same shape, so everything happens entry by entry.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `[theta - learning_rate * (...) for theta, dtheta in zip(params, grads)]`. No `-=`: it would write into the caller's
# arrays.
#
# </details>


# %% nbgrader={"grade_id": "sgd_step", "solution": true}
def sgd_step(params, grads, learning_rate, weight_decay):
    """One step of gradient descent with weight decay: lists of arrays -> list of new arrays."""
    ### BEGIN SOLUTION
    return [
        theta - learning_rate * (dtheta + weight_decay * theta) for theta, dtheta in zip(params, grads, strict=True)
    ]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-sgd_step", "grade": true}
check.sgd_step(sgd_step)

# %% [markdown]
# ## 2. Clipping by the global norm
#
# One step with an exploded gradient can undo a day of training. So look at all gradients as one long arrow. Where it is
# longer than `max_norm`, shorten it to that length, and leave its direction as it is:
#
# $$\lVert g\rVert = \sqrt{\textstyle\sum_{\text{arrays}}\sum_{\text{entries}} g^2},\qquad
#   g \leftarrow g\cdot\min\Bigl(1, \frac{\texttt{max\_norm}}{\lVert g\rVert}\Bigr)$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `grads` | list of arrays | `dW_xh` `(H, D)`, `dW_hh` `(H, H)`, `db_h` `(H,)` |
# | `max_norm` | number | the longest that the arrow may be |
# | returns | list of arrays | the same arrow, or a shorter one |
#
# **In numbers.** Two arrays, $(3, 0)$ and $(4)$: the norm is $\sqrt{9 + 16} = 5$. With `max_norm` $= 2.5$ everything is
# halved, to $(1.5, 0)$ and $(2)$. With `max_norm` $= 10$ nothing happens.
#
# <details><summary>Hint 1: the idea</summary>
#
# First measure, over all arrays. Then choose *one* factor. Then multiply every array by it.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# The squares of an array sum to a number, whatever its shape; so do the numbers of all arrays.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `norm = np.sqrt(sum(... for g in grads))`, and a factor that is 1 unless the norm is larger than `max_norm`.
#
# </details>


# %% nbgrader={"grade_id": "clip_gradients", "solution": true}
def clip_gradients(grads, max_norm):
    """Scale all gradients by one factor, so that their global norm is at most max_norm."""
    ### BEGIN SOLUTION
    norm = np.sqrt(sum((g**2).sum() for g in grads))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in grads]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-clip_gradients", "grade": true}
check.clip_gradients(clip_gradients)

# %% [markdown]
# ### Why this matters: a cliff
#
# One tanh unit, fifty steps, one weight $w$. Near $w = 1.4985$ a hair decides whether the last state is high or low,
# and the loss has a wall there. The lab starts 120 steps of gradient descent from its edge: plain (circles), clipped by
# the library (squares) and, once the check above is passed, clipped by *your* `clip_gradients` (crosses).
#
# Try three things.
#
# - Move the start to 1.48, and to 1.51. How wide is the wall?
# - Back at 1.4985, raise `max_norm` to 20: the clipped path still arrives. Raise the learning rate to 0.3 as well, and
#   it does not. Which product says how far one step may go?
# - Lower `max_norm` to 0.1. What does so much safety cost?

# %%
labs.clipping_cliff(clip_gradients if check.passed(clip_gradients) else None)

# %% [markdown]
# ## 3. Adam
#
# Every parameter deserves a step size of its own. Adam keeps two running means, of the gradient and of its square:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,g,\qquad v \leftarrow \beta_2 v + (1-\beta_2)\,g^2$$
#
# Both start at zero, so at first both are too small. At step $t$ (the first step is $t = 1$) the missing share is
# known:
#
# $$\hat m = \frac{m}{1-\beta_1^{\,t}},\qquad \hat v = \frac{v}{1-\beta_2^{\,t}},\qquad
#   \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `params`, `grads` | lists of arrays | here `W_xh` `(H, D)` and `b_h` `(H,)` |
# | `t` | integer | steps taken *before* this one: 0 at the first call |
# | `m`, `v` | lists of arrays | the means so far: zeros at the first call |
# | `learning_rate`, `beta_1`, `beta_2`, `eps` | numbers | $\eta, \beta_1, \beta_2, \epsilon$ |
# | returns `params`, `t`, `m`, `v` | | new parameters, this step's number, new means |
#
# What you return as `t`, `m`, `v` comes back at the next call. The check takes ten steps.
#
# **In numbers.** $\theta = 1$, $\eta = 0.1$, $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\epsilon = 10^{-8}$, first gradient
# $0.5$: $m = 0.05$, $v = 0.00025$; corrected, $\hat m = 0.5$ and $\hat v = 0.25$; the step is
# $0.1 \cdot 0.5/0.5 = 0.1$. Now a gradient of $-0.5$: $m = -0.005$, $\hat m = -0.005/0.19 = -0.0263$, $\hat v = 0.25$,
# and $\theta$ goes from $0.9$ to $0.9053$. The gradient has turned round; the memory holds the step back.
#
# <details><summary>Hint 1: the idea</summary>
#
# Count first, before the loop over the arrays: it is one step for all of them.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `m`, `v`, the parameter and its gradient have one shape, and every operation is entry by entry. `t` is a number.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# Inside a loop over `zip(params, grads, m, v)` compute a new `m_i` and `v_i`, their corrected forms, and the new
# parameter; append each to a list of its own. Append `m_i`, not the corrected one.
#
# </details>


# %% nbgrader={"grade_id": "adam_step", "solution": true}
def adam_step(params, grads, t, m, v, learning_rate, beta_1, beta_2, eps):
    """One step of Adam -> new params, t, m, v."""
    ### BEGIN SOLUTION
    t = t + 1
    new_params, new_m, new_v = [], [], []
    for theta, g, m_i, v_i in zip(params, grads, m, v, strict=True):
        m_i = beta_1 * m_i + (1 - beta_1) * g
        v_i = beta_2 * v_i + (1 - beta_2) * g**2
        m_hat, v_hat = m_i / (1 - beta_1**t), v_i / (1 - beta_2**t)
        new_params.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))
        new_m.append(m_i)
        new_v.append(v_i)
    return new_params, t, new_m, new_v
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-adam_step", "grade": true}
check.adam_step(adam_step)

# %% [markdown]
# ### Why this matters: a narrow valley
#
# The loss $\tfrac12(\theta_1^2 + 50\,\theta_2^2)$ is fifty times steeper across than along. Gradient descent has to
# take steps that suit the steep direction; Adam gives each direction a step size of its own. Both paths below are
# yours. Give `sgd_step` a learning rate above $2/50 = 0.04$, and it runs away.

# %%
rates = {"gradient descent": 0.035, "Adam": 0.3}

if check.passed(sgd_step) and check.passed(adam_step):
    from rnncourse.plotting.figure import show

    steepness = np.array([1.0, 50.0])
    paths = {name: [np.array([-4.0, 1.0])] for name in rates}
    t, m, v = 0, [np.zeros(2)], [np.zeros(2)]
    for _ in range(40):
        theta = paths["gradient descent"][-1]
        paths["gradient descent"] += sgd_step([theta], [steepness * theta], rates["gradient descent"], 0.0)
        theta = paths["Adam"][-1]
        new, t, m, v = adam_step([theta], [steepness * theta], t, m, v, rates["Adam"], 0.9, 0.999, 1e-8)
        paths["Adam"] += new
    fig, ax = plt.subplots(figsize=(7, 3))
    for (name, path), style in zip(paths.items(), ["o-", "s--"], strict=True):
        ax.plot(*np.array(path).T, style, markersize=3, label=f"{name}: ends at {np.round(path[-1], 2)}")
    ax.plot(0, 0, "k*", markersize=12)
    ax.set(xlabel=r"$\theta_1$", ylabel=r"$\theta_2$", title="Forty steps towards the star")
    ax.legend(frameon=False)
    ends = " and ".join(f"{name} at ({path[-1][0]:.2f}, {path[-1][1]:.2f})" for name, path in paths.items())
    show(fig, f"After forty steps {ends}. Two paths that start at (-4, 1); the star, the minimum, is at (0, 0).")
else:
    print("The picture appears once sgd_step and adam_step are right.")

# %% [markdown]
# ## 4. Dropout
#
# In training each entry is dropped with probability `rate`, and what is left is scaled up, so that the mean stays
# what it was. At evaluation nothing happens at all:
#
# $$y = x\odot\text{mask},\qquad \text{mask} = \frac{1[u \ge \texttt{rate}]}{1-\texttt{rate}}$$
#
# Usually the random numbers $u$, uniform in $[0, 1)$, are drawn inside. Here they are passed, so that your answer can
# be checked to the last digit: **drop the entries with $u$ below the rate**.
#
# | argument | shape | what it is |
# |---|---|---|
# | `x` | `(T, B, H)` | what one layer hands to the next |
# | `u` | `(T, B, H)` | uniform random numbers |
# | `rate` | number | the probability of dropping |
# | `per` | `"step"` or `"sequence"` | a mask for each step; or the mask of the first step, `u[0]`, for all |
# | `train` | bool | `False`: return `x`, and a mask of ones |
# | returns `y`, `mask` | `(T, B, H)` twice | the backward pass is `dy * mask` |
#
# **In numbers.** One sample, one step, `rate` $= 0.2$, $x = (1, 2, 3, 4, 5)$, $u = (0.7, 0.1, 0.2, 0.9, 0.15)$: two
# entries go, three are divided by $0.8$, and $y = (1.25, 0, 3.75, 5, 0)$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Three cases: evaluation, a mask for each step, one mask for the sequence. Only which numbers of `u` you compare
# differs.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `u[0]` is `(B, H)`. Multiplied with `x`, it is broadcast over time. A mask of shape `(1, B, H)` is accepted too.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `mask = (u >= rate) / ...`, with `u[:1]` in the place of `u` where one mask serves the sequence.
#
# </details>


# %% nbgrader={"grade_id": "dropout", "solution": true}
def dropout(x, u, rate, per, train):
    """Inverted dropout: x (T, B, H), u (T, B, H) -> y (T, B, H), mask (T, B, H)."""
    ### BEGIN SOLUTION
    if not train:
        return x, np.ones_like(x)
    drawn = u if per == "step" else np.broadcast_to(u[:1], u.shape)
    mask = (drawn >= rate) / (1 - rate)
    return x * mask, mask
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-dropout", "grade": true}
check.dropout(dropout)

# %% [markdown]
# ## 5. Scale, and see nothing of the future
#
# A network likes numbers of size 1. So subtract a mean and divide by a standard deviation. Whose? Those of the training
# part: the last `n_val` values stand for a future that nobody has seen yet.
#
# $$s^{(t)} \leftarrow \frac{s^{(t)} - \text{mean}}{\text{scale}},\qquad
#   \text{mean and scale over the first } L - n_{\text{val}} \text{ values}$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `series` | `(L,)` | the values in the order of time |
# | `n_val` | integer | how many at the end are held out |
# | returns `scaled` | `(L,)` | the whole series, in the training part's units |
# | returns `mean`, `scale` | numbers | for the way back; the scale divides by $n$, as `np.std` does |
#
# The check poisons the future: it puts enormous numbers in the place of the held-out values, and looks whether the past
# that you return has changed.
#
# **In numbers.** The series $(2, 4, 6, 10)$ with `n_val` $= 1$: the mean of $2, 4, 6$ is 4, their standard deviation
# is $\sqrt{8/3} = 1.633$, and the result is $(-1.225, 0, 1.225, 3.674)$. The last value is far out, and that is as it
# should be: nothing in the past was as large.
#
# <details><summary>Hint 1: the idea</summary>
#
# Measure on one part, apply to all.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# The training part has `L - n_val` values. Mean and scale are numbers.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `train = series[: ...]`, and two methods of it: `.mean()` and `.std()`.
#
# </details>


# %% nbgrader={"grade_id": "scale_series", "solution": true}
def scale_series(series, n_val):
    """Standardise with the training part's numbers: series (L,) -> scaled (L,), mean, scale."""
    ### BEGIN SOLUTION
    train = series[: len(series) - n_val]
    mean, scale = train.mean(), train.std()
    return (series - mean) / scale, mean, scale
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-scale_series", "grade": true}
check.scale_series(scale_series)

# %% [markdown]
# ## 6. Windows and a split
#
# What does the network read, and what should it say? Window $i$ holds $T$ values, its target is the value that follows:
#
# $$x_i = \bigl(s^{(i)}, \dots, s^{(i+T-1)}\bigr),\qquad y_i = s^{(i+T)}$$
#
# The windows with one of the last `n_val` values as their *target* are for validation; their inputs may reach back into
# the training part. All others are for training. Split first, then shuffle, and only the training windows: in the order
# `np.random.default_rng(seed).permutation(N)`.
#
# | argument | shape | what it is |
# |---|---|---|
# | `series` | `(L,)` | scaled values |
# | `T` | integer | length of a window |
# | `n_val` | integer | how many values at the end are held out |
# | `seed` | integer | of the shuffle |
# | returns `x`, `y` | `(T, N, 1)`, `(N, 1)` | for training: $N = L - n_{\text{val}} - T$, shuffled alike |
# | returns `x_val`, `y_val` | `(T, n_val, 1)`, `(n_val, 1)` | in the order of time |
#
# **In numbers.** The series $(1, 2, 3, 4, 5)$ with $T = 2$ and `n_val` $= 1$: training windows $(1, 2) \to 3$ and
# $(2, 3) \to 4$, in shuffled order; validation window $(3, 4) \to 5$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Cut all windows in the order of time. The last `n_val` of them are for validation.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# A stack of windows is `(N, T)`. Time comes first in this course: which operation makes `(T, N)` of it without tearing
# windows apart? Then one more axis.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `np.stack([series[i : i + T] for i in range(...)])`, the targets likewise; split both at `N`; draw `order` once and
# use it for `x` and `y`; at the end `x.T[:, :, None]`.
#
# </details>


# %% nbgrader={"grade_id": "make_windows", "solution": true}
def make_windows(series, T, n_val, seed):
    """Windows without leaks: series (L,) -> x (T, N, 1), y (N, 1), x_val (T, n_val, 1), y_val (n_val, 1)."""
    ### BEGIN SOLUTION
    count = len(series) - T
    inputs = np.stack([series[i : i + T] for i in range(count)])
    targets = series[T:]
    N = count - n_val
    order = np.random.default_rng(seed).permutation(N)
    x, y = inputs[:N][order], targets[:N][order]
    return x.T[:, :, None], y[:, None], inputs[N:].T[:, :, None], targets[N:, None]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-make_windows", "grade": true}
check.make_windows(make_windows)

# %% [markdown]
# ## 7. The loop that trains
#
# Here is a forecaster: an RNN reads a window, and an output layer turns its last state into one number. Forward and
# backward pass are yours from problem sets 1 and 3, and stand here so that you can start at once. `momentum_step` is
# gradient descent with a memory, $s \leftarrow 0.9\,s + g$ and $\theta \leftarrow \theta - \eta s$.


# %% nbgrader={"grade_id": "forecaster-given", "locked": true}
def rnn_forward(x, W_xh, W_hh, b_h):
    """All states: x (T, B, D) -> h (T, B, H), from zeros."""
    h, h_t = [], np.zeros((x.shape[1], len(b_h)))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


def rnn_backward(dh, x, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), [dW_xh, dW_hh, db_h]."""
    delta, back = np.empty_like(h), 0.0
    for t in reversed(range(len(h))):
        delta[t] = (dh[t] + back) * (1 - h[t] ** 2)
        back = delta[t] @ W_hh
    flat = delta.reshape(-1, delta.shape[-1])  # (T * B, H)
    h_prev = np.concatenate([np.zeros_like(h[:1]), h[:-1]]).reshape(flat.shape)
    return delta @ W_xh, [flat.T @ x.reshape(len(flat), -1), flat.T @ h_prev, flat.sum(axis=0)]


def predict(params, x):
    """Forecasts: x (T, B, D) -> y_hat (B, 1)."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    return rnn_forward(x, W_xh, W_hh, b_h)[-1] @ W_hy.T + b_y


def loss_and_gradients(params, x, y):
    """Mean squared error of the forecasts (a number), and a list of its gradients in the order of params."""
    W_xh, W_hh, b_h, W_hy, b_y = params
    h = rnn_forward(x, W_xh, W_hh, b_h)
    error = h[-1] @ W_hy.T + b_y - y  # (B, 1)
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    return (error**2).mean(), [*rnn_backward(dh, x, h, W_xh, W_hh)[1], delta_y.T @ h[-1], delta_y.sum(axis=0)]


def momentum_step(params, grads, velocity, learning_rate):
    """Gradient descent with momentum -> new params, new velocity. Pass velocity=None at the very first step."""
    velocity = velocity or [0.0] * len(params)
    velocity = [0.9 * s + g for s, g in zip(velocity, grads, strict=True)]
    return [theta - learning_rate * s for theta, s in zip(params, velocity, strict=True)], velocity


# %% [markdown]
# Write the loop. In each epoch, take the windows in the order in which they come, `batch_size` at a time; the last
# batch may be smaller. For each batch compute loss and gradients, then update. The loss of an epoch is the mean over
# its *windows* of the losses that came with the gradients:
#
# $$\text{losses}_e = \frac1N\sum_{\text{batches}} B_{\text{batch}}\,\mathcal L_{\text{batch}}$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `params` | list of arrays | `W_xh`, `W_hh`, `b_h`, `W_hy`, `b_y` |
# | `x`, `y` | `(T, N, 1)`, `(N, 1)` | training windows and targets |
# | `x_val` | `(T, n, 1)` | windows to forecast from |
# | `batch_size`, `epochs`, `learning_rate` | numbers | |
# | returns `losses` | `(epochs,)` | one for each epoch |
# | returns `y_hat` | `(n, 1)` | what the trained network forecasts for `x_val` |
#
# Half of the points go to the forecast itself: on a series that you have not seen it has to beat the **naive
# forecast**, which says that tomorrow will be like today. However you train, that half is yours if you do.
#
# **In numbers.** Five windows, `batch_size` 2: batches of 2, 2 and 1. Their losses are $0.4$, $0.2$ and $0.6$, so the
# epoch's is $(2 \cdot 0.4 + 2 \cdot 0.2 + 1 \cdot 0.6)/5 = 0.36$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two loops, one inside the other. Two things live longer than a batch: the parameters and the velocity.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# Windows lie along the *second* axis of `x` and the first of `y`. A slice past the end is shorter, and that is all
# right.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `for start in range(0, ..., batch_size):`, then `loss_and_gradients(params, x[:, start : ...], y[start : ...])`,
# and `params, velocity = momentum_step(...)`. Add up `loss * len(...)`.
#
# </details>


# %% nbgrader={"grade_id": "train_forecaster", "solution": true}
def train_forecaster(params, x, y, x_val, batch_size, epochs, learning_rate):
    """Train by mini-batches with momentum, then forecast: -> losses (epochs,), y_hat (n, 1)."""
    ### BEGIN SOLUTION
    losses, velocity = [], None
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(y), batch_size):
            x_batch, y_batch = x[:, start : start + batch_size], y[start : start + batch_size]
            loss, grads = loss_and_gradients(params, x_batch, y_batch)
            params, velocity = momentum_step(params, grads, velocity, learning_rate)
            total += loss * len(y_batch)
        losses.append(total / len(y))
    return np.array(losses), predict(params, x_val)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-train_forecaster", "grade": true}
check.train_forecaster(train_forecaster)

# %% [markdown]
# ## Why this matters: forecast the sun
#
# The series is the yearly number of sunspots from 1700 to 2008. From twenty years, what will the next one bring? The
# model is the one of the notes: an RNN of 50 units, dropout of 0.2, a second RNN of 50 units, dropout again, one
# output; Adam, batches of 32, 50 epochs, the last fifth held out. **Every part of it but the two RNNs is yours**:
# `scale_series`, `make_windows`, `dropout`, `clip_gradients`, `adam_step`.
#
# Three forecasts that need no network stand beside it. The *naive* one repeats last year. The *seasonal* one repeats
# what was eleven years ago, the length of a solar cycle. *AR(20)* is a linear function of the same twenty years, by
# least squares. A network is trained from random weights, so one run says little: here are three.


# %% nbgrader={"grade_id": "sunspots", "locked": true}
def stack_loss_and_gradients(params, x, y, masks):
    """The notes' stack: RNN, mask, RNN, last state, mask, output. -> loss, gradients, y_hat."""
    (W1, U1, b1, W2, U2, b2, W_hy, b_y), (mask_1, mask_2) = params, masks
    h1 = rnn_forward(x, W1, U1, b1)
    h2 = rnn_forward(h1 * mask_1, W2, U2, b2)
    last = h2[-1] * mask_2[-1]
    y_hat = last @ W_hy.T + b_y
    delta_y = 2 * (y_hat - y) / len(y)
    dh2 = np.zeros_like(h2)
    dh2[-1] = delta_y @ W_hy * mask_2[-1]
    dx2, second = rnn_backward(dh2, h1 * mask_1, h2, W2, U2)
    _, first = rnn_backward(dx2 * mask_1, x, h1, W1, U1)
    return ((y_hat - y) ** 2).mean(), [*first, *second, delta_y.T @ last, delta_y.sum(axis=0)], y_hat


def draw_params(H, rng):
    """Orthogonal recurrent weights, scaled normal input weights, zero biases."""
    orthogonal = [np.linalg.qr(rng.standard_normal((H, H)))[0] for _ in range(2)]
    W1, W2, W_hy = (rng.standard_normal((to, of)) / np.sqrt(of) for to, of in ((H, 1), (H, H), (1, H)))
    return [W1, orthogonal[0], np.zeros(H), W2, orthogonal[1], np.zeros(H), W_hy, np.zeros(1)]


def linear_forecast(series, p, n_val):
    """AR(p): a linear function of the last p values, by least squares on the training part."""
    rows = np.stack([np.append(series[i : i + p], 1) for i in range(len(series) - p)])
    past = len(rows) - n_val
    return rows[past:] @ np.linalg.lstsq(rows[:past], series[p : len(series) - n_val], rcond=None)[0]


# %%
T, H, n_val, epochs, seeds = 20, 50, 62, 50, range(3)


def forecast_the_sun(activity, seed):
    """Train the notes' model, built from your parts -> forecasts of the last n_val years (n_val,)."""
    scaled, mean, scale = scale_series(activity, n_val)
    x, y, x_val, y_val = make_windows(scaled, T, n_val, seed)
    rng = np.random.default_rng(seed)
    params, t = draw_params(H, rng), 0
    m = v = [np.zeros_like(theta) for theta in params]
    for _epoch in range(epochs):
        order = rng.permutation(len(y))
        for start in range(0, len(y), 32):
            batch = order[start : start + 32]
            ones = np.ones((T, len(batch), H))
            masks = [dropout(ones, rng.random(ones.shape), 0.2, "step", True)[1] for _ in range(2)]
            _, grads, _ = stack_loss_and_gradients(params, x[:, batch], y[batch], masks)
            grads = clip_gradients(grads, 5.0)
            params, t, m, v = adam_step(params, grads, t, m, v, 0.001, 0.9, 0.999, 1e-8)
    ones = np.ones((T, n_val, H))
    off = [dropout(ones, ones, 0.2, "step", False)[1]] * 2
    return stack_loss_and_gradients(params, x_val, y_val, off)[2][:, 0] * scale + mean


parts = (scale_series, make_windows, dropout, clip_gradients, adam_step)
missing = [part.__name__ for part in parts if not check.passed(part)]

if not missing:
    from rnncourse.data import sunspots
    from rnncourse.plotting.figure import show

    year, activity = sunspots()
    actual = activity[-n_val:]

    def rmse(forecast):
        return np.sqrt(np.mean((forecast - actual) ** 2))

    yours = [forecast_the_sun(activity, seed) for seed in seeds]
    errors = [rmse(forecast) for forecast in yours]
    table = {
        "naive (last year)": rmse(activity[-n_val - 1 : -1]),
        "seasonal (11 years ago)": rmse(activity[-n_val - 11 : -11]),
        "linear, AR(20)": rmse(linear_forecast(activity, 20, n_val)),
        f"your network, mean of {len(errors)}": np.mean(errors),
    }
    print("Root mean squared error, in sunspots:")
    for name, error in sorted(table.items(), key=lambda item: item[1]):
        print(f"  {name:26} {error:5.1f}")
    print("Your networks one by one:", ", ".join(f"{error:.1f}" for error in errors))
    for name in ("naive (last year)", "linear, AR(20)"):
        print(f"Better than {name}: {sum(error < table[name] for error in errors)} of {len(errors)}")
    fig, ax = plt.subplots(figsize=(7, 3))
    ax.plot(year[-n_val:], actual, "k.-", label="what happened")
    ax.plot(year[-n_val:], yours[0], "s--", markersize=3, label="your first network, one year ahead")
    ax.set(xlabel="year", ylabel="sunspots", title="Forecasts of years that training never saw")
    ax.legend(frameon=False)
    top = actual.argmax()
    found = (
        f"At the highest peak, in {year[-n_val + top]}, {actual[top]:.0f} came and {yours[0][top]:.0f} were forecast."
    )
    show(fig, f"{found} Two lines over {n_val} years, up and down about every eleven years, mostly close together.")
else:
    print(f"The forecast appears once these are right: {', '.join(missing)}.")

# %% [markdown]
# Your networks beat the naive forecast by a quarter of its error, and the seasonal one by more. They do not beat the
# linear one: a series that is close to linear suits it, and its 21 numbers are the best of their kind, which 7,701
# weights after fifty epochs are not. Without the baselines the picture would have looked like a success. Chapter 4
# repeats this with five seeds and looks at which parts of the model matter.
#
# **Next:** chapter 5 builds a cell with a better memory, and problem set 5 is yours to write it.
