"""List what goes wrong in the loop that trains."""

from functools import partial

from rnncourse.misconceptions.record import Misconception
from rnncourse.reference import forecaster

TEXTBOOK = forecaster.train_forecaster

_train = partial(Misconception, exercise="train_forecaster", see="04_training#sec-training")
_forecast = partial(Misconception, exercise="train_forecaster", see="04_training#sec-forecasting")
_N = "N = len(y)"
_EPOCHS = "for _ in range(epochs):"
_ZERO = "total = 0.0"
_STARTS = "for start in range(0, N, batch_size):"
_BATCH = "x_batch, y_batch = x[:, start : start + batch_size], y[start : start + batch_size]"
_GRADS = "loss, grads = loss_and_gradients(params, x_batch, y_batch)"
_UPDATE = "params, velocity = momentum_step(params, grads, velocity, learning_rate)"
_TOTAL = "total += loss * len(y_batch)"
_LOSS = "losses.append(total / N)"
_RETURN = "return np.array(losses), predict(params, x_val)"

MISCONCEPTIONS = (
    _train(
        label="never-updates",
        says="the updated parameters are thrown away",
        right=_UPDATE,
        wrong="_, velocity = momentum_step(params, grads, velocity, learning_rate)",
        hint="The loss is the same in every epoch. Which name should hold the new parameters?",
    ),
    _train(
        label="velocity-not-kept",
        says="the velocity starts from zero at every step",
        right=_UPDATE,
        wrong="params, _ = momentum_step(params, grads, None, learning_rate)",
        hint="Momentum is a memory from step to step. Where is yours kept?",
    ),
    _train(
        label="velocity-reset-each-epoch",
        says="the velocity starts from zero in each epoch",
        right=_ZERO,
        wrong="total, velocity = 0.0, None",
        hint="An epoch is a way of counting. The optimiser does not know about it.",
    ),
    _train(
        label="ascent",
        says="the updates go uphill",
        right=_UPDATE,
        wrong="params, velocity = momentum_step(params, grads, velocity, -learning_rate)",
        hint="The loss grows from epoch to epoch. Who turned the sign round?",
    ),
    _train(
        label="first-batch-only",
        says="every update sees the first batch",
        right=_BATCH,
        wrong="x_batch, y_batch = x[:, :batch_size], y[:batch_size]",
        hint="Print which windows each batch holds.",
    ),
    _train(
        label="whole-set-each-time",
        says="every update sees all windows",
        right=_BATCH,
        wrong="x_batch, y_batch = x, y",
        hint="As many updates as batches, but is there a batch?",
    ),
    _train(
        label="drops-the-last-batch",
        says="the last batch is left out because it is smaller",
        right=_STARTS,
        wrong="for start in range(0, N - batch_size + 1, batch_size):",
        hint="N need not be a multiple of the batch size. What happens to the rest?",
    ),
    _train(
        label="one-epoch-too-few",
        says="the last epoch is missing",
        right=_EPOCHS,
        wrong="for _ in range(1, epochs):",
        hint="How many losses should come back?",
    ),
    _train(
        label="loss-of-the-last-batch",
        says="the loss of an epoch is that of its last batch",
        right=_LOSS,
        wrong="losses.append(loss)",
        hint="All windows of an epoch count, and the last batch holds few of them.",
    ),
    _train(
        label="mean-of-batch-means",
        says="all batches count alike in the loss of an epoch, however few windows they hold",
        right=_TOTAL,
        wrong="total += loss * N / len(range(0, N, batch_size))",
        hint="The mean is over windows. A batch of three should weigh less than a batch of sixteen.",
    ),
    _train(
        label="sum-of-batch-losses",
        says="the losses of the batches are added and not averaged",
        right=_LOSS,
        wrong="losses.append(total)",
        also=((_TOTAL, "total += loss"),),
        hint="Twice as many batches should not double the loss. Divide by what?",
    ),
    _train(
        label="sum-over-windows",
        says="the loss of an epoch is a sum over its windows",
        right=_LOSS,
        wrong="losses.append(total)",
        hint="Twice as many windows should not double the loss.",
    ),
    _train(
        label="loss-after-the-epoch",
        says="the loss is measured once the epoch is over",
        right=_LOSS,
        wrong="losses.append(loss_and_gradients(params, x, y)[0])",
        hint="That is the better curve to look at. Here each batch's loss is taken just before its own update.",
    ),
    _train(
        label="loss-after-the-update",
        says="a batch's loss is measured after the update that it made",
        right=_TOTAL,
        wrong="total += loss_and_gradients(params, x_batch, y_batch)[0] * len(y_batch)",
        hint="You already have a loss: the one that came with the gradients.",
    ),
    _forecast(
        label="untrained-forecast",
        says="the forecast comes from the parameters at the start",
        right=_N,
        wrong="N, start_params = len(y), params",
        also=((_RETURN, "return np.array(losses), predict(start_params, x_val)"),),
        hint="Which parameters have learnt something?",
    ),
    _forecast(
        label="forecasts-the-training-windows",
        says="the forecast is for the training windows",
        right=_RETURN,
        wrong="return np.array(losses), predict(params, x)",
        hint="What the network has been shown it may know by heart. What was held out?",
    ),
    _forecast(
        label="naive-forecast",
        says="the forecast is the last input, which is the forecast to beat",
        right=_RETURN,
        wrong="return np.array(losses), x_val[-1]",
        hint="The trained network is not asked at all.",
    ),
)
