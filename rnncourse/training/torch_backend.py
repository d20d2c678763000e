"""Run the stacked model on torch: our cells' hand-written backward, chained by autograd; torch's own optimisers."""

from importlib import import_module

import numpy as np

from rnncourse.training.model import GRU, LSTM, RNN, Dense, Dropout, OneHot
from rnncourse.training.optimisers import Adam
from rnncourse.training.params import flatten, unflatten

CELLS = {RNN: "rnn", LSTM: "lstm", GRU: "gru"}


class TorchBackend:
    """Forward, backward and update of one model on torch tensors, on any device."""

    name = "torch"

    def __init__(self, model, dtype, device=None):
        try:
            import torch
        except ImportError as error:
            raise ImportError('backend="torch" needs torch: pip install torch, or take backend="numpy"') from error
        self.torch, self.model = torch, model
        self.dtype, self.device = getattr(torch, np.dtype(dtype).name), torch.device(device or "cpu")
        self.cells = import_module("rnncourse.torch.autograd")

    def put(self, array):
        """Convert a NumPy array to a tensor on the device, in this backend's dtype if it holds real numbers."""
        if array is None:
            return None
        array = np.asarray(array)
        dtype = self.torch.int64 if np.issubdtype(array.dtype, np.integer) else self.dtype
        return self.torch.tensor(array, dtype=dtype, device=self.device)

    def get(self, tensor):
        """Back to NumPy; a copy."""
        return tensor.detach().cpu().numpy().copy()

    def forward(self, params, x, masks=None):
        """Compute logits z (T, B, K), or (1, B, K) when many-to-one. No masks: dropout is off."""
        for place, layer in enumerate(self.model.layers):
            if isinstance(layer, Dense):
                W_hy, b_y = params[place]
                x = x @ W_hy.T + b_y  # (T, B, K)
            elif isinstance(layer, Dropout):
                x = x if masks is None else x * masks[place]  # (T, B, H)
            elif isinstance(layer, OneHot):
                x = self.torch.eye(layer.K, dtype=self.dtype, device=self.device)[x]  # (T, B, K)
            else:
                h = self._recurrent(layer, params[place], x)  # (T, B, H)
                x = h if layer.return_sequences else h[-1:]  # (T, B, H) or (1, B, H)
        return x

    def _recurrent(self, layer, params, x):
        zeros = x.new_zeros(x.shape[1], layer.H)  # (B, H)
        cell = getattr(self.cells, CELLS[type(layer)])
        if isinstance(layer, RNN):
            return cell(x, zeros, params, layer.activation)[0]
        return cell(x, (zeros, zeros.clone()) if isinstance(layer, LSTM) else zeros, params)[0]

    def loss_tensor(self, z, y, mask=None):
        """Compute the loss of the logits, differentiable: sum over time, mean over the batch."""
        functional = self.torch.nn.functional
        T, B, K = z.shape
        if self.model.loss == "mse":
            steps = ((z - y) ** 2).mean(-1)  # (T, B)
        elif self.model.loss == "cross_entropy":
            steps = functional.cross_entropy(z.reshape(T * B, K), y.reshape(T * B), reduction="none").view(T, B)
        else:
            steps = functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(-1)  # (T, B)
        return (steps if mask is None else steps * mask).sum() / B

    def loss(self, z, y, mask=None):
        """Compute the loss of the logits, as a float."""
        return self.loss_tensor(z, y, mask).item()

    def loss_and_gradients(self, params, x, y, mask=None, masks=None):
        """Compute the loss of a batch and its gradients, layer by layer; `masks` are the dropout masks."""
        flat = [theta.detach().requires_grad_() for theta in flatten(params)]
        with self.torch.enable_grad():
            loss = self.loss_tensor(self.forward(unflatten(flat, params), x, masks), y, mask)
        if not self.torch.isfinite(loss):
            raise FloatingPointError(f"the loss is {loss.item()}")
        return loss.item(), unflatten(self.torch.autograd.grad(loss, flat), params)

    def outputs(self, params, x):
        """Compute the logits with dropout off."""
        with self.torch.no_grad():
            return self.forward(params, x)

    def prediction(self, z):
        """Predict y_hat = psi(z): identity, softmax or sigmoid."""
        if self.model.loss == "mse":
            return z
        return z.softmax(-1) if self.model.loss == "cross_entropy" else z.sigmoid()

    def clip(self, grads, max_norm):
        """Measure the gradients' global norm, and scale the gradients to at most max_norm (None: leave them)."""
        flat = flatten(grads)
        norm = sum((g.double() ** 2).sum() for g in flat).sqrt().item()
        if max_norm is not None and norm > max_norm:
            flat = [g * (max_norm / norm) for g in flat]
        return norm, unflatten(flat, grads)

    def optimiser(self, description, params):
        """Make an object whose `step(params, grads)` returns the updated params."""
        return TorchOptimiser(self.torch, description, params)


class TorchOptimiser:
    """torch.optim's SGD and AdamW: the same updates as `rnncourse.reference.optim`, by other hands."""

    def __init__(self, torch, description, params):
        self.torch, self.leaves, o = torch, [theta.detach().clone() for theta in flatten(params)], description
        if isinstance(o, Adam):
            betas = (o.beta_1, o.beta_2)
            self.optim = torch.optim.AdamW(self.leaves, o.learning_rate, betas, o.eps, o.weight_decay, foreach=False)
        else:
            self.optim = torch.optim.SGD(self.leaves, o.learning_rate, o.momentum, weight_decay=o.weight_decay)

    def step(self, params, grads):
        """Update the params once; returns the new ones."""
        with self.torch.no_grad():
            for leaf, theta, g in zip(self.leaves, flatten(params), flatten(grads), strict=True):
                leaf.copy_(theta)
                leaf.grad = g
        self.optim.step()
        return unflatten([leaf.detach().clone() for leaf in self.leaves], params)

    def to_arrays(self):
        """Collect the state as a dict of lists of arrays, for a checkpoint; empty before the first step."""
        states = [self.optim.state.get(leaf, {}) for leaf in self.leaves]
        kinds = [kind for kind, value in states[0].items() if value is not None]
        return {kind: [state[kind].cpu().numpy().copy() for state in states] for kind in kinds}

    def from_arrays(self, arrays):
        """Take back what `to_arrays` gave."""
        for kind, values in arrays.items():
            for leaf, value in zip(self.leaves, values, strict=True):
                device = "cpu" if kind == "step" else leaf.device
                self.optim.state[leaf][kind] = self.torch.from_numpy(value.copy()).to(device)
