# %% id=typed-chunk-helpers style=functional mistakes="" origin="engineer: helpers for one chunk, type hints, asserts"
def _forward(x: np.ndarray, h: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray, b_h: np.ndarray) -> np.ndarray:
    states = np.empty((len(x) + 1, *h.shape))
    states[0] = h
    for t in range(len(x)):
        states[t + 1] = np.tanh(x[t] @ W_xh.T + states[t] @ W_hh.T + b_h)
    return states


def _backward(dh: np.ndarray, x: np.ndarray, states: np.ndarray, W_hh: np.ndarray):
    H, D = states.shape[2], x.shape[2]
    dW_xh, dW_hh, db_h = np.zeros((H, D)), np.zeros((H, H)), np.zeros(H)
    arriving = np.zeros(states[0].shape)
    for t in range(len(x) - 1, -1, -1):
        delta = (dh[t] + arriving) * (1 - states[t + 1] ** 2)
        dW_xh += delta.T @ x[t]
        dW_hh += delta.T @ states[t]
        db_h += delta.sum(axis=0)
        arriving = delta @ W_hh
    return dW_xh, dW_hh, db_h


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    assert tau >= 1
    state, pieces, gradients = h0, [], []
    for start in range(0, len(x), tau):
        chunk = slice(start, start + tau)
        states = _forward(x[chunk], state, W_xh, W_hh, b_h)
        gradients.append(_backward(dh[chunk], x[chunk], states, W_hh))
        pieces.append(states[1:])
        state = states[-1]
    return np.concatenate(pieces), *(sum(parts) for parts in zip(*gradients))


# %% id=one-long-loop-with-modulo style=loop mistakes="" origin="one loop backwards, the carry reset by t % tau"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, H = dh.shape
    h = np.zeros((T, B, H))
    h_t = h0
    for t in range(T):
        h_t = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
        h[t] = h_t
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dh_next = np.zeros((B, H))
    for t in reversed(range(T)):
        if t % tau == tau - 1:  # the last step of a chunk
            dh_next = np.zeros((B, H))
        d = (dh[t] + dh_next) * (1 - h[t] ** 2)
        dW_xh += d.T @ x[t]
        dW_hh += d.T @ (h[t - 1] if t > 0 else h0)
        db_h += d.sum(axis=0)
        dh_next = d @ W_hh
    return h, dW_xh, dW_hh, db_h


# %% id=generator-of-chunks style=generator mistakes="" origin="a generator that yields chunks and keeps the state"
def chunks(dh, x, tau):
    while len(x):
        yield dh[:tau], x[:tau]
        dh, x = dh[tau:], x[tau:]


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    h, hidden = [], h0
    total = {"W_xh": np.zeros_like(W_xh), "W_hh": np.zeros_like(W_hh), "b_h": np.zeros_like(b_h)}
    for dh_c, x_c in chunks(dh, x, tau):
        tape = []
        for x_t in x_c:
            before, hidden = hidden, np.tanh(np.dot(x_t, W_xh.T) + np.dot(hidden, W_hh.T) + b_h)
            tape.append((x_t, before, hidden))
            h.append(hidden)
        g = 0.0
        for dh_t in dh_c[::-1]:
            x_t, before, now = tape.pop()
            delta = (dh_t + g) * (1 - now * now)
            total["W_xh"] = total["W_xh"] + np.dot(delta.T, x_t)
            total["W_hh"] = total["W_hh"] + np.dot(delta.T, before)
            total["b_h"] = total["b_h"] + np.sum(delta, axis=0)
            g = np.dot(delta, W_hh)
    return np.array(h), *total.values()


# %% id=chunks-as-a-larger-batch style=vectorised mistakes="" origin="the chunks side by side as one batch on the way back"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    T, B, H = dh.shape
    h, state = np.empty((T, B, H)), h0
    for t, a in enumerate(x @ W_xh.T + b_h):
        h[t] = state = np.tanh(a + state @ W_hh.T)
    n = -(-T // tau)
    slope, arriving = (np.zeros((n * tau, B, H)) for _ in range(2))  # padded: what is padded has slope 0
    slope[:T], arriving[:T] = 1 - h**2, dh
    slope, arriving = (a.reshape(n, tau, B, H) for a in (slope, arriving))
    delta = np.zeros_like(slope)
    back = np.zeros((n, B, H))
    for k in reversed(range(tau)):
        delta[:, k] = (arriving[:, k] + back) * slope[:, k]
        back = delta[:, k] @ W_hh
    delta = delta.reshape(n * tau, B, H)[:T]
    before = np.concatenate((h0[None], h[:-1]))
    return h, *(np.tensordot(delta, a, axes=((0, 1), (0, 1))) for a in (x, before)), delta.sum(axis=(0, 1))


# %% id=recursion-over-chunks style=recursion mistakes="" origin="the first chunk, then truncated_bptt of the rest"
def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    n = min(tau, len(x))
    states = [h0]
    for t in range(n):
        states.append(np.tanh(np.einsum("bd,hd->bh", x[t], W_xh) + np.einsum("bk,hk->bh", states[t], W_hh) + b_h))
    grads, back = [np.zeros(w.shape) for w in (W_xh, W_hh, b_h)], np.zeros(h0.shape)
    for t in range(n, 0, -1):
        delta = (dh[t - 1] + back) * (1 - states[t] ** 2)
        grads[0] += np.einsum("bh,bd->hd", delta, x[t - 1])
        grads[1] += np.einsum("bh,bk->hk", delta, states[t - 1])
        grads[2] += np.einsum("bh->h", delta)
        back = np.einsum("bh,hk->bk", delta, W_hh)
    if n == len(x):
        return np.stack(states[1:]), *grads
    h, *later = truncated_bptt(dh[n:], x[n:], states[-1], W_xh, W_hh, b_h, tau)
    return np.concatenate([np.stack(states[1:]), h]), *(a + b for a, b in zip(grads, later))


# %% id=state-in-a-coroutine style=generator mistakes="" origin="a coroutine for each chunk: send an input, then the gradients"
def chunk(state, W_xh, W_hh, b_h):
    kept = []
    while (x_t := (yield state)) is not None:
        kept.append((x_t, state))
        state = np.tanh(x_t @ W_xh.T + state @ W_hh.T + b_h)
    gradients = yield
    sums, g = [np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)], 0
    after = state
    for (x_t, before), dh_t in zip(kept[::-1], gradients[::-1]):
        delta = (g + dh_t) * (1 - after**2)
        for total, share in zip(sums, (delta.T @ x_t, delta.T @ before, delta.sum(0))):
            total += share
        g, after = delta @ W_hh, before
    yield sums


def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
    states, totals, state = [], None, h0
    for start in range(0, len(x), tau):
        steps = chunk(state, W_xh, W_hh, b_h)
        next(steps)
        states += [state := steps.send(x_t) for x_t in x[start : start + tau]]
        steps.send(None)
        sums = steps.send(dh[start : start + tau])
        totals = sums if totals is None else [a + b for a, b in zip(totals, sums)]
    return np.stack(states), *totals
