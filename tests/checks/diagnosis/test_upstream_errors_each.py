"""Every exercise that may stand on an earlier one is judged by itself."""

import pytest
from support.upstream_errors import notebook

from rnncourse import check
from rnncourse.checks import EXERCISES

TRANSPOSED = """
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh + b_h)
"""
BACKWARD = """
def rnn_backward(dh, x, h0, h, W_xh, W_hh):
    dx, sums, back = np.zeros_like(x), [0, 0, 0], np.zeros_like(h0)
    for t in reversed(range(len(x))):
        h_prev = h[t - 1] if t else h0
        dx[t], back, *shares = rnn_step_backward(dh[t] + back, x[t], h_prev, h[t], W_xh, W_hh)
        sums = [total + share for total, share in zip(sums, shares)]
    return dx, back, *sums
"""
STEP_BACKWARD = """
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    delta = dh_t * (1 - h_t)
    return delta @ W_xh, delta @ W_hh, delta.T @ x_t, delta.T @ h_prev, delta.sum(0)
"""
CASES = {
    "cross_entropy": (
        "def softmax(z):\n    return np.exp(z) / np.exp(z).sum()",
        """
        def cross_entropy(z, y, mask):
            z = z - z.max(-1, keepdims=True)
            logs = z - np.log(np.exp(z).sum(-1, keepdims=True))
            target, n = np.eye(z.shape[-1])[y], z.shape[1]
            return -(logs * target * mask[..., None]).sum() / n, (softmax(z) - target) * mask[..., None] / n
        """,
    ),
    "rnn_backward": (STEP_BACKWARD, BACKWARD),
    "truncated_bptt": (
        STEP_BACKWARD + BACKWARD,
        """
        def truncated_bptt(dh, x, h0, W_xh, W_hh, b_h, tau):
            h, h_t, sums = np.zeros_like(dh), h0, [0, 0, 0]
            for t in range(len(x)):
                h_t = h[t] = np.tanh(x[t] @ W_xh.T + h_t @ W_hh.T + b_h)
            for s in range(0, len(x), tau):
                start = h[s - 1] if s else h0
                *_, a, b, c = rnn_backward(dh[s:s + tau], x[s:s + tau], start, h[s:s + tau], W_xh, W_hh)
                sums = [sums[0] + a, sums[1] + b, sums[2] + c]
            return h, *sums
        """,
    ),
    "lstm_forward": (
        "def lstm_step(x_t, h_prev, c_prev, *params):\n    return 0 * h_prev, c_prev + 1",
        """
        def lstm_forward(x, h0, c0, params):
            h, c, state = [], [], (h0, c0)
            for x_t in x:
                state = lstm_step(x_t, *state, *params)
                h.append(state[0]), c.append(state[1])
            return np.array(h), np.array(c)
        """,
    ),
    "lstm_backward": (
        "def lstm_step_backward(*arguments):\n    return [0] * 11",
        """
        def lstm_backward(dh, x, h0, c0, h, c, params):
            dx, sums, dh_t, dc_t = np.zeros_like(x), 0, np.zeros_like(h0), np.zeros_like(c0)
            for t in reversed(range(len(x))):
                before = (h[t - 1], c[t - 1]) if t else (h0, c0)
                dx[t], dh_t, dc_t, *shares = lstm_step_backward(dh[t] + dh_t, dc_t, x[t], *before, c[t], params)
                sums = shares if t == len(x) - 1 else [total + share for total, share in zip(sums, shares)]
            return dx, dh_t, dc_t, *sums
        """,
    ),
    "gru_backward": (
        "def gru_step(x_t, h_prev, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):\n    return [h_prev] * 4",
        """
        def gru_backward(dh, x, h0, h, W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn):
            params, H, back = (W_r, W_u, W_xn, W_hn, b_r, b_u, b_xn, b_hn), len(b_r), 0
            sums, dx = [np.zeros_like(param) for param in params], np.zeros_like(x)
            for t in reversed(range(len(x))):
                before = h[t - 1] if t else h0
                r, u, n, _ = gru_step(x[t], before, *params)
                v, m, d = np.hstack([before, x[t]]), before @ W_hn.T + b_hn, dh[t] + back
                du, dn = d * (before - n) * u * (1 - u), d * (1 - u) * (1 - n * n)
                dm, dr = dn * r, dn * m * r * (1 - r)
                shares = [dr.T @ v, du.T @ v, dn.T @ x[t], dm.T @ before, *(delta.sum(0) for delta in (dr, du, dn, dm))]
                sums = [total + share for total, share in zip(sums, shares)]
                dv = dr @ W_r + du @ W_u
                dx[t], back = dv[:, H:] + dn @ W_xn, dv[:, :H] + dm @ W_hn + d * u
            return dx, back, *sums
        """,
    ),
    "generate": (
        "def sample(z, temperature, u):\n    return z.argmax(axis=1)",
        """
        def generate(first, h0, W_xh, W_hh, b_h, W_hy, b_y, temperature, u):
            codes, code, h_t = [], first, h0
            for u_t in u:
                h_t = np.tanh(np.eye(len(b_y))[code] @ W_xh.T + h_t @ W_hh.T + b_h)
                codes.append(code := sample(h_t @ W_hy.T + b_y, temperature, u=u_t))
            return np.array(codes), h_t
        """,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_function_that_may_stand_on_another_is_judged_by_itself(name):
    result = check.check(name, notebook(*CASES[name])[name])
    assert result.points == EXERCISES[name].maximum
    assert result.messages[0].text.startswith("Counted as right")


def test_the_functions_that_are_wrong_are_named_and_no_others():
    result = check.truncated_bptt(notebook(*CASES["truncated_bptt"])["truncated_bptt"])
    assert "It calls your rnn_step_backward and rnn_backward, which are not right yet" in str(result)
    heads = """
    def delta_y_heads(z, y, head):
        guess = {"softmax": softmax, "sigmoid": lambda z: 0.5 + np.tanh(z / 2) / 2, "identity": lambda z: z}[head]
        return (guess(z) - y) / z.shape[1]
    """
    result = check.delta_y_heads(notebook(CASES["cross_entropy"][0], heads)["delta_y_heads"])
    assert "delta_y_heads calls your softmax, which is not right yet" in str(result)
    assert [verdict.note for verdict in result.verdicts] == ["counted as right, with a right softmax", None, None]
    assert [verdict.right for verdict in result.verdicts] == [True, True, False]


def test_a_backward_that_is_right_earns_its_points_whatever_the_forward_is():
    names = notebook(TRANSPOSED, STEP_BACKWARD.replace("(1 - h_t)", "(1 - h_t**2)"), BACKWARD)
    assert check.rnn_backward(names["rnn_backward"]).sound


def test_outputs_are_forgiven_one_by_one():
    loses_dh0 = BACKWARD.replace("return dx, back", "return dx, 0 * back")
    result = check.rnn_backward(notebook(STEP_BACKWARD, loses_dh0)["rnn_backward"])
    assert [verdict.output for verdict in result.verdicts if not verdict.right] == ["dh0"]
    assert result.messages[1].labels == ("dh0-zero",)
