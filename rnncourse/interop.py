"""Convert weights to and from `torch.nn`: the one place that knows how torch packs its gates.

torch keeps the weights on x and on h apart, stacks the gates of an LSTM in the order i, f, c, o and those of a GRU in
the order r, u, n (its names: i, f, g, o and r, z, n), and has two biases where one is enough, `b_ih + b_hh`. Reading
adds them up; writing puts ours into `b_ih` and leaves `b_hh` zero. Only the GRU's candidate needs both: b_xn and b_hn.
"""

import torch

from rnncourse.notation import GRUParams, LSTMParams, RNNParams

TORCH_LSTM_GATES = ("i", "f", "c", "o")
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def from_torch(module):
    """Copy the weights out of a `torch.nn.RNN`, `LSTM` or `GRU`.

    Parameters
    ----------
    module : torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU
        With any number of layers, with or without biases (without: they become zeros). `nonlinearity`, `dropout` and
        `batch_first` are not weights: read them off the module.

    Returns
    -------
    params : RNNParams, LSTMParams or GRUParams
        Of tensors, detached, with the module's dtype and device; a list of them, first layer first, when
        `module.num_layers` is above 1.

    Raises
    ------
    TypeError
        Another kind of module.
    ValueError
        A bidirectional module, or one with projections.
    """
    kinds = ((torch.nn.RNN, _unpack_rnn), (torch.nn.LSTM, _unpack_lstm), (torch.nn.GRU, _unpack_gru))
    unpack = next((unpack for kind, unpack in kinds if isinstance(module, kind)), None)
    if unpack is None:
        raise TypeError(f"module is a {type(module).__name__}; expected a torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU")
    if module.bidirectional:
        raise ValueError("module is bidirectional; expected one direction: read each from a module of its own")
    if module.proj_size:
        raise ValueError(f"module has proj_size = {module.proj_size}; expected 0: the notes' LSTM has no projection")
    layers = [unpack(*_layer_weights(module, layer)) for layer in range(module.num_layers)]
    return layers[0] if len(layers) == 1 else layers


def to_torch(params, activation="tanh", dropout=0.0):
    """Make a `torch.nn.RNN`, `LSTM` or `GRU` that holds these weights.

    Parameters
    ----------
    params : RNNParams, LSTMParams or GRUParams, or a list of them
        Of tensors or NumPy arrays; a list is a stack, first layer first.
    activation : {"tanh", "relu"}
        For an RNN; the other cells have no choice.
    dropout : float, optional
        Between the layers of a stack.

    Returns
    -------
    module : torch.nn.RNN, torch.nn.LSTM or torch.nn.GRU
        With the weights' dtype and device; the weights are copies.

    Raises
    ------
    TypeError
        Not one of the containers, or layers of different kinds.
    ValueError
        Layers that do not follow one another: layer l must read the H values that layer l - 1 gives.
    """
    layers = [params] if hasattr(params, "_fields") else list(params)
    kinds = {RNNParams: torch.nn.RNN, LSTMParams: torch.nn.LSTM, GRUParams: torch.nn.GRU}
    if not layers or type(layers[0]) not in kinds or len({type(layer) for layer in layers}) > 1:
        names = ", ".join(type(layer).__name__ for layer in layers) or "nothing"
        raise TypeError(f"params is {names}; expected RNNParams, LSTMParams or GRUParams, or a list of one of them")
    packed = [pack(layer) for layer in layers]
    H, D = packed[0]["weight_hh"].shape[1], packed[0]["weight_ih"].shape[1]
    for layer, weights in enumerate(packed):
        sizes = (weights["weight_ih"].shape[1], weights["weight_hh"].shape[1])
        if layer and sizes != (H, H):
            raise ValueError(
                f"layer {layer} maps D = {sizes[0]} to H = {sizes[1]}; expected {H} to {H}, as layer 0 gives"
            )
    like = packed[0]["weight_hh"]
    options = {"nonlinearity": activation} if type(layers[0]) is RNNParams else {}
    options |= {"num_layers": len(layers), "dropout": dropout, "dtype": like.dtype, "device": like.device}
    module = kinds[type(layers[0])](D, H, **options)
    with torch.no_grad():
        for layer, weights in enumerate(packed):
            for name in NAMES:
                getattr(module, f"{name}_l{layer}").copy_(weights[name])
    return module


def pack(params):
    """Pack one layer's weights under torch's names, stacked torch's way; autograd can follow it.

    Parameters
    ----------
    params : RNNParams, LSTMParams or GRUParams
        Of tensors or NumPy arrays.

    Returns
    -------
    dict of str to torch.Tensor
        `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`; each in one piece of memory, as cuDNN wants them.
    """
    p = type(params)(*(torch.as_tensor(v) for v in params))
    if isinstance(p, RNNParams):
        values = (p.W_xh, p.W_hh, p.b_h, torch.zeros_like(p.b_h))
    elif isinstance(p, LSTMParams):
        W = torch.cat([getattr(p, f"W_{gate}") for gate in TORCH_LSTM_GATES])  # (4H, H + D)
        b = torch.cat([getattr(p, f"b_{gate}") for gate in TORCH_LSTM_GATES])  # (4H,)
        H = len(p.b_f)
        values = (W[:, H:].contiguous(), W[:, :H].contiguous(), b, torch.zeros_like(b))
    else:
        H, zeros = len(p.b_r), torch.zeros_like(p.b_r)
        W_ih = torch.cat([p.W_r[:, H:], p.W_u[:, H:], p.W_xn])  # (3H, D)
        W_hh = torch.cat([p.W_r[:, :H], p.W_u[:, :H], p.W_hn])  # (3H, H)
        values = (W_ih, W_hh, torch.cat([p.b_r, p.b_u, p.b_xn]), torch.cat([zeros, zeros, p.b_hn]))
    return dict(zip(NAMES, values, strict=True))


def to_numpy(params):
    """Convert a container's tensors to NumPy arrays: copies, for `rnncourse.numpy` and the reference.

    Parameters
    ----------
    params : RNNParams, LSTMParams, GRUParams or OutputParams
        Of tensors.

    Returns
    -------
    The same type, of arrays.
    """
    return type(params)(*(v.detach().cpu().numpy().copy() for v in params))


def _layer_weights(module, layer):
    weights = [getattr(module, f"{name}_l{layer}").detach() for name in NAMES[: 4 if module.bias else 2]]
    if not module.bias:
        weights += [weights[0].new_zeros(len(weights[0])) for _ in range(2)]
    return weights


def _unpack_rnn(W_ih, W_hh, b_ih, b_hh):
    return RNNParams(W_ih.clone(), W_hh.clone(), b_ih + b_hh)


def _unpack_lstm(W_ih, W_hh, b_ih, b_hh):
    W, b = torch.cat([W_hh, W_ih], dim=1).chunk(4), (b_ih + b_hh).chunk(4)  # each (H, H + D), (H,)
    weights = {f"W_{gate}": v.clone() for gate, v in zip(TORCH_LSTM_GATES, W, strict=True)}
    biases = {f"b_{gate}": v.clone() for gate, v in zip(TORCH_LSTM_GATES, b, strict=True)}
    return LSTMParams(**weights, **biases)


def _unpack_gru(W_ih, W_hh, b_ih, b_hh):
    (W_xr, W_xu, W_xn), (W_hr, W_hu, W_hn) = W_ih.chunk(3), W_hh.chunk(3)
    (b_xr, b_xu, b_xn), (b_hr, b_hu, b_hn) = b_ih.chunk(3), b_hh.chunk(3)
    W_r, W_u = torch.cat([W_hr, W_xr], dim=1), torch.cat([W_hu, W_xu], dim=1)  # (H, H + D)
    return GRUParams(W_r, W_u, W_xn.clone(), W_hn.clone(), b_xr + b_hr, b_xu + b_hu, b_xn.clone(), b_hn.clone())
