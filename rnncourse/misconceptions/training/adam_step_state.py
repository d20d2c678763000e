"""List what goes wrong in what Adam remembers: the running means, their bias correction and the count of steps."""

from functools import partial

from rnncourse.misconceptions.record import Misconception

_adam = partial(Misconception, exercise="adam_step", see="04_training#sec-adam")
_T = "t = state.t + 1"
_M = "m = beta_1 * m + (1 - beta_1) * g"
_V = "v = beta_2 * v + (1 - beta_2) * g**2"
_M_HAT = "m_hat = m / (1 - beta_1**t)"
_V_HAT = "v_hat = v / (1 - beta_2**t)"
_STORE_M = "new_m.append(m)"
_STORE_V = "new_v.append(v)"
_STATE = "AdamState(t, new_m, new_v)"

STATE = (
    _adam(
        label="no-bias-correction",
        says="the bias correction is missing",
        right=_M_HAT,
        wrong="m_hat = m",
        also=((_V_HAT, "v_hat = v"),),
        hint="m and v start at zero. How large is m after the first step, compared with the gradient?",
    ),
    _adam(
        label="only-v-corrected",
        says="the bias correction of m is missing",
        right=_M_HAT,
        wrong="m_hat = m",
        hint="Both means start at zero, so both are too small in the beginning.",
    ),
    _adam(
        label="only-m-corrected",
        says="the bias correction of v is missing",
        right=_V_HAT,
        wrong="v_hat = v",
        hint="Both means start at zero, so both are too small in the beginning.",
    ),
    _adam(
        label="no-power-of-t",
        says="the bias correction divides by 1 - beta at every step",
        right=_M_HAT,
        wrong="m_hat = m / (1 - beta_1)",
        also=((_V_HAT, "v_hat = v / (1 - beta_2)"),),
        hint="The zero at the start is forgotten step by step. How much of it is left after t steps?",
    ),
    _adam(
        label="beta-times-t",
        says="the bias correction multiplies beta by t",
        right=_M_HAT,
        wrong="m_hat = m / (1 - beta_1 * t)",
        also=((_V_HAT, "v_hat = v / (1 - beta_2 * t)"),),
        hint="At t = 2 the start has been multiplied by beta twice. Is that a product with t?",
    ),
    _adam(
        label="correction-multiplied",
        says="the bias correction multiplies where it should divide",
        right=_M_HAT,
        wrong="m_hat = m * (1 - beta_1**t)",
        also=((_V_HAT, "v_hat = v * (1 - beta_2**t)"),),
        hint="m is too small in the beginning. Does your correction make it larger?",
    ),
    _adam(
        label="t-starts-at-0",
        says="the first step is corrected as step 0, with a division by zero",
        right=_M_HAT,
        wrong="m_hat = m / (1 - beta_1 ** (t - 1))",
        also=((_V_HAT, "v_hat = v / (1 - beta_2 ** (t - 1))"),),
        hint="t comes in as the number of steps taken before. Which step is this one?",
    ),
    _adam(
        label="t-never-grows",
        says="t stays what it was",
        right=_T,
        wrong="t = state.t",
        hint="Somebody has to count the steps, and before the correction uses the count.",
    ),
    _adam(
        label="t-not-returned",
        says="the old t is returned",
        right=_STATE,
        wrong="AdamState(state.t, new_m, new_v)",
        hint="The next step needs to know that this one has been taken.",
    ),
    _adam(
        label="t-per-tensor",
        says="t grows once for each array",
        right=_T,
        wrong="t = state.t",
        also=((_M_HAT, "t += 1\n        m_hat = m / (1 - beta_1**t)"),),
        hint="However many arrays there are, it is one step.",
    ),
    _adam(
        label="no-1-minus-beta",
        says="the new gradient enters in full: m and v are sums, not means",
        right=_M,
        wrong="m = beta_1 * m + g",
        also=((_V, "v = beta_2 * v + g**2"),),
        hint="In a running mean the two weights add up to 1.",
    ),
    _adam(
        label="weights-exchanged",
        says="beta weighs the new gradient, and 1 - beta the past",
        right=_M,
        wrong="m = (1 - beta_1) * m + beta_1 * g",
        also=((_V, "v = (1 - beta_2) * v + beta_2 * g**2"),),
        hint="With beta = 0.9 the mean should move slowly. How much of the old one stays?",
    ),
    _adam(
        label="betas-swapped",
        says="beta_1 and beta_2 have changed places",
        right=_M,
        wrong="m = beta_2 * m + (1 - beta_2) * g",
        also=(
            (_V, "v = beta_1 * v + (1 - beta_1) * g**2"),
            (_M_HAT, "m_hat = m / (1 - beta_2**t)"),
            (_V_HAT, "v_hat = v / (1 - beta_1**t)"),
        ),
        hint="beta_1 belongs to the first moment m, beta_2 to the second, v.",
    ),
    _adam(
        label="corrections-swapped",
        says="m is corrected with beta_2, and v with beta_1",
        right=_M_HAT,
        wrong="m_hat = m / (1 - beta_2**t)",
        also=((_V_HAT, "v_hat = v / (1 - beta_1**t)"),),
        hint="The correction undoes what the mean did, so it needs the mean's own beta.",
    ),
    _adam(
        label="v-from-g",
        says="v averages the gradient and not its square",
        right=_V,
        wrong="v = beta_2 * v + (1 - beta_2) * g",
        hint="v measures how large gradients are, whatever their sign.",
    ),
    _adam(
        label="v-from-absolute-values",
        says="v averages absolute values",
        right=_V,
        wrong="v = beta_2 * v + (1 - beta_2) * np.abs(g)",
        hint="A root is taken of v later. Of which quantity is it the right size?",
    ),
    _adam(
        label="v-from-m",
        says="v averages the square of m in the place of the gradient's",
        right=_V,
        wrong="v = beta_2 * v + (1 - beta_2) * m**2",
        hint="m is smooth already. v should see how much the gradient itself jumps.",
    ),
    _adam(
        label="one-v-for-all-entries",
        says="v averages the squares over the entries of an array as well",
        right=_V,
        wrong="v = beta_2 * v + (1 - beta_2) * (g**2).mean()",
        hint="Each parameter has its own step size: v has an entry for each.",
    ),
    _adam(
        label="forgets-the-past",
        says="m and v are made of this step's gradient alone",
        right=_M,
        wrong="m = (1 - beta_1) * g",
        also=((_V, "v = (1 - beta_2) * g**2"),),
        hint="What came in as m and v has to play a part.",
    ),
    _adam(
        label="state-not-returned",
        says="the old m and v are returned",
        right=_STATE,
        wrong="AdamState(t, state.m, state.v)",
        hint="The next step goes on from the means that this one has made.",
    ),
    _adam(
        label="stores-corrected-means",
        says="m_hat and v_hat are handed on in the place of m and v",
        right=_STORE_M,
        wrong="new_m.append(m_hat)",
        also=((_STORE_V, "new_v.append(v_hat)"),),
        hint="The correction is for this step's use. Handed on, it is applied again and again.",
    ),
    _adam(
        label="mutates-state",
        says="the caller's m and v are changed in place",
        right=_M,
        wrong="m *= beta_1\n        m += (1 - beta_1) * g",
        also=((_V, "v *= beta_2\n        v += (1 - beta_2) * g**2"),),
        hint="Whoever resumes from a checkpoint still holds the old state. Return new arrays.",
    ),
    _adam(
        label="step-counted-twice",
        says="the bias corrections use t + 1 where t counts this step already",
        right=_M_HAT,
        wrong="m_hat = m / (1 - beta_1 ** (t + 1))",
        also=((_V_HAT, "v_hat = v / (1 - beta_2 ** (t + 1))"),),
        hint="At the very first update the correction divides by 1 - beta.",
    ),
    _adam(
        label="beta-weighs-the-gradient",
        says="m weighs the gradient with beta_1, and what it was with the rest",
        right=_M,
        wrong="m = (1 - beta_1) * m + beta_1 * g",
        hint="With beta_1 = 0.9, how much of m is new?",
    ),
    _adam(
        label="rate-fixed-at-0-001",
        says="the learning rate is 0.001, whatever was given",
        right="updated.append(theta - learning_rate * m_hat / (np.sqrt(v_hat) + eps))",
        wrong="updated.append(theta - 0.001 * m_hat / (np.sqrt(v_hat) + eps))",
        hint="What does the argument learning_rate do in your function?",
    ),
)
