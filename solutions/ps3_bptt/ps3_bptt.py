# %% [markdown]
# # Problem set 3: backpropagation through time
#
# **You will be able to** write the backward pass of an RNN by hand, to find out by yourself whether a gradient is
# right, and to see with your own function why long memories are hard to learn.
#
# **Time:** about two and a half hours. **Points:** 100. **Read first:** chapter 3, *Loss and BPTT*.
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
# ## 3. Is a gradient right?
#
# You have just been told whether your gradient is right. Outside of this course nobody will tell you, so write the
# function that does. It receives a loss $f$, a function $\mathrm{d}f$ that claims to be its gradient, and a point:
#
# $$\text{numerical}_i = \frac{f(\theta + \epsilon e_i) - f(\theta - \epsilon e_i)}{2\epsilon},\qquad
#   \text{error} = \frac{\lVert \mathrm{d}f(\theta) - \text{numerical} \rVert}
#                       {\max(\lVert \mathrm{d}f(\theta) \rVert,\, \lVert \text{numerical} \rVert)}$$
#
# Take $\epsilon = 10^{-6}$ and accept an error of up to $10^{-5}$. Two gradients that are both zero agree. A gradient
# that holds `nan`, or that has not the shape of $\theta$, is wrong.
#
# | argument | shape | what it is |
# |---|---|---|
# | `f` | callable | `f(theta)` is a number |
# | `df` | callable | `df(theta)` claims to be the gradient, in the shape of `theta` |
# | `theta` | any shape | float64; leave it as it was |
# | returns | `True` or `False` | whether the gradient is right |
#
# The check hands you eight right gradients, some tiny, some huge, one zero, and fourteen planted bugs. Accept the ones,
# reject the others.
#
# **In numbers.** $f(\theta) = \theta^3$ at $\theta = 1$ with $\epsilon = 0.1$: $(1.331 - 0.729) / 0.2 = 3.01$. The true
# slope is 3, so the error is $0.01 / 3.01 = 0.003$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Move one entry at a time, up and down, and put it back. At the end compare whole arrays: how long is the difference,
# next to the longer of the two?
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `np.ndindex(theta.shape)` walks through all places of an array of any shape. NumPy subtracts a number from a matrix
# without complaint: compare the shapes before you subtract.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `numerical[index] = (f(theta + step) - f(...)) / (...)`, where `step` is zero but at `index`. Write the last
# comparison as `distance <= tolerance * scale`: then it needs no division, and `nan` fails it.
#
# </details>


# %% nbgrader={"grade_id": "gradient_check", "solution": true}
def gradient_check(f, df, theta):
    """Whether df(theta) is the gradient of f at theta: True or False."""
    ### BEGIN SOLUTION
    claimed = np.asarray(df(theta.copy()))
    if claimed.shape != theta.shape:
        return False
    numerical = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        step = np.zeros_like(theta)
        step[index] = 1e-6
        numerical[index] = (f(theta + step) - f(theta - step)) / 2e-6
    distance = np.linalg.norm(claimed - numerical)
    return bool(distance <= 1e-5 * max(np.linalg.norm(claimed), np.linalg.norm(numerical)))
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-gradient_check", "grade": true}
check.gradient_check(gradient_check)

# %% [markdown]
# ## 4. How much of a gradient arrives?
#
# Let the loss read the last state alone. A gradient $\partial\mathcal L/\partial h^{(T)}$ goes back through one tanh
# and one $W_{hh}$ per step,
#
# $$\frac{\partial\mathcal L}{\partial h^{(t-1)}} = W_{hh}^\top \Bigl(\frac{\partial\mathcal L}{\partial h^{(t)}} \odot
#   \bigl(1 - h^{(t)} \odot h^{(t)}\bigr)\Bigr)$$
#
# and you measure its length on the way, sample by sample: $\lVert\partial\mathcal L/\partial h^{(T-k)}\rVert$ at lag
# $k$.
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh_T` | `(B, H)` | the gradient at the last state |
# | `h` | `(T, B, H)` | $h^{(1)}$ to $h^{(T)}$ |
# | `W_hh` | `(H, H)` | |
# | returns `norms` | `(T + 1, B)` | row $k$ is lag $k$: row 0 is the length of `dh_T`, row $T$ belongs to $h^{(0)}$ |
#
# **In numbers.** $B = H = 1$, $W_{hh} = 0.5$, $h = (0.6, 0.8)$ and `dh_T` $= 1$: the rows are 1, then
# $0.5 \cdot 0.36 = 0.18$, then $0.5 \cdot 0.18 \cdot 0.64 = 0.0576$.
#
# <details><summary>Hint 1: the idea</summary>
#
# It is `rnn_backward` without weights, without inputs and without outputs: what is left is the loop and one product.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# The length of each row of a `(B, H)` array is a `(B,)` array. On the way from lag $k - 1$ to lag $k$ the gradient
# passes the tanh that made `h[T - k]`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `norms = [np.linalg.norm(dh_T, axis=1)]`, and for each `h_t` of `h[::-1]` one line that moves `dh_t`, one that
# measures.
#
# </details>


# %% nbgrader={"grade_id": "gradient_norm_by_lag", "solution": true}
def gradient_norm_by_lag(dh_T, h, W_hh):
    """Lengths by lag: dh_T (B, H), h (T, B, H) -> norms (T + 1, B)."""
    ### BEGIN SOLUTION
    dh_t, norms = dh_T, [np.linalg.norm(dh_T, axis=1)]
    for h_t in h[::-1]:
        dh_t = (dh_t * (1 - h_t**2)) @ W_hh
        norms.append(np.linalg.norm(dh_t, axis=1))
    return np.array(norms)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-gradient_norm_by_lag", "grade": true}
check.gradient_norm_by_lag(gradient_norm_by_lag)

# %% [markdown]
# ## 5. A sequence without an end
#
# BPTT keeps every state until the backward pass has used it. For a text of a million characters that is too many. So
# cut the sequence into chunks of $\tau$ steps, and run forwards and backwards chunk by chunk. Two things cross a cut
# in different ways:
#
# - the **state is carried**: a chunk starts from the state in which the last one ended;
# - the **gradient is cut**: at the end of every chunk $\delta_h$ starts from zero again.
#
# So what comes back to $h^{(t)}$ from the next step is dropped where a chunk ends,
#
# $$\delta_h^{(t)} = \Bigl(\mathrm{d}h^{(t)} + 1[t \text{ is not the end of a chunk}]\; W_{hh}^\top\,
#   \delta_h^{(t+1)}\Bigr) \odot \bigl(1 - h^{(t)} \odot h^{(t)}\bigr)$$
#
# and the gradients of the weights are summed over all chunks. (In training you would update after each chunk.)
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh` | `(T, B, H)` | what reaches each $h^{(t)}$ through its own output |
# | `x`, `h0` | `(T, B, D)`, `(B, H)` | the inputs, and the state before the first chunk |
# | `W_xh`, `W_hh`, `b_h` | `(H, D)`, `(H, H)`, `(H,)` | the weights |
# | `tau` | integer | steps per chunk; if $T$ is no multiple of it, the last chunk is shorter |
# | returns `h` | `(T, B, H)` | all states, of all chunks |
# | returns `dW_xh`, `dW_hh`, `db_h` | `(H, D)`, `(H, H)`, `(H,)` | |
#
# You may call `rnn_forward`, which is given at the top, and your own `rnn_backward`: both work on one chunk as they
# work on a whole sequence. Or write one loop that knows where a chunk ends: then this exercise stands by itself.
#
# **In numbers.** The numbers of `rnn_backward`: $T = 2$, states $h = (0.6, 0.8)$, `dh` $= (0, 1)$. There
# $\delta_h^{(2)} = 0.36$ and $\delta_h^{(1)} = 0.1152$. With $\tau = 1$ nothing comes back across the cut, so
# $\delta_h^{(1)} = 0$. $\mathrm{d}b_h$ is 0.36, and $\mathrm{d}W_{hh}$ is still $0.36 \cdot 0.6 = 0.216$: the carried
# state is a number that $W_{hh}$ multiplied.
#
# <details><summary>Hint 1: the idea</summary>
#
# A loop over the starts of the chunks. In it: forwards, keep the last state, backwards, add.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `x[start : start + tau]` may have fewer than `tau` steps: a slice stops at the end by itself.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# Loop over `range(0, len(x), tau)`, cut with `slice(start, ...)`, and the next chunk's state is `h_chunk[-1]`.
#
# </details>


# %% nbgrader={"grade_id": "truncated_bptt", "solution": true}
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    """Chunks of tau steps: dh (T, B, H) -> h (T, B, H), dW_xh (H, D), dW_hh (H, H), db_h (H,)."""
    ### BEGIN SOLUTION
    h = rnn_forward(x, h0, W_xh, W_hh, b_h)  # nothing is cut on the way forwards
    before = np.concatenate([h0[None], h[:-1]])
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    from_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        ends_chunk = (t + 1) % tau == 0
        delta_h = (dh[t] + (0 if ends_chunk else from_next)) * (1 - h[t] ** 2)
        from_next = delta_h @ W_hh
        dW_xh += delta_h.T @ x[t]
        dW_hh += delta_h.T @ before[t]
        db_h += delta_h.sum(axis=0)
    return h, dW_xh, dW_hh, db_h
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-truncated_bptt", "grade": true}
check.truncated_bptt(truncated_bptt)

# %% [markdown]
# ## Why this matters
#
# The lab sends a gradient back from the last state and measures how much of it arrives, step by step. The slider sets
# the spectral radius of $W_{hh}$. Move it below 1, and the past goes silent; move it far above 1, and the gradient
# grows until tanh saturates. Once `rnn_backward` has passed its check, the points in the picture come from *yours*.

# %%
labs.spectral_radius(rnn_backward if check.passed(rnn_backward) else None)

# %% [markdown]
# **Next:** chapter 5 builds a cell in which the gradient has a second way back.
