# %% [markdown]
# # Problem set 6: beyond
#
# **You will be able to** write a GRU forwards and backwards, hand your own backward pass to torch, let a network write
# text, and name a bug when you see one.
#
# **Time:** about three hours. **Points:** 100. **Read first:** chapter 5 for the GRU, chapter 6, *Long memory*, for
# writing text, and chapter 7, *From equations to a GPU*, for torch.
#
# The check at the end of an exercise compares each of your results with the reference, one by one. A wrong one is
# answered with the mistake's name, the kind of line to look for, and the section of the book that explains it.

# %% nbgrader={"grade_id": "setup", "locked": true}
import matplotlib.pyplot as plt
import numpy as np

from rnncourse import check


def sigmoid(a):
    """1 / (1 + exp(-a)), and no overflow at -1000."""
    return 0.5 * (1 + np.tanh(0.5 * a))


# %% [markdown]
# ## 1. One step of a GRU
#
# The GRU has one state and two gates. The *reset* gate says how much of the past the candidate may see; the *update*
# gate says how much of the old state stays. With $v^{(t)} = [h^{(t-1)};\, x^{(t)}]$, **h first**:
#
# $$r = \sigma(W_r v + b_r),\qquad u = \sigma(W_u v + b_u),\qquad
#   n = \tanh\bigl(W_{xn} x + b_{xn} + r \odot (W_{hn} h^{(t-1)} + b_{hn})\bigr)$$
#
# $$h^{(t)} = (1 - u) \odot n + u \odot h^{(t-1)}$$
#
# This is the form of torch and cuDNN: $r$ scales the *result* of the product with $W_{hn}$, bias and all. $u = 1$
# keeps the old state.
#
# | argument | shape | what it is |
# |---|---|---|
# | `x_t`, `h_prev` | `(B, D)`, `(B, H)` | what comes in, and the state before |
# | `W_r`, `W_u` | `(H, H + D)` | from $[h; x]$ to each gate |
# | `W_xn`, `W_hn` | `(H, D)`, `(H, H)` | from the input and from the state to the candidate |
# | `b_r`, `b_u`, `b_xn`, `b_hn` | `(H,)` | biases |
# | returns `r_t`, `u_t`, `n_t`, `h_t` | `(B, H)` each | both gates, the candidate and the new state |
#
# **In numbers.** With $B = D = H = 1$, $x = 1$, $h^{(t-1)} = 0.5$, all weights 1 and all biases 0: both gates are
# $\sigma(1.5) = 0.8176$, the candidate is $\tanh(1 + 0.8176 \cdot 0.5) = \tanh 1.4088 = 0.8872$, and
# $h^{(t)} = 0.1824 \cdot 0.8872 + 0.8176 \cdot 0.5 = 0.5706$.
#
# <details><summary>Hint 1: the idea</summary>
#
# Two gates that look alike, one candidate, and an average of the candidate and the old state.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `np.concatenate([h_prev, x_t], axis=1)` is `(B, H + D)`; `W_r.T` is `(H + D, H)`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * (...))`. The bracket holds a product and a bias.
#
# </details>


# %% nbgrader={"grade_id": "gru_step", "solution": true}
def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    """One GRU step: x_t (B, D), h_prev (B, H) -> r_t, u_t, n_t, h_t, each (B, H)."""
    ### BEGIN SOLUTION
    v_t = np.concatenate([h_prev, x_t], axis=1)
    r_t = sigmoid(v_t @ W_r.T + b_r)
    u_t = sigmoid(v_t @ W_u.T + b_u)
    n_t = np.tanh(x_t @ W_xn.T + b_xn + r_t * (h_prev @ W_hn.T + b_hn))
    return r_t, u_t, n_t, (1 - u_t) * n_t + u_t * h_prev
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-gru_step", "grade": true}
check.gru_step(gru_step)

# %% [markdown]
# ## 2. Back through the GRU
#
# Four arrows leave $h^{(t-1)}$: to $r$, to $u$, to the candidate, and straight on to $h^{(t)}$. So four terms come
# back. Call $m = W_{hn} h^{(t-1)} + b_{hn}$ and let $\mathrm{d}h$ stand for $\partial\mathcal L/\partial h^{(t)}$,
# with both of *its* arrows already added:
#
# $$\delta_u = \mathrm{d}h \odot (h^{(t-1)} - n) \odot u (1-u),\qquad
#   \delta_n = \mathrm{d}h \odot (1-u) \odot (1 - n^2)$$
#
# $$\delta_m = \delta_n \odot r,\qquad \delta_r = \delta_n \odot m \odot r (1-r)$$
#
# Each $\delta$ is the gradient at a product's exit. The weights get $\delta$ times what went in, summed over steps
# and samples; the input and the previous state get $W^\top \delta$ from every product that they went into, and the
# state gets $\mathrm{d}h \odot u$ on top, through no weight at all.
#
# | argument | shape | what it is |
# |---|---|---|
# | `dh` | `(T, B, H)` | what reaches each $h^{(t)}$ through its own output |
# | `x`, `h0`, `h` | `(T, B, D)`, `(B, H)`, `(T, B, H)` | inputs, first state, and the states of the forward pass |
# | `W_r`, `W_u` | `(H, H + D)` | weights of the two gates; recompute the gates from them |
# | `W_xn`, `W_hn` | `(H, D)`, `(H, H)` | weights of the candidate |
# | `b_r`, `b_u`, `b_xn`, `b_hn` | `(H,)` | biases |
# | returns `dx`, `dh0` | `(T, B, D)`, `(B, H)` | |
# | returns `dW_r`, `dW_u`, `dW_xn`, `dW_hn`, `db_r`, `db_u`, `db_xn`, `db_hn` | as the parameters | ten values in all |
#
# **In numbers.** The step of `gru_step`, $h^{(t-1)} = 0.5$, $r = u = 0.8176$, $n = 0.8872$, with $\mathrm{d}h = 1$:
# $\delta_u = (0.5 - 0.8872) \cdot 0.8176 \cdot 0.1824 = -0.0578$, $\delta_n = 0.1824 \cdot (1 - 0.7872) = 0.0388$,
# $\delta_m = 0.0317$ and $\delta_r = 0.0388 \cdot 0.5 \cdot 0.1491 = 0.0029$. So
# $\mathrm{d}h^{(t-1)} = 0.0029 - 0.0578 + 0.0317 + 0.8176 = 0.7945$: nearly all of it came straight through. (Computed
# with all digits, shown with four.)
#
# <details><summary>Hint 1: the idea</summary>
#
# It is `rnn_backward` with four deltas in the place of one. Walk from the last step to the first and carry `dh_next`.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `delta_r @ W_r` is `(B, H + D)`: its first `H` columns belong to $h^{(t-1)}$ and the others to $x^{(t)}$.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `dv = delta_r @ W_r + ...`, `dh_next = dv[:, :H] + delta_m @ ... + ...`. `dW_hn` and `db_hn` are made of `delta_m`,
# and `dW_xn` and `db_xn` of `delta_n`.
#
# </details>


# %% nbgrader={"grade_id": "gru_backward", "solution": true}
def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
    """BPTT for a GRU: dh (T, B, H) -> dx, dh0, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn."""
    ### BEGIN SOLUTION
    H = len(b_r)
    dx, dh_next = np.zeros_like(x), np.zeros_like(h0)
    dW_r, dW_u, dW_xn, dW_hn = (np.zeros_like(W) for W in (W_r, W_u, W_xn, W_hn))
    db_r, db_u, db_xn, db_hn = np.zeros((4, H))
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t > 0 else h0
        v = np.concatenate([h_prev, x[t]], axis=1)
        r, u = sigmoid(v @ W_r.T + b_r), sigmoid(v @ W_u.T + b_u)
        m = h_prev @ W_hn.T + b_hn
        n = np.tanh(x[t] @ W_xn.T + b_xn + r * m)
        dh_t = dh[t] + dh_next
        delta_u = dh_t * (h_prev - n) * u * (1 - u)
        delta_n = dh_t * (1 - u) * (1 - n**2)
        delta_m = delta_n * r
        delta_r = delta_n * m * r * (1 - r)
        dW_r, dW_u = dW_r + delta_r.T @ v, dW_u + delta_u.T @ v
        dW_xn, dW_hn = dW_xn + delta_n.T @ x[t], dW_hn + delta_m.T @ h_prev
        db_r, db_u = db_r + delta_r.sum(axis=0), db_u + delta_u.sum(axis=0)
        db_xn, db_hn = db_xn + delta_n.sum(axis=0), db_hn + delta_m.sum(axis=0)
        dv = delta_r @ W_r + delta_u @ W_u
        dx[t] = dv[:, H:] + delta_n @ W_xn
        dh_next = dv[:, :H] + delta_m @ W_hn + dh_t * u
    return dx, dh_next, dW_r, dW_u, dW_xn, dW_hn, db_r, db_u, db_xn, db_hn
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-gru_backward", "grade": true}
check.gru_backward(gru_backward)

# %% [markdown]
# ### Why this matters: a gate against forgetting
#
# A gradient of length 1 at the last of $T$ states: how much of it is left at $h^{(0)}$? The picture sends it back
# through a random GRU, by *your* two functions, for three values of the update gate's bias. What does a bias of 3 do
# to $u$?

# %%
if check.passed(gru_step) and check.passed(gru_backward):
    from rnncourse.plotting.figure import show

    found = []
    fig, ax = plt.subplots(figsize=(7, 3.5))
    rng = np.random.default_rng(0)
    B, D, H = 8, 4, 32
    gates = rng.normal(0, 1 / np.sqrt(H + D), (2, H, H + D))
    to_n = rng.normal(0, 1 / np.sqrt(D), (H, D)), rng.normal(0, 1 / np.sqrt(H), (H, H))
    for bias, dash in ((0, ":"), (1, "--"), (3, "-")):
        biases = np.zeros(H), np.full(H, float(bias)), np.zeros(H), np.zeros(H)
        left = []
        for T in range(1, 51):
            x, h0, h_t, h = 0.3 * rng.standard_normal((T, B, D)), np.zeros((B, H)), np.zeros((B, H)), []
            for x_t in x:
                *_, h_t = gru_step(x_t, h_t, *gates, *to_n, *biases)
                h.append(h_t)
            dh = np.zeros((T, B, H))
            dh[-1] = rng.standard_normal((B, H))
            dh[-1] /= np.linalg.norm(dh[-1], axis=1, keepdims=True)
            _, dh0, *_ = gru_backward(dh, x, h0, np.array(h), *gates, *to_n, *biases)
            left.append(np.linalg.norm(dh0, axis=1).mean())
        ax.semilogy(range(1, 51), left, dash, label=f"bias of u: {bias}")
        found.append(f"bias of u {bias}: after 50 steps {left[-1]:.1e} is left")
        print(found[-1])
    ax.set(xlabel="steps T", ylabel="length of the gradient at h0")
    ax.legend(frameon=False)
    show(fig, f"{'; '.join(found)}. Three falling lines over 50 steps; the larger the bias, the flatter.")
else:
    print("Comes alive once gru_step and gru_backward have passed.")

# %% [markdown]
# ## 3. Your backward pass in torch
#
# torch differentiates whatever you compute with it. You can also tell it how: a `torch.autograd.Function` has two
# static functions, and torch calls the second one when it needs the gradient of the first. The equations are those of
# problem set 3; nothing in them knows on which device the numbers lie:
#
# $$\delta_h^{(t)} = \bigl(\mathrm{d}h^{(t)} + W_{hh}^\top\, \delta_h^{(t+1)}\bigr) \odot
#   \bigl(1 - h^{(t)} \odot h^{(t)}\bigr),\qquad
#   \mathrm{d}W_{hh} = \sum_t \delta_h^{(t)} h^{(t-1)\top}\quad\text{and so on}$$
#
# | function | receives | returns |
# |---|---|---|
# | `forward(ctx, x, h0, W_xh, W_hh, b_h)` | `(T, B, D)`, `(B, H)`, `(H, D)`, `(H, H)`, `(H,)` | `h`, `(T, B, H)` |
# | `backward(ctx, dh)` | `(T, B, H)`: gradient with respect to `h` | five gradients, `dx` first |
#
# What backward will need, forward hands over with `ctx.save_for_backward(...)`; backward finds it in
# `ctx.saved_tensors`. Make new tensors *like* the ones that you were given (`torch.zeros_like`), so that dtype and
# device are theirs. Below your class stands `rnn_function`, which is given: it takes the float64 arrays of the check
# to torch, on a CUDA device if there is one, runs your class forwards and backwards, and brings everything back.
#
# **In numbers.** The example of problem set 3: $T = 2$, $W_{xh} = 1$, $W_{hh} = 0.5$, $h^{(0)} = 0$, states
# $h = (0.6, 0.8)$ and `dh` $= (0, 1)$ give $\mathrm{d}b_h = 0.4752$ and $\mathrm{d}h^{(0)} = 0.0576$ here as well.
#
# <details><summary>Hint 1: the idea</summary>
#
# Your NumPy functions with `np` exchanged for `torch`. `@`, `.T`, slices and `**` are the same.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `torch.stack` makes `(T, B, H)` of a list of `(B, H)`. A sum over the batch is `delta_h.sum(dim=0)`.
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `ctx.save_for_backward(x, h0, ...)` before `return h`; in backward, unpack `ctx.saved_tensors` in the same order.
# The last line returns five tensors, `dx` first.
#
# </details>

# %% nbgrader={"grade_id": "torch-setup", "locked": true}
import torch  # noqa: E402

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
print("This notebook uses", torch.cuda.get_device_name() if device.type == "cuda" else "the CPU")


# %% nbgrader={"grade_id": "RNNFunction", "solution": true}
class RNNFunction(torch.autograd.Function):
    """A tanh RNN whose backward pass is written by hand."""

    @staticmethod
    def forward(ctx, x, h0, W_xh, W_hh, b_h):
        """All time steps: x (T, B, D), h0 (B, H) -> h (T, B, H)."""
        ### BEGIN SOLUTION
        h, h_t = [], h0
        for x_t in x:
            h_t = torch.tanh(x_t @ W_xh.T + h_t @ W_hh.T + b_h)
            h.append(h_t)
        h = torch.stack(h)
        ctx.save_for_backward(x, h0, h, W_xh, W_hh)
        return h
        ### END SOLUTION

    @staticmethod
    def backward(ctx, dh):
        """BPTT: dh (T, B, H) -> dx, dh0, dW_xh, dW_hh, db_h."""
        ### BEGIN SOLUTION
        x, h0, h, W_xh, W_hh = ctx.saved_tensors
        dx, dh_next = torch.zeros_like(x), torch.zeros_like(h0)
        dW_xh, dW_hh, db_h = torch.zeros_like(W_xh), torch.zeros_like(W_hh), torch.zeros_like(W_hh[0])
        for t in reversed(range(len(x))):
            h_prev = h[t - 1] if t > 0 else h0
            delta_h = (dh[t] + dh_next) * (1 - h[t] ** 2)
            dW_xh += delta_h.T @ x[t]
            dW_hh += delta_h.T @ h_prev
            db_h += delta_h.sum(dim=0)
            dx[t] = delta_h @ W_xh
            dh_next = delta_h @ W_hh
        return dx, dh_next, dW_xh, dW_hh, db_h
        ### END SOLUTION


def rnn_function(x, h0, W_xh, W_hh, b_h, dh):
    """h and the gradients of everything that made it, by RNNFunction: arrays in, arrays out."""
    *inputs, arriving = (torch.from_numpy(array).to(device) for array in (x, h0, W_xh, W_hh, b_h, dh))
    inputs = [tensor.requires_grad_() for tensor in inputs]
    h = RNNFunction.apply(*inputs)
    gradients = torch.autograd.grad(h, inputs, arriving, allow_unused=True)
    dh[...] = arriving.cpu()  # on a card it is a copy: should backward write into it, that shows here too
    return tuple(None if value is None else value.detach().cpu().numpy() for value in (h, *gradients))


# %% nbgrader={"grade_id": "check-rnn_function", "grade": true}
check.rnn_function(rnn_function)

# %% [markdown]
# ### Why this matters: all of torch is yours
#
# Once torch knows your Function, everything else of torch works with it: its optimisers, its other layers, its
# devices. Here it learns to add two numbers that are marked in a sequence of 10; always answering 1 would have an
# error of 0.167.

# %%
if check.passed(rnn_function):
    from rnncourse.data import adding_problem

    rng, generator = np.random.default_rng(0), torch.Generator().manual_seed(0)
    W_hh = torch.linalg.qr(torch.randn(32, 32, generator=generator)).Q
    shapes = (
        torch.randn(32, 2, generator=generator),
        W_hh,
        torch.zeros(32),
        0.1 * torch.randn(1, 32, generator=generator),
    )
    theta = [value.to(device).requires_grad_() for value in shapes]
    adam = torch.optim.Adam(theta, lr=0.003)
    for iteration in range(401):
        x, y = (torch.tensor(part, dtype=torch.float32, device=device) for part in adding_problem(10, 64, rng))
        h = RNNFunction.apply(x, x.new_zeros(64, 32), *theta[:3])
        loss = ((h[-1] @ theta[3].T - y) ** 2).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        if iteration % 100 == 0:
            print(f"iteration {iteration:3}: mean squared error {loss.item():.4f}")
else:
    print("Comes alive once rnn_function has passed.")

# %% [markdown]
# ## 4. Draw a character
#
# A character model answers with logits: one number for each of $K$ characters. To write, you draw from
#
# $$p = \operatorname{softmax}\Bigl(\frac{z}{\tau}\Bigr)$$
#
# where the *temperature* $\tau$ says how bold the writer is: at $\tau \to 0$ the likeliest character always wins, at
# $\tau \to \infty$ all are equally likely. The randomness is handed to you as one uniform number per row, so that a
# text can be repeated, and checked: lay the probabilities side by side on $[0, 1)$, class 0 first, and see whose
# interval $u$ falls into. That is the first $k$ with $p_0 + \dots + p_k > u$.
#
# | argument | shape | what it is |
# |---|---|---|
# | `z` | `(B, K)` | logits, a row for each text; they may be as large as 1000 |
# | `temperature` | number | above 0 |
# | `u` | `(B,)` | uniform numbers in $[0, 1)$ |
# | returns `codes` | `(B,)` | integers from 0 to $K - 1$ |
#
# **In numbers.** $z = (\log 2, 0, 0)$ and $\tau = 1$ give $p = (0.5, 0.25, 0.25)$: $u = 0.4$ draws class 0, $u = 0.6$
# class 1 and $u = 0.9$ class 2. At $\tau = 0.5$ it is $p = (0.667, 0.167, 0.167)$, and $u = 0.6$ draws class 0.
#
# <details><summary>Hint 1: the idea</summary>
#
# A softmax, a cumulative sum along each row, and a comparison with `u`.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `np.cumsum(p, axis=1)` is `(B, K)`, and `u[:, None]` is `(B, 1)`. How many of a row's sums are not above its `u`?
#
# </details>
# <details><summary>Hint 3: almost the line</summary>
#
# `(np.cumsum(...) <= ...).sum(axis=1)`.
#
# </details>


# %% nbgrader={"grade_id": "sample", "solution": true}
def sample(z, temperature, u):
    """Draw a class from each row: z (B, K), u (B,) -> codes (B,)."""
    ### BEGIN SOLUTION
    z = z / temperature
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    codes = (np.cumsum(p, axis=1) <= u[:, None]).sum(axis=1)
    return np.minimum(codes, z.shape[1] - 1)
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-sample", "grade": true}
check.sample(sample)

# %% [markdown]
# ## 5. Write a text
#
# Feed the network a character, draw the next one, feed it that one, and so on. The state is **carried** from step to
# step: it is all that the network knows of what it has written. With $k^{(0)}$ the first character and $e_k$ the
# one-hot row of character $k$:
#
# $$h^{(t)} = \tanh\bigl(W_{xh}\, e_{k^{(t-1)}} + W_{hh}\, h^{(t-1)} + b_h\bigr),\qquad
#   k^{(t)} = \operatorname{sample}\bigl(W_{hy}\, h^{(t)} + b_y,\; \tau,\; u^{(t)}\bigr)$$
#
# | argument | shape | what it is |
# |---|---|---|
# | `first` | `(B,)` | codes of the characters before the first one that you write; $B$ texts side by side |
# | `h0` | `(B, H)` | the state to start from |
# | `W_xh`, `W_hh`, `b_h` | `(H, K)`, `(H, H)`, `(H,)` | a tanh RNN that reads characters one-hot, so $D = K$ |
# | `W_hy`, `b_y` | `(K, H)`, `(K,)` | from the state to the logits |
# | `temperature`, `u` | number, `(L, B)` | a row of uniform numbers for each step |
# | returns `codes`, `h_L` | `(L, B)`, `(B, H)` | what was written, and the last state |
#
# You may call your own `sample`.
#
# **In numbers.** $L = 3$, $B = 1$: `first` goes in, `codes[0]` comes out; `codes[0]` goes in, `codes[1]` comes out;
# `codes[1]` goes in, `codes[2]` comes out. `codes[2]` is never read.
#
# <details><summary>Hint 1: the idea</summary>
#
# Per turn: one-hot, one step of the RNN, logits, a draw. Two things live on to the next turn.
#
# </details>
# <details><summary>Hint 2: the shapes</summary>
#
# `np.eye(K)[code]` turns `(B,)` codes into `(B, K)` one-hot rows. What is $K$ here?
#
# </details>
# <details><summary>Hint 3: almost the lines</summary>
#
# `code = sample(h_t @ W_hy.T + b_y, temperature, u[t])`, and before it the step that you know from problem set 1.
#
# </details>


# %% nbgrader={"grade_id": "generate", "solution": true}
def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
    """Write: first (B,), h0 (B, H), u (L, B) -> codes (L, B), h_L (B, H)."""
    ### BEGIN SOLUTION
    codes, code, h_t = [], first, h0
    for u_t in u:
        h_t = np.tanh(np.eye(len(b_y))[code] @ W_xh.T + h_t @ W_hh.T + b_h)
        code = sample(h_t @ W_hy.T + b_y, temperature, u_t)
        codes.append(code)
    return np.array(codes), h_t
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-generate", "grade": true}
check.generate(generate)

# %% [markdown]
# ### Why this matters: your sampler writes
#
# An RNN reads the help texts that come with Python, character by character, for about half a minute. Then *your*
# `generate` lets it write, at three temperatures. Half a minute is little: look for words, indentation and
# punctuation, not for sense. The last number of each text is the share of its words that occur in the help texts.

# %%
if check.passed(sample) and check.passed(generate):
    from rnncourse.data import character_data, corpus
    from rnncourse.training import RNN, Adam, Dense, Model, OneHot, fit

    data = character_data(T=50)
    K, H = len(data.alphabet), 128
    model = Model([OneHot(K), RNN(H), Dense(K)], loss="cross_entropy")
    fitted = fit(
        model, data.x, data.y, epochs=2, batch_size=16, optimiser=Adam(0.004), clip=50, validation=data.validation,
        dtype=np.float32,
    )  # fmt: skip
    print(f"Held out: {fitted.history.val_loss[-1] / 50 / np.log(2):.2f} bits per character.")
    first, h0 = data.alphabet.encode("\n"), np.zeros((1, H))
    known = set(corpus().split())
    for temperature in (0.5, 1.0, 1.5):
        u = np.random.default_rng(1).random((400, 1))
        codes, _ = generate(first, h0, *fitted.params[1], *fitted.params[2], temperature, u)
        text = data.alphabet.decode(codes)
        words = text.split()
        share = sum(word in known for word in words) / len(words)
        print(f"\n--- temperature {temperature} ---\n{text}\n--- {share:.0%} of these words occur in what it read ---")
else:
    print("Comes alive once sample and generate have passed.")

# %% [markdown]
# At temperature 0.5 the writer is careful, and says the same few words again and again. At 1 it writes with the
# frequencies that it has learned. At 1.5 it is bold: most of its words are its own. Training did not change between
# the three texts; one division did.

# %% [markdown]
# ## 6. The bug clinic
#
# Eight functions lie in the ward. Each was healthy in the textbook, and each has **one** bug in **one** line, of the
# kind that people write every day. The chart says what the check sees: which outputs are right, and which are not.
# For each patient, in order, say two things:
#
# - the **name** of what it has, one of those under the ward (a third of them belong to patients here);
# - the **line** that cures it, as it should stand in the place of the sick one.
#
# The name earns 1 point, the cure 1.5: a cure counts when the patient, with your line in it, passes its own check.
# Spaces and the form of the line are yours. `RNNParams`, `activation` and other things of the library's own functions
# are healthy everywhere.
#
# **An example, from another hospital.** An output layer has a wrong `z`, and its line 3 reads `return h @ W_hy.T`. The
# answer is `("no-b_y", "return h @ W_hy.T + b_y")`.
#
# <details><summary>Hint 1: the idea</summary>
#
# The chart first. If `dW_hh` alone is wrong, what the other outputs are made of is healthy. So the sick line is the one
# that makes `dW_hh`, or one whose result goes into that line and nowhere else.
#
# </details>
# <details><summary>Hint 2: where to read</summary>
#
# Most of the names stand in the boxes *What goes wrong here* of the book.
#
# </details>
# <details><summary>Hint 3: almost the form</summary>
#
# `return [("name of patient 1", "line of patient 1"), ("name of patient 2", "line of patient 2"), ...]`: eight pairs.
#
# </details>

# %% nbgrader={"grade_id": "ward", "locked": true}
check.ward()


# %% nbgrader={"grade_id": "bug_clinic", "solution": true}
def bug_clinic():
    """The answers: a list of eight pairs (name, line), in the order of the patients."""
    ### BEGIN SOLUTION
    return [
        ("transposed-W_hh", "a_t = x_t @ W_xh.T + h_prev @ W_hh.T + b_h"),
        ("dW_xh-uses-dh", "dW_xh = delta_h.T @ x_t"),
        ("wraps-round-at-first-step", "h_prev = h[t - 1] if t > 0 else h0"),
        ("activation-missing-on-local-term", "delta_h = dh_t * (1 - h[t] ** 2)"),
        ("h0-in-every-chunk", "h_prev = h[t - 1] if t > start else h_start"),
        ("no-u-on-h_prev", "h_t = (1 - u_t) * n_t + u_t * h_prev"),
        ("candidate-path-skips-reset", "dh_next = dv_t[:, :H] + delta_m @ W_hn + dh_t * u_t"),
        ("temperature-inverted", "z_scaled = z / temperature"),
    ]
    ### END SOLUTION


# %% nbgrader={"grade_id": "check-bug_clinic", "grade": true}
check.bug_clinic(bug_clinic)

# %% [markdown]
# ### Why this matters: the bugs to come
#
# A gradient that is wrong does not crash. The loss falls, more slowly than it could, and the plot looks like a plot.
# Whoever can read a chart finds in minutes what others look for all week. That was the course: from here on, the bugs
# are your own.
