"""Hold answers that a reader gives in the page, and the pages where their exercises stand."""

PAGE, NEXT = "book/03_loss_and_bptt", "book/03_bptt"
RIGHT = """\
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
WRONG = RIGHT.replace("e.sum(axis=-1", "e.sum(axis=0")
BACKWARD = """\
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
    dh_next = np.zeros_like(h0)
    for t in reversed(range(len(x))):
        dx[t], dh_next, *parts = rnn_step_backward(dh[t] + dh_next, x[t], h[t - 1] if t else h0, h[t], W_xh, W_hh)
        for whole, part in zip((dW_xh, dW_hh, db_h), parts):
            whole += part
    return dx, dh_next, dW_xh, dW_hh, db_h
"""
STEP = """\
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta_h = dh_t * (1 - h_t**2)
    return delta_h @ W_xh, delta_h @ W_hh, delta_h.T @ x_t, delta_h.T @ h_prev, delta_h.sum(axis=0)
"""
PARTLY = """\
def cross_entropy(z, y, mask):
    z = z - z.max(axis=-1, keepdims=True)
    log_y_hat = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    loss = -(mask * np.take_along_axis(log_y_hat, y[..., None], axis=-1)[..., 0]).sum() / z.shape[1]
    return loss, np.exp(log_y_hat) - np.eye(z.shape[-1])[y]
"""
"""The loss is right; its gradient lacks the mask and the mean."""
