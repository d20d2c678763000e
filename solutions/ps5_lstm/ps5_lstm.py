# %% [markdown]
# # Problem set 5: the LSTM
#
# **You will be able to** write an LSTM forwards and backwards by hand, gate by gate, and to say when its cell carries a
# gradient across many steps and when it does not.
#
# **Time:** about two and a half hours. **Points:** 100. **Read first:** chapter 5, *LSTM*.
#
# The check at the end of an exercise compares each of your results with the reference, one by one. A wrong one is
# answered with the mistake's name, the kind of line to look for, and the section of the book that explains it.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np

from rnncourse import check, labs
from rnncourse.notation import LSTMParams


def sigmoid(a):
    """The logistic function, in a form that overflows for no a."""
    return 0.5 * (1 + np.tanh(0.5 * a))


# %% [markdown]
# ## 1. One step
#
# Everything that decides reads the same thing: what was shown last and what comes in now, $h^{(t-1)}$ above $x^{(t)}$,
# $v^{(t)} = [h^{(t-1)};\, x^{(t)}]$, **h first**. Three gates and a candidate are made of it:
#
# $$f^{(t)} = \sigma(W_f v^{(t)} + b_f),\quad i^{(t)} = \sigma(W_i v^{(t)} + b_i),\quad
#   \tilde c^{(t)} = \tanh(W_c v^{(t)} + b_c),\quad o^{(t)} = \sigma(W_o v^{(t)} + b_o)$$
#
# Then the cell is updated, and part of it is shown:
#
# $$c^{(t)} = f^{(t)} \odot c^{(t-1)} + i^{(t)} \odot \tilde c^{(t)},\qquad h^{(t)} = o^{(t)} \odot \tanh c^{(t)}$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `x_t` | `(B, D)` | the input at this step |
# | `h_prev`, `c_prev` | `(B, H)` | the two states before this step |
# | `W_f`, `W_i`, `W_c`, `W_o` | `(H, H + D)` | from `[h; x]` to each gate and to the candidate |
# | `b_f`, `b_i`, `b_c`, `b_o` | `(H,)` | their biases |
# | returns `h_t`, `c_t` | `(B, H)` | the two states after this step |
#
# **In numbers.** Take $B = D = H = 1$, $x^{(t)} = 1$, $h^{(t-1)} = 0.5$, $c^{(t-1)} = 2$, all weights zero, and
# $b_f = 1$, $b_i = 0$, $b_c = 0.5$, $b_o = 0$. Then $f = 0.731$, $i = 0.5$, $\tilde c = 0.462$, $o = 0.5$, so
# $c^{(t)} = 0.731 \cdot 2 + 0.5 \cdot 0.462 = 1.693$ and $h^{(t)} = 0.5 \cdot \tanh 1.693 = 0.467$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Glue `h_prev` and `x_t` together once. Four lines follow that look alike, and then two that do not.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `v_t` is `(B, H + D)`, and `W_f` is `(H, H + D)`. You want `(B, H)`, so which of the two has to be transposed?
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `v_t = np.concatenate([..., ...], axis=1)`, `f_t = sigmoid(v_t @ ... + b_f)`, and at the end
# `c_t = f_t * ... + i_t * ...` and `h_t = o_t * ...`.
#
# </details>


# %% nbgrader={"grade_id": "lstm_step", "solution": true}
def lstm_step(x_t, h_prev, c_prev, W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o):
    """One time step: x_t (B, D), h_prev and c_prev (B, H) -> h_t, c_t (B, H)."""
    ### BEGIN SOLUTION
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(v_t @ W_f.T + b_f)
    i_t = sigmoid(v_t @ W_i.T + b_i)
    c_tilde_t = np.tanh(v_t @ W_c.T + b_c)
    o_t = sigmoid(v_t @ W_o.T + b_o)
    c_t = f_t * c_prev + i_t * c_tilde_t
    return o_t * np.tanh(c_t), c_t
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-lstm_step", "grade": true}
check.lstm_step(lstm_step)

# %% [markdown]
# Touch it: one slider for each bias, and you see what each gate does to the cell. Once the check above is passed, the
# picture comes from *your* `lstm_step`.

# %%
labs.gates(lstm_step if check.passed(lstm_step) else None)

# %% [markdown]
# ## 2. The whole sequence
#
# Now *two* states travel from step to step. Keep all of both: the backward pass will ask for them.
#
# $$(h^{(t)}, c^{(t)}) = \operatorname{step}\bigl(x^{(t)}, h^{(t-1)}, c^{(t-1)}\bigr)\qquad\text{for } t = 1, \dots, T$$
#
# From here on the eight parameters travel as one, `params`. It is an `LSTMParams`, a tuple whose parts have names and
# the order f, i, c, o: `params.W_f` is the forget gate's weight, `W_f, ..., b_o = params` (all eight names written
# out) takes them apart, and `lstm_step(x_t, h_t, c_t, *params)` hands them on one by one.
#
# | argument | shape | what it is |
# |---|---|---|
# | `x` | `(T, B, D)` | the inputs; `x[0]` is $x^{(1)}$ |
# | `h0`, `c0` | `(B, H)` | the states before the first step |
# | `params` | `LSTMParams` | the four weights `(H, H + D)`, then the four biases `(H,)` |
# | returns `h`, `c` | `(T, B, H)` | all states; `h[0]` is $h^{(1)}$ |
#
# **In numbers.** All weights zero, $b_f = 1$, $b_i = 0$, $b_c = 0.5$, so $f = 0.731$, $i = 0.5$ and
# $\tilde c = 0.462$ at every step. From $c^{(0)} = 0$ we get $c^{(1)} = 0.5 \cdot 0.462 = 0.231$, and one step later
# $c^{(2)} = 0.731 \cdot 0.231 + 0.231 = 0.400$. The cell climbs towards $0.231 / (1 - 0.731) = 0.859$, where what is
# dropped and what is written are in balance.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two names hold the current states. Each turn of the loop replaces both, and keeps a copy of both.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `x[t]` is `(B, D)`. Make room for `T` states of shape `(B, H)`, twice; $h^{(0)}$ and $c^{(0)}$ are not among them.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `h_t, c_t = lstm_step(x[t], ..., ..., *params)`, and then `h[t], c[t] = ...`.
#
# </details>


# %% nbgrader={"grade_id": "lstm_forward", "solution": true}
def lstm_forward(x, h0, c0, params):
    """All time steps: x (T, B, D), h0 and c0 (B, H) -> h, c (T, B, H)."""
    ### BEGIN SOLUTION
    h = np.zeros((len(x), *h0.shape))
    c = np.zeros_like(h)
    h_t, c_t = h0, c0
    for t in range(len(x)):
        h_t, c_t = lstm_step(x[t], h_t, c_t, *params)
        h[t], c[t] = h_t, c_t
    return h, c
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-lstm_forward", "grade": true}
check.lstm_forward(lstm_forward)

# %% [markdown]
# ## 3. Back through one step
#
# Somebody hands you two gradients: that of $h^{(t)}$, complete, and that part of $c^{(t)}$'s which came from step $t+1$
# along the cell. **Two arrows leave the cell**: one to $c^{(t+1)}$, and that part you hold already; one to $h^{(t)}$
# through the output gate and tanh, and that part you add:
#
# $$\frac{\partial\mathcal L}{\partial c^{(t)}} = \underbrace{\mathrm{d}c^{(t)}}_{\text{given}} +
#   \frac{\partial\mathcal L}{\partial h^{(t)}} \odot o^{(t)} \odot \bigl(1 - \tanh^2 c^{(t)}\bigr)$$
#
# From there into the four pre-activations. Each is the gradient of a product, times the other factor, times the slope:
#
# $$\begin{aligned}
#   \delta_f &= \tfrac{\partial\mathcal L}{\partial c^{(t)}} \odot c^{(t-1)} \odot f \odot (1 - f), &
#   \delta_i &= \tfrac{\partial\mathcal L}{\partial c^{(t)}} \odot \tilde c \odot i \odot (1 - i), \\
#   \delta_c &= \tfrac{\partial\mathcal L}{\partial c^{(t)}} \odot i \odot (1 - \tilde c^2), &
#   \delta_o &= \tfrac{\partial\mathcal L}{\partial h^{(t)}} \odot \tanh c^{(t)} \odot o \odot (1 - o)
#   \end{aligned}$$
#
# And out of the step: for each $k \in \{f, i, c, o\}$, $\mathrm{d}W_k = \delta_k v^{(t)\top}$ and
# $\mathrm{d}b_k = \delta_k$, both summed over the batch; $\mathrm{d}v = \sum_k W_k^\top \delta_k$, whose first $H$
# entries belong to $h^{(t-1)}$ and the others to $x^{(t)}$; and
# $\mathrm{d}c^{(t-1)} = \tfrac{\partial\mathcal L}{\partial c^{(t)}} \odot f$.
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh_t` | `(B, H)` | gradient of $h^{(t)}$, from its output and from step $t+1$ together |
# | `dc_t` | `(B, H)` | the part of $c^{(t)}$'s gradient that came from step $t+1$ along the cell |
# | `x_t`, `h_prev`, `c_prev` | `(B, D)`, `(B, H)`, `(B, H)` | what the step read |
# | `c_t` | `(B, H)` | the cell that it returned |
# | `params` | `LSTMParams` | compute the gates again from them |
# | returns `dx_t`, `dh_prev`, `dc_prev` | `(B, D)`, `(B, H)`, `(B, H)` | gradients of what the step read |
# | returns `dW_f`, `dW_i`, `dW_c`, `dW_o` | `(H, H + D)` | this step's share |
# | returns `db_f`, `db_i`, `db_c`, `db_o` | `(H,)` | this step's share |
#
# **In numbers.** The step of `lstm_step`: $c^{(t-1)} = 2$, $f = 0.7311$, $i = o = 0.5$, $\tilde c = 0.4621$, so
# $c^{(t)} = 1.693$. Let $\mathrm{d}h^{(t)} = 1$ and $\mathrm{d}c^{(t)} = 0.2$. As
# $1 - \tanh^2 1.693 = 0.1266$, the cell gets $0.2 + 1 \cdot 0.5 \cdot 0.1266 = 0.2633$. Then
# $\delta_f = 0.2633 \cdot 2 \cdot 0.7311 \cdot 0.2689 = 0.1035$, $\delta_i = 0.2633 \cdot 0.4621 \cdot 0.25 = 0.0304$,
# $\delta_c = 0.2633 \cdot 0.5 \cdot 0.7864 = 0.1035$, $\delta_o = 0.9345 \cdot 0.25 = 0.2336$, and
# $\mathrm{d}c^{(t-1)} = 0.2633 \cdot 0.7311 = 0.1925$.
#
# <details><summary>Hint 1: the idea</summary>
#
# First the gates again, as in `lstm_step`. Then complete the cell's gradient. Only then the four deltas.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# Each delta is `(B, H)`. A weight's gradient is `(H, B) @ (B, H + D)`; `dv_t` is a sum of four `(B, H) @ (H, H + D)`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `dc_t = dc_t + dh_t * ... * (1 - np.tanh(...) ** 2)`, `delta_f = dc_t * ... * f_t * (1 - f_t)`,
# `dW_f = delta_f.T @ ...`, `dh_prev = dv_t[:, ...]`.
#
# </details>


# %% nbgrader={"grade_id": "lstm_step_backward", "solution": true}
def lstm_step_backward(dh_t, dc_t, x_t, h_prev, c_prev, c_t, params):
    """One step back -> dx_t, dh_prev, dc_prev, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o."""
    ### BEGIN SOLUTION
    W_f, W_i, W_c, W_o, b_f, b_i, b_c, b_o = params
    v_t = np.concatenate([h_prev, x_t], axis=1)
    f_t = sigmoid(v_t @ W_f.T + b_f)
    i_t = sigmoid(v_t @ W_i.T + b_i)
    c_tilde_t = np.tanh(v_t @ W_c.T + b_c)
    o_t = sigmoid(v_t @ W_o.T + b_o)
    dc_t = dc_t + dh_t * o_t * (1 - np.tanh(c_t) ** 2)
    delta_f = dc_t * c_prev * f_t * (1 - f_t)
    delta_i = dc_t * c_tilde_t * i_t * (1 - i_t)
    delta_c = dc_t * i_t * (1 - c_tilde_t**2)
    delta_o = dh_t * np.tanh(c_t) * o_t * (1 - o_t)
    dv_t = delta_f @ W_f + delta_i @ W_i + delta_c @ W_c + delta_o @ W_o
    H = len(b_f)
    deltas = delta_f, delta_i, delta_c, delta_o
    dW = [delta.T @ v_t for delta in deltas]
    db = [delta.sum(axis=0) for delta in deltas]
    return dv_t[:, H:], dv_t[:, :H], dc_t * f_t, *dW, *db
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-lstm_step_backward", "grade": true}
check.lstm_step_backward(lstm_step_backward)

# %% [markdown]
# ## 4. Back through the whole sequence
#
# Walk from the last step to the first and carry *two* arrays with you, what step $t$ receives from step $t+1$ through
# $h$ and along $c$:
#
# $$\frac{\partial\mathcal L}{\partial h^{(t)}} = \mathrm{d}h^{(t)} + \Bigl[\sum_{k} W_k^\top
#   \delta_k^{(t+1)}\Bigr]_{h},\qquad
#   \frac{\partial\mathcal L}{\partial c^{(t)}} = f^{(t+1)} \odot \frac{\partial\mathcal L}{\partial c^{(t+1)}} +
#   \frac{\partial\mathcal L}{\partial h^{(t)}} \odot o^{(t)} \odot \bigl(1 - \tanh^2 c^{(t)}\bigr)$$
#
# After the last step there is no next step: both arrays start at zero. The weights are shared by all steps, so their
# gradients are sums over $t$.
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh` | `(T, B, H)` | what reaches each $h^{(t)}$ *through its own output*; the $1/B$ of the mean is in it |
# | `x` | `(T, B, D)` | the inputs |
# | `h0`, `c0` | `(B, H)` | the states before the first step |
# | `h`, `c` | `(T, B, H)` | the states that the forward pass returned |
# | `params` | `LSTMParams` | |
# | returns `dx`, `dh0`, `dc0` | `(T, B, D)`, `(B, H)`, `(B, H)` | |
# | returns `dW_f`, `dW_i`, `dW_c`, `dW_o`, `db_f`, `db_i`, `db_c`, `db_o` | as the parameters | summed over time |
#
# **In numbers.** All weights zero, $b_f = 1$, so nothing comes back through the gates and $f = 0.731$ at each step.
# Take `dh` $= (0, 1)$, $o = 0.5$ and $c^{(2)} = 0.400$. At $t = 2$ the cell's gradient is
# $0.5 \cdot (1 - \tanh^2 0.400) = 0.428$. At $t = 1$ the output adds nothing, and $0.731 \cdot 0.428 = 0.313$ comes
# back along the cell. So $\mathrm{d}c^{(0)} = 0.731 \cdot 0.313 = 0.229$, and $\mathrm{d}h^{(0)} = 0$.
#
# <details><summary>Hint 1: the idea</summary>
#
# One turn of the loop is `lstm_step_backward`. You may call it; you may also write its lines out.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# Eight accumulators, each of its parameter's shape: `[np.zeros_like(theta) for theta in params]`. Two carried arrays of
# shape `(B, H)`. Before the first step come `h0` and `c0`, not `h[-1]` and `c[-1]`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `dx[t], ..., ..., *shares = lstm_step_backward(dh[t] + ..., dc_next, x[t], ..., ..., c[t], params)`, and each entry of
# `shares` is added to its accumulator.
#
# </details>


# %% nbgrader={"grade_id": "lstm_backward", "solution": true}
def lstm_backward(dh, x, h0, c0, h, c, params):
    """BPTT -> dx, dh0, dc0, dW_f, dW_i, dW_c, dW_o, db_f, db_i, db_c, db_o."""
    ### BEGIN SOLUTION
    dx = np.zeros_like(x)
    dparams = [np.zeros_like(theta) for theta in params]
    dh_next, dc_next = np.zeros_like(h0), np.zeros_like(c0)
    for t in reversed(range(len(x))):
        h_prev, c_prev = (h[t - 1], c[t - 1]) if t > 0 else (h0, c0)
        dx[t], dh_next, dc_next, *step = lstm_step_backward(
            dh[t] + dh_next, dc_next, x[t], h_prev, c_prev, c[t], params
        )
        for total, share in zip(dparams, step, strict=True):
            total += share
    return dx, dh_next, dc_next, *dparams
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-lstm_backward", "grade": true}
check.lstm_backward(lstm_backward)

# %% [markdown]
# ## 5. The forget-bias experiment
#
# Along the cell a gradient passes one factor per step, the forget gate, and nothing else. Start with a gradient of 1 in
# one unit of $c^{(T)}$. After $k$ steps back, this is left:
#
# $$\prod_{s=T-k+1}^{T} f^{(s)} = f^{(T)} \cdot f^{(T-1)} \cdots f^{(T-k+1)},\qquad
#   f^{(s)} = \sigma\bigl(a_f^{(s)} + b_f\bigr)$$
#
# where $a_f = W_f v$ is the pre-activation without its bias. Compute it for every lag $k = 0, \dots, T$ and for several
# $b_f$, the same for all units, and take the mean over batch and units *of the products*. The $a_f$ are given and stay
# as they are.
#
# | argument | shape | what it is |
# |---|---|---|
# | `biases` | `(N,)` | the values of $b_f$ to try |
# | `a_f` | `(T, B, H)` | the forget gate's pre-activations without bias; `a_f[0]` belongs to $t = 1$ |
# | returns `left` | `(N, T + 1)` | `left[n, k]`: what is left at lag $k$ with `biases[n]`; `left[:, 0]` is 1 |
#
# **In numbers.** $T = 2$, $B = H = 1$, $a_f = (2, 0)$ and $b_f = 0$: the first gate on the way back is that of $t = 2$,
# $\sigma(0) = 0.5$, the next that of $t = 1$, $\sigma(2) = 0.881$. So `left` is $(1,\; 0.5,\; 0.440)$.
#
# <details><summary>Hint 1: the idea</summary>
#
# One product for each unit and sample, restarted for each bias, one more factor per lag.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# The product is `(B, H)`. Lag $k$ has passed $k$ gates, the last of them that of step $T-k+1$, which is
# `a_f[T - k]`.
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `product = product * sigmoid(a_f[...] + ...)`, then `left[n, k] = product.mean()`.
#
# </details>


# %% nbgrader={"grade_id": "forget_bias_sweep", "solution": true}
def forget_bias_sweep(biases, a_f):
    """Share of a gradient left along the cell: biases (N,), a_f (T, B, H) -> left (N, T + 1)."""
    ### BEGIN SOLUTION
    T = len(a_f)
    left = np.ones((len(biases), T + 1))
    for n, b_f in enumerate(biases):
        gates_on_the_way = sigmoid(a_f[::-1] + b_f)
        left[n, 1:] = np.cumprod(gates_on_the_way, axis=0).mean(axis=(1, 2))
    return left
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-forget_bias_sweep", "grade": true}
check.forget_bias_sweep(forget_bias_sweep)

# %% [markdown]
# ### Why this matters: how much of a gradient arrives
#
# Is the cell path the whole story? Below, *your* `lstm_forward` and *your* `lstm_backward` run an untrained LSTM with
# 64 units over 50 steps, and send a gradient of length 1 back from $h^{(50)}$ alone. The markers show how much of it
# arrives at $c$, $k$ steps earlier, by every path there is. The lines are your `forget_bias_sweep`: the cell path
# alone, set off from the first marker.


# %%
def lstm_of(b_f, D=8, H=64, seed=0):
    """An untrained LSTM: the same weights for every b_f."""
    weights = np.random.default_rng(seed).normal(0, 1 / np.sqrt(H), (4, H, H + D))
    return LSTMParams(*weights, np.full(H, b_f), np.zeros(H), np.zeros(H), np.zeros(H))


def arriving(params, lags, T=50, B=4, seed=1):
    """Length of the gradient that arrives at c, lag by lag, and the forget gate's pre-activations."""
    rng, H = np.random.default_rng(seed), len(params.b_f)
    x, zeros = 0.1 * rng.standard_normal((T, B, params.W_f.shape[1] - H)), np.zeros((B, H))
    h, c = lstm_forward(x, zeros, zeros, params)
    g = rng.standard_normal((B, H))
    g /= np.linalg.norm(g, axis=1, keepdims=True)
    lengths = []
    for k in lags:
        start = T - k - 1
        h_start, c_start = (h[start], c[start]) if start >= 0 else (zeros, zeros)
        dh = np.zeros((k, B, H))
        dh[-1] = g
        dc = lstm_backward(dh, x[-k:], h_start, c_start, h[-k:], c[-k:], params)[2]
        lengths.append(np.linalg.norm(dc, axis=1).mean())
    h_before = np.concatenate([zeros[None], h[:-1]])
    return np.array(lengths), np.concatenate([h_before, x], axis=2) @ params.W_f.T


if all(map(check.passed, (lstm_step, lstm_forward, lstm_step_backward, lstm_backward, forget_bias_sweep))):
    from rnncourse.plotting.figure import show

    found = []
    fig, ax = plt.subplots(figsize=(7, 4))
    lags = np.arange(5, 51, 5)
    for b_f, marker, dash in [(0.0, "o", "-"), (1.0, "s", "--"), (3.0, "^", ":")]:
        lengths, a_f = arriving(lstm_of(b_f), lags)
        path = forget_bias_sweep(np.array([b_f]), a_f)[0]
        (line,) = ax.plot(path * lengths[0] / path[5], dash, label=f"$b_f = {b_f:g}$: cell path alone")
        ax.plot(lags, lengths, marker, color=line.get_color(), label=f"$b_f = {b_f:g}$: every path")
        found.append(
            f"b_f = {b_f:g}: at lag 50, {lengths[-1]:.1e} arrives in all; the cell path alone keeps {path[-1]:.1e}"
        )
        print(found[-1])
    ax.set(yscale="log", ylim=(1e-16, 1e2), xlabel="lag k", ylabel=r"length of $\partial L / \partial c^{(T-k)}$")
    ax.legend(frameon=False, ncols=2, fontsize=8)
    show(fig, f"{'; '.join(found)}. Three lines and, above them, three rows of markers, over lags 5 to 50.")
else:
    print("The picture appears once all five functions are right.")

# %% [markdown]
# With $b_f = 0$ the cell path halves a gradient at every step, and hardly anything arrives. With $b_f = 1$ a million
# times more does, and most of it *not* along the cell alone: look at the gap between line and markers. With $b_f = 3$
# the cell path keeps 95% at every step, the other paths add to it, and the gradient grows. The cell makes long memories
# possible. It promises none.

# %% [markdown]
# ## Your LSTM learns
#
# Now the promise is called in. The **adding problem**: the network reads 50 pairs, a random number and a marker, and
# two of the markers are 1, one in each half. At the end it has to say the sum of the two marked numbers. Whoever
# remembers neither can do no better than always answer 1, and that costs $1/6$ in mean squared error; whoever
# remembers only one still pays $1/12$. So a loss below the dotted line is a memory, and one below $1/12$ is a memory of
# both.
#
# *Your* `lstm_forward` and *your* `lstm_backward` do the work. What stands around them you know from problem set 4:
# an output layer on the last state, clipping, and Adam. Six hundred steps take about ten seconds.


# %%
def adding_loss(theta, x, y):
    """Mean squared error of the last output, and its gradients, by lstm_forward and lstm_backward."""
    params, W_hy, b_y = LSTMParams(*theta[:8]), theta[8], theta[9]
    zeros = np.zeros((x.shape[1], len(params.b_f)))
    h, c = lstm_forward(x, zeros, zeros, params)
    error = h[-1] @ W_hy.T + b_y - y
    delta_y = 2 * error / len(y)
    dh = np.zeros_like(h)
    dh[-1] = delta_y @ W_hy
    grads = lstm_backward(dh, x, zeros, zeros, h, c, params)[3:]
    return (error**2).mean(), [*grads, delta_y.T @ h[-1], delta_y.sum(axis=0)]


def train_on_adding(b_f, steps=600, T=50, B=32, H=16, learning_rate=0.01, seed=0):
    """Adam with clipping, a new batch for every step -> the loss of each step."""
    from rnncourse.data import adding_problem
    from rnncourse.training.progress import progress_bar

    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 1 / np.sqrt(H + 2), (4, H, H + 2))
    theta = [*weights, np.full(H, b_f), *np.zeros((3, H)), rng.normal(0, 1 / np.sqrt(H), (1, H)), np.ones(1)]
    m = v = [0.0] * len(theta)
    losses = []
    with progress_bar(steps, unit="step") as bar:
        for t in range(1, steps + 1):
            loss, grads = adding_loss(theta, *adding_problem(T, B, rng))
            norm = np.sqrt(sum((g**2).sum() for g in grads))
            grads = [g / max(1.0, norm) for g in grads]
            m = [0.9 * m_i + 0.1 * g for m_i, g in zip(m, grads, strict=True)]
            v = [0.999 * v_i + 0.001 * g**2 for v_i, g in zip(v, grads, strict=True)]
            theta = [
                one - learning_rate * (m_i / (1 - 0.9**t)) / (np.sqrt(v_i / (1 - 0.999**t)) + 1e-8)
                for one, m_i, v_i in zip(theta, m, v, strict=True)
            ]
            losses.append(loss)
            bar.update(t, f"mean squared error {np.mean(losses[-20:]):.4f}")
    return np.array(losses)


# %%
b_f = 1.0

if all(map(check.passed, (lstm_step, lstm_forward, lstm_step_backward, lstm_backward))):
    from rnncourse.plotting.figure import show

    losses = train_on_adding(b_f)
    fig, ax = plt.subplots(figsize=(7, 3.5))
    ax.semilogy(np.arange(20, len(losses) + 1), np.convolve(losses, np.ones(20) / 20, mode="valid"), label="your LSTM")
    ax.axhline(1 / 6, linestyle=":", color="gray", label="always answering 1")
    ax.set(xlabel="step of training", ylabel="mean squared error", title=f"The adding problem, T = 50, $b_f$ = {b_f:g}")
    ax.legend(frameon=False)
    last = losses[-50:].mean()
    found = f"With b_f = {b_f:g} the error of the last 50 steps is {last:.4f}; always answering 1 costs {1 / 6:.4f}."
    show(fig, f"{found} One curve over {len(losses)} steps, and a dotted line at {1 / 6:.4f}.")
    print(f"Always answering 1 costs {1 / 6:.4f}. Your LSTM, mean of the last 50 steps: {last:.4f}.")
    print(f"That is {1 / 6 / last:.0f} times less.")
else:
    print("The training starts once the first four functions are right.")

# %% [markdown]
# The curve first runs along the line. For a while the network knows nothing better than the mean; then, within a
# hundred steps or two, it finds out that the cell can carry a number from one end to the other. Set `b_f` to 0 and to
# $-2$ in the last cell: the forget gates start at a half, or almost closed, and that discovery comes later.
#
# **Next:** chapter 6 lets RNN, LSTM and GRU race for a long memory; problem set 6 goes on to the GRU and to torch.
