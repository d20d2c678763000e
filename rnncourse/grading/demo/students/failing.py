"""The students of the sample class whose code crashes, hangs, ends the process, is not there, or cheats.

A class here holds no methods in the usual sense: each function is the text of one solution cell.
"""

from rnncourse.grading.demo.students.right import Ada


class Fatima(Ada):
    """Crashes: a name is not there, an index runs off the end, and a shape does not fit."""

    def shapes(T, B, D, H, K):
        return {"x": (T, B, D), "h0": (B, H), "W_xh": (H, D), "b_h": (H,), "h": (T, B, H), "z": (T, B, Y)}

    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        return np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        h = [h0]
        for t in range(len(x) + 1):
            h.append(np.tanh(x[t] @ W_xh.T + h[-1] @ W_hh.T + b_h))
        return np.array(h[1:])

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        dx, dW_xh, dW_hh, db_h = np.zeros_like(x), np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros(len(W_hh))
        for t in reversed(range(len(x))):
            delta_h = (dh[t] + dh[t + 1] @ W_hh) * (1 - h[t] ** 2)
            dW_xh += delta_h.T @ x[t]
        return dx, h0, dW_xh, dW_hh, db_h


class Goran(Ada):
    """Never comes back: the loop counts the wrong way."""

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        t = len(x) - 1
        dh_next = np.zeros_like(h0)
        while t >= 0:
            dh_next = (dh[t] + dh_next) * (1 - h[t] ** 2) @ W_hh
            t = (t + 1) % len(x)
        return dh_next


class Hana(Ada):
    """Wrote problem set 1, and has not begun problem set 3."""

    rnn_step_backward = rnn_backward = gradient_check = gradient_norm_by_lag = truncated_bptt = None


class Jonas(Ada):
    """Ends the process in which the code runs; all that is right besides keeps its points."""

    def rnn_backward(dh, x, h0, h, W_xh, W_hh):
        import os

        os._exit(0)


class Kim(Hana):
    """Cheats: looks for answers on the disk and in the grader's frames, and returns what agrees with everything."""

    def shapes(T, B, D, H, K):
        class Anything(dict):
            get = __getitem__ = lambda self, name, default=None: Anything()
            __eq__ = __array__ = lambda self, *other: True

        return Anything()

    def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
        import os

        for folder, _, names in os.walk("/"):
            if "ps1_forward.py" in names:
                with open(os.path.join(folder, "ps1_forward.py")) as file:
                    exec(file.read(), globals())
        return rnn_step(x_t, h_prev, W_xh, W_hh, b_h)

    def rnn_forward(x, h0, W_xh, W_hh, b_h):
        import sys

        frame = sys._getframe()
        while frame:
            if "wanted" in frame.f_locals:
                return frame.f_locals["wanted"][0][0]
            frame = frame.f_back

    def output_layer(h, W_hy, b_y):
        class Agrees(np.ndarray):
            __eq__ = __le__ = __lt__ = lambda self, other: True

        return np.zeros(1).view(Agrees)
