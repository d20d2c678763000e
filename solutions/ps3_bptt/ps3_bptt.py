# %% [markdown]
# # Problem set 3: backpropagation through time
#
# **You will be able to** write the backward pass of an RNN by hand, and see with your own function why long memories
# are hard to learn.
#
# **Time:** about 90 minutes. **Points:** 100. **Read first:** chapter 3, *Loss and BPTT*.
#
# The check at the end of an exercise compares each of your gradients with the reference, one by one. A wrong one is
# answered with the mistake's name, the kind of line to look for, and the section of the book that explains it.

# %% nbgrader={"grade_id": "setup", "locked": true}
import numpy as np

from rnncourse import check, labs

# %% [markdown]
# ## The forward pass, given
#
# You wrote this in problem set 1. It stands here so that you can start at once.


# %% nbgrader={"grade_id": "forward-given", "locked": true}
def rnn_forward(x, h0, W_xh, W_hh, b_h):
    """All time steps: x (T, B, D), h0 (B, H) -> h (T, B, H)."""
    h, h_t = [], h0
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
        h.append(h_t)
    return np.stack(h)


# %% [markdown]
# ## 1. Back through one step
#
# Somebody hands you $\partial\mathcal L/\partial h^{(t)}$: how the loss moves when this step's state moves.
# You pass it on to everything that made the state. First through tanh, whose derivative is $1 - \tanh^2$:
#
# $$\delta_h^{(t)} = \frac{\partial\mathcal L}{\partial h^{(t)}} \odot \bigl(1 - h^{(t)} \odot h^{(t)}\bigr)$$
#
# and from there through the sum $a^{(t)} = W_{xh} x^{(t)} + W_{hh} h^{(t-1)} + b_h$ to each of its five parts.
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh_t` | `(B, H)` | gradient of the loss with respect to $h^{(t)}$ |
# | `x_t`, `h_prev`, `h_t` | `(B, D)`, `(B, H)`, `(B, H)` | what the forward step read, and what it returned |
# | `W_xh`, `W_hh` | `(H, D)`, `(H, H)` | the weights |
# | returns `dx_t`, `dh_prev` | `(B, D)`, `(B, H)` | gradients of the inputs: a row for each sample |
# | returns `dW_xh`, `dW_hh`, `db_h` | `(H, D)`, `(H, H)`, `(H,)` | gradients of the weights: summed over the batch |
#
# **In numbers.** With $B = D = H = 1$, $\mathrm{d}h^{(t)} = 2$, $h^{(t)} = 0.6$, $h^{(t-1)} = 0.5$, $x^{(t)} = 1$,
# $W_{xh} = 0.2$ and $W_{hh} = 0.8$: $\delta_h = 2 \cdot (1 - 0.36) = 1.28$, so $\mathrm{d}W_{xh} = 1.28$,
# $\mathrm{d}W_{hh} = 0.64$, $\mathrm{d}b_h = 1.28$, $\mathrm{d}x^{(t)} = 0.256$ and $\mathrm{d}h^{(t-1)} = 1.024$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute `delta_h` once. All five results are one product of it with something, or a sum of it.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# Let the shapes choose: `delta_h` is `(B, H)`, and `dW_xh` has to be `(H, D)`. Which product of `delta_h` and `x_t`
# has that shape? For `dW_hh` both candidates fit, so follow the pattern of `dW_xh`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `delta_h = dh_t * (1 - ...)`, `dW_xh = delta_h.T @ ...`, `db_h = delta_h.sum(...)`, `dx_t = delta_h @ ...`.
#
# </details>


# %% nbgrader={"grade_id": "rnn_step_backward", "solution": true}
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    """One step back: dh_t (B, H) -> dx_t (B, D), dh_prev (B, H), dW_xh (H, D), dW_hh (H, H), db_h (H,)."""
    ### BEGIN SOLUTION
    delta_h = dh_t * (1 - h_t**2)
    return delta_h @ W_xh, delta_h @ W_hh, delta_h.T @ x_t, delta_h.T @ h_prev, delta_h.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-rnn_step_backward", "grade": true}
check.rnn_step_backward(rnn_step_backward)

# %% [markdown]
# ## 2. Back through the whole sequence
#
# Two arrows leave $h^{(t)}$: one to the output of step $t$, one to $h^{(t+1)}$. A gradient comes back along each, so
#
# $$\frac{\partial \mathcal L}{\partial h^{(t)}} = \underbrace{\mathrm{d}h^{(t)}}_{\text{from its own output}}
#   + \underbrace{W_{hh}^\top\, \delta_h^{(t+1)}}_{\text{from the next step}}
#   \qquad\text{and}\qquad
#   \delta_h^{(t)} = \frac{\partial \mathcal L}{\partial h^{(t)}} \odot \bigl(1 - h^{(t)} \odot h^{(t)}\bigr)$$
#
# After the last step there is no next step: $\delta_h^{(T+1)} = 0$. From $\delta_h$ everything else follows:
#
# $$\frac{\partial \mathcal L}{\partial W_{xh}} = \sum_t \delta_h^{(t)} x^{(t)\top},\quad
#   \frac{\partial \mathcal L}{\partial W_{hh}} = \sum_t \delta_h^{(t)} h^{(t-1)\top},\quad
#   \frac{\partial \mathcal L}{\partial b_h} = \sum_t \delta_h^{(t)},\quad
#   \frac{\partial \mathcal L}{\partial x^{(t)}} = W_{xh}^\top \delta_h^{(t)},\quad
#   \frac{\partial \mathcal L}{\partial h^{(0)}} = W_{hh}^\top \delta_h^{(1)}$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh` | `(T, B, H)` | what reaches each $h^{(t)}$ *through its own output*; the $1/B$ of the mean is in it |
# | `x` | `(T, B, D)` | the inputs |
# | `h0` | `(B, H)` | the state before the first step |
# | `h` | `(T, B, H)` | the states that the forward pass returned |
# | `W_xh`, `W_hh` | `(H, D)`, `(H, H)` | the weights |
# | returns `dx` | `(T, B, D)` | |
# | returns `dh0` | `(B, H)` | |
# | returns `dW_xh`, `dW_hh`, `db_h` | `(H, D)`, `(H, H)`, `(H,)` | each in the shape of what it belongs to |
#
# **In numbers.** Take $T = 2$, $B = D = H = 1$, $W_{xh} = 1$, $W_{hh} = 0.5$, $h^{(0)} = 0$, states $h = (0.6, 0.8)$
# and `dh` $= (0, 1)$: only the last output counts. Then $\delta_h^{(2)} = 1 \cdot (1 - 0.64) = 0.36$. One step earlier
# the output adds nothing, and $0.5 \cdot 0.36 = 0.18$ comes back: $\delta_h^{(1)} = 0.18 \cdot (1 - 0.36) = 0.1152$.
# So $\mathrm{d}b_h = 0.4752$, $\mathrm{d}W_{hh} = 0.36 \cdot 0.6 + 0.1152 \cdot 0 = 0.216$ and
# $\mathrm{d}h^{(0)} = 0.5 \cdot 0.1152 = 0.0576$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Walk from the last step to the first. Carry one array with you: what step $t$ receives from step $t+1$.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `delta_h` is `(B, H)`. A weight's gradient has the weight's shape: `(H, B) @ (B, D)` is `(H, D)`. The sum over the
# batch is hidden in that product; for `b_h` you write it yourself.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `delta_h = (dh[t] + dh_next) * ...`, then `dW_xh += ... @ x[t]`, and at the end of the turn `dh_next = delta_h @ ...`.
# Before the first step comes `h0`, not `h[-1]`.
#
# </details>


# %% nbgrader={"grade_id": "rnn_backward", "solution": true}
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    """BPTT: dh (T, B, H) -> dx (T, B, D), dh0 (B, H), dW_xh (H, D), dW_hh (H, H), db_h (H,)."""
    ### BEGIN SOLUTION
    dx = np.zeros_like(x)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t > 0 else h0
        delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dW_xh += delta_h.T @ x[t]
        dW_hh += delta_h.T @ h_prev
        db_h += delta_h.sum(axis=0)
        dx[t] = delta_h @ W_xh
        dh_next = delta_h @ W_hh
    return dx, dh_next, dW_xh, dW_hh, db_h
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-rnn_backward", "grade": true}
check.rnn_backward(rnn_backward)

# %% [markdown]
# ## Why this matters
#
# The lab sends a gradient back from the last state and measures how much of it arrives, step by step. The slider sets
# the spectral radius of $W_{hh}$. Move it below 1, and the past goes silent; move it far above 1, and the gradient
# grows until tanh saturates. Once the check above is passed, the points in the picture come from *your* `rnn_backward`.

# %%
labs.spectral_radius(rnn_backward if check.passed(rnn_backward) else None)

# %% [markdown]
# **Next:** chapter 5 builds a cell in which the gradient has a second way back.
