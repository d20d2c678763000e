"""One form for every cell: the reference, NumPy and torch have the same functions with the same arguments."""

import importlib
import inspect

import pytest

CELLS = ("rnn", "lstm", "gru")
FORMS = ("reference", "numpy", "torch")
PARTS = ("{}_step", "{}_step_backward", "{}_forward", "{}_backward")


def signature(form, cell, name):
    module = importlib.import_module(f"rnncourse.{form}.{cell}")
    return inspect.signature(getattr(module, name))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("form", FORMS[1:])
def test_same_signature_as_the_reference(form, cell, part):
    name = part.format(cell)
    assert signature(form, cell, name) == signature("reference", cell, name)


@pytest.mark.parametrize("cell", CELLS)
def test_init_differs_only_in_the_random_source_and_the_device(cell):
    """torch draws from a torch.Generator and can draw on a device; its default dtype is torch's."""
    name = f"init_{cell}"
    reference = signature("reference", cell, name)
    assert signature("numpy", cell, name) == reference
    wanted = ["generator" if argument == "rng" else argument for argument in reference.parameters]
    assert [argument for argument in signature("torch", cell, name).parameters if argument != "device"] == wanted


@pytest.mark.parametrize("cell", CELLS)
def test_functions_stand_in_one_order(cell):
    """init, step, step_backward, forward, backward, in every file."""
    names = [f"init_{cell}", *(part.format(cell) for part in PARTS)]
    for form in FORMS:
        module = importlib.import_module(f"rnncourse.{form}.{cell}")
        lines = [inspect.getsourcelines(getattr(module, name))[1] for name in names]
        assert lines == sorted(lines), f"rnncourse/{form}/{cell}.py"
