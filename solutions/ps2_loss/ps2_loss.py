# %% [markdown]
# # Problem set 2: the loss
#
# **You will be able to** turn logits into a loss that never overflows, and send its gradient back to the logits, for
# classes, for yes-or-no questions and for real numbers.
#
# **Time:** about 60 minutes. **Points:** 100. **Read first:** chapter 3, *The loss* and *From the loss to the logits*.
#
# The notes call $\delta_y$ the "output-layer gradient" and never say what it is. After this problem set you will know:
# it is $\partial\mathcal L/\partial z$, and it is where every backward pass of this course begins.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np

from rnncourse import check

# %% [markdown]
# ## 1. Softmax
#
# The output layer returns $K$ logits for each guess: any real numbers. Softmax makes probabilities of them:
#
# $$\hat y_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# On paper that is all. On a computer $e^{1000}$ is infinity, and infinity over infinity is `nan`. But softmax does not
# notice a constant that is added to all $K$ logits of a guess. Add one that keeps every exponent harmless.
#
# | argument | shape | what it is |
# |---|---|---|
# | `z` | `(T, B, K)` | logits: one guess for each step and sample, $K$ classes each |
# | returns `y_hat` | `(T, B, K)` | probabilities: the $K$ numbers of one guess add up to 1 |
#
# **In numbers.** $z = (2, 1, 0)$: $e^z = (7.389, 2.718, 1)$ with sum $11.107$, so $\hat y = (0.665, 0.245, 0.090)$.
# The logits $(1002, 1001, 1000)$ differ from these by a constant, so they have to give the same three probabilities.
#
# <details><summary>Hint 1: the idea</summary>
#
# Which constant makes the largest exponent of each guess exactly 0? Nothing overflows then, and the sum is at least 1.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# The classes are on the last axis. A maximum over it is `(T, B)`, or `(T, B, 1)` with `keepdims=True`. Only one of the
# two can be subtracted from `(T, B, K)`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `e = np.exp(z - z.max(...))`, and then `e` divided by its own sum, over the same axis.
#
# </details>


# %% nbgrader={"grade_id": "softmax", "solution": true}
def softmax(z):
    """Probabilities from logits of any size: z (T, B, K) -> y_hat (T, B, K)."""
    ### BEGIN SOLUTION
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-softmax", "grade": true}
check.softmax(softmax)

# %% [markdown]
# ## 2. Cross-entropy and its gradient
#
# How wrong is the network, in one number? Look up the probability that the true class $c$ received, and take minus its
# logarithm. Then sum over the steps that count, and take the mean over the batch:
#
# $$\mathcal L = -\frac1B \sum_{b=1}^{B}\sum_{t=1}^{T} m^{(t)}_b \, \log \hat y^{(t)}_{b,c}
#   \qquad\text{and}\qquad
#   \delta_y^{(t)} = \frac{\partial\mathcal L}{\partial z^{(t)}}
#   = \frac{m^{(t)}}{B}\,\bigl(\hat y^{(t)} - y^{(t)}\bigr)$$
#
# In the second formula $y^{(t)}$ is one-hot: 1 at the true class, 0 elsewhere. The mask $m$ is 1 where a step counts
# and 0 where it is padding. It stands in both formulas, and so does $1/B$.
#
# One trap is left. A stable softmax may still return exactly 0 for the true class, and $\log 0$ is $-\infty$. So do not
# call softmax and then the logarithm. Take the logarithm on paper first, where it cancels the exponential:
#
# $$\log\hat y_k = (z_k - s) - \log\sum_j e^{z_j - s}\qquad\text{with}\qquad s = \max_j z_j$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `z` | `(T, B, K)` | logits |
# | `y` | `(T, B)` | the true classes, integers from 0 to $K - 1$ |
# | `mask` | `(T, B)` | 1.0 where the step counts, 0.0 where it does not |
# | returns `loss` | `()` | a number |
# | returns `delta_y` | `(T, B, K)` | gradient of the loss with respect to `z` |
#
# **In numbers.** $T = 2$, $B = 1$, $K = 3$. At both steps $z = (2, 1, 0)$ and the true class is 1, and only the first
# step counts. Then $\mathcal L = -\log 0.2447 = 1.408$, $\delta_y^{(1)} = (0.665, -0.755, 0.090)$ and
# $\delta_y^{(2)} = (0, 0, 0)$. The entries of $\delta_y^{(1)}$ add up to 0: what the true class gains, the others lose.
#
# <details><summary>Hint 1: the idea</summary>
#
# Compute `log_y_hat` by the last formula. The loss reads one entry of it for each guess. The gradient needs `np.exp`
# of it.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `np.eye(K)` has one row for each class, and `np.eye(K)[y]` looks up a row for each entry of `y`: it is `(T, B, K)`.
# The mask `(T, B)` meets it as `mask[..., None]`, which is `(T, B, 1)`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `log_y_hat = shifted - np.log(...)`, `loss = -(mask[..., None] * ... * log_y_hat).sum() / ...` and
# `delta_y = mask[..., None] * (... - ...) / ...`.
#
# </details>


# %% nbgrader={"grade_id": "cross_entropy", "solution": true}
def cross_entropy(z, y, mask):
    """Loss and gradient: z (T, B, K), classes y (T, B), mask (T, B) -> loss (), delta_y (T, B, K)."""
    ### BEGIN SOLUTION
    _, B, K = z.shape
    shifted = z - z.max(axis=-1, keepdims=True)
    log_y_hat = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    onehot = np.eye(K)[y]
    loss = -(mask[..., None] * onehot * log_y_hat).sum() / B
    delta_y = mask[..., None] * (np.exp(log_y_hat) - onehot) / B
    return loss, delta_y
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-cross_entropy", "grade": true}
check.cross_entropy(cross_entropy)

# %% [markdown]
# ## 3. Three heads, one line
#
# A *head* is an output activation and the loss that goes with it. There are three of them in daily use, for three kinds
# of question, and their gradients are the same line with another prediction and another constant:
#
# $$\delta_y = \kappa\,\frac{\hat y - y}{B}$$
#
# | `head` | the question | prediction $\hat y$ | loss of one guess | target `y` |
# |---|---|---|---|---|
# | `"softmax"` | which of $K$ classes? | softmax of $z$ | $-\sum_k y_k\log\hat y_k$ | one-hot |
# | `"sigmoid"` | $K$ times yes or no? | $1/(1 + e^{-z_k})$ | $-\sum_k \log p_k$, see below | 0 or 1 |
# | `"identity"` | which $K$ numbers? | $z$ itself | $\frac1K\sum_k(\hat y_k - y_k)^2$ | real numbers |
#
# In the sigmoid's loss $p_k$ is the probability that the network gives to the right answer: $\hat y_k$ if $y_k = 1$,
# and $1 - \hat y_k$ if $y_k = 0$. The loss is again the sum over time and the mean over the batch, and here every step
# counts. **Find the three constants $\kappa$ with a pencil**, by differentiating each loss with respect to $z_k$. Two
# of them are alike.
#
# | argument | shape | what it is |
# |---|---|---|
# | `z` | `(T, B, K)` | logits; those of the sigmoid head may be ±1000 |
# | `y` | `(T, B, K)` | targets: one-hot, 0 or 1, or real numbers, by the head |
# | `head` | text | `"softmax"`, `"sigmoid"` or `"identity"` |
# | returns `delta_y` | `(T, B, K)` | gradient of the loss with respect to `z` |
#
# **In numbers**, with $T = B = 1$. Softmax: $z = (2, 1, 0)$, $y = (0, 1, 0)$ gives $(0.665, -0.755, 0.090)$. Sigmoid:
# $z = 0.5$, $y = 1$ gives $0.622 - 1 = -0.378$. Identity: $z = (3, 5, 2, 0)$, $y = (1, 5, 2, 0)$ gives $(1, 0, 0, 0)$:
# the guess is 2 too high in one of $K = 4$ numbers. Which $\kappa$ makes 1 of this 2?
#
# <details><summary>Hint 1: the idea</summary>
#
# Choose `y_hat` and `kappa` in each branch, and write the last line once, after the branches. You may call your
# `softmax`.
#
# </details>
# <details><summary>Hint 2: the constants</summary>
#
# In the first two the activation's derivative cancels against the loss's, and nothing is left in front. In the third
# there is nothing to cancel: a 2 comes down from the square, and the mean divides.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# In each of the three branches `y_hat, kappa = ..., ...`; at the end `return kappa * (... - ...) / ...`.
# Of `1 / (1 + np.exp(-z))` and `np.exp(z) / (1 + np.exp(z))` one survives $z = 1000$.
#
# </details>


# %% nbgrader={"grade_id": "delta_y_heads", "solution": true}
def delta_y_heads(z, y, head):
    """Gradient with respect to the logits: z, y (T, B, K) -> delta_y (T, B, K)."""
    ### BEGIN SOLUTION
    _, B, K = z.shape
    if head == "softmax":
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        y_hat, kappa = e / e.sum(axis=-1, keepdims=True), 1
    elif head == "sigmoid":
        y_hat, kappa = 0.5 * (1 + np.tanh(0.5 * z)), 1
    else:
        y_hat, kappa = z, 2 / K
    return kappa * (y_hat - y) / B
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-delta_y_heads", "grade": true}
check.delta_y_heads(delta_y_heads)

# %% [markdown]
# ## Why this matters
#
# **A confident mistake should hurt.** The answer to a yes-or-no question is yes, and the logit says no, more and more
# firmly to the left. The solid line is your `delta_y_heads`. The dashed one has the factor $\hat y(1 - \hat y)$ once
# more, the mistake called `extra-derivative`. Where is the network most wrong, and which of the two still tells it so?

# %%
if check.passed(delta_y_heads):
    from rnncourse.plotting.figure import show

    z = np.linspace(-8, 8, 161)
    y_hat = 1 / (1 + np.exp(-z))
    delta_y = delta_y_heads(z[None, None, :], np.ones((1, 1, 161)), "sigmoid")[0, 0]
    fig, ax = plt.subplots(figsize=(6, 3))
    ax.plot(z, delta_y, "-")
    ax.plot(z, delta_y * y_hat * (1 - y_hat), "--")
    ax.annotate("yours", (-7.5, -0.93))
    ax.annotate("extra-derivative", (-7.5, -0.11))
    ax.set(xlabel="logit z, and the answer is yes", ylabel=r"$\delta_y$", title="Who corrects a confident mistake?")
    found = f"At z = -8 your gradient is {delta_y[0]:.2f} and the other one {(delta_y * y_hat * (1 - y_hat))[0]:.2f}."
    show(fig, f"{found} Yours rises from there to 0; the other is near 0 at both ends and lowest in the middle.")
else:
    print("The picture appears once delta_y_heads is right.")

# %% [markdown]
# **Your gradient can train already.** Below, a recurrent network with random weights, which nobody trains, reads
# sequences of four symbols. Only the output layer learns, by your `cross_entropy`, and the question is: *which symbol
# came three steps ago?* The first three steps have no answer, so the mask leaves them out. Guessing would cost
# $\log 4 = 1.386$ for each step that counts. How much of the past does an untrained state already hold?

# %%
if check.passed(cross_entropy):
    from rnncourse.plotting.figure import show

    rng = np.random.default_rng(0)
    T, B, H, K, lag = 20, 64, 100, 4, 3
    symbols = rng.integers(K, size=(T, B))
    x, y = np.eye(K)[symbols], np.roll(symbols, lag, axis=0)
    mask = np.ones((T, B))
    mask[:lag] = 0

    W_xh = rng.standard_normal((H, K))
    W_hh = 0.9 * np.linalg.qr(rng.standard_normal((H, H)))[0]
    h, h_t = np.zeros((T, B, H)), np.zeros((B, H))
    for t in range(T):
        h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T)
        h[t] = h_t

    W_hy, b_y, losses = np.zeros((K, H)), np.zeros(K), []
    for _ in range(200):
        z = h @ W_hy.T + b_y
        loss, delta_y = cross_entropy(z, y, mask)
        W_hy -= 0.02 * np.einsum("tbk,tbh->kh", delta_y, h)
        b_y -= 0.02 * delta_y.sum(axis=(0, 1))
        losses.append(loss / (T - lag))
    right = ((z.argmax(axis=-1) == y) * mask).sum() / mask.sum()
    fig, ax = plt.subplots(figsize=(6, 3))
    ax.plot(losses)
    ax.axhline(np.log(K), linestyle=":")
    ax.annotate("guessing", (150, np.log(K)), xytext=(0, -12), textcoords="offset points")
    ax.set(xlabel="step of gradient descent", ylabel="loss per guess", title=f"{right:.0%} of the guesses are right")
    found = (
        f"The loss per guess goes from {losses[0]:.2f} to {losses[-1]:.2f}, and {right:.0%} of the guesses are right."
    )
    show(fig, f"{found} One curve over 200 steps, and a dotted line at {np.log(K):.2f}, the cost of guessing.")
else:
    print("The picture appears once cross_entropy is right.")

# %% [markdown]
# Change `lag` to 10 and run the cell again: two guesses in five are right. To make the state keep what is *worth*
# keeping takes gradients for `W_hh` and `W_xh` as well.
#
# **Next:** problem set 3 carries your $\delta_y$ on, through the state and back through time.
