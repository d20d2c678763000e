import subprocess
import sys

import pytest

from rnncourse.training import fit


def test_it_is_quiet_when_piped(notes_model, notes_data, capfd):
    fit(notes_model, *notes_data, epochs=2)
    assert capfd.readouterr() == ("", "")


def test_it_shows_epochs_and_losses_when_asked(notes_model, notes_data, capfd):
    pytest.importorskip("rich")
    fitted = fit(notes_model, *notes_data, epochs=3, progress=True)
    out, err = capfd.readouterr()
    assert "3/3" in out and f"val {fitted.history.val_loss[-1]:.4g}" in out
    assert err == ""


PLAIN = """
import sys
sys.modules.update(dict.fromkeys(["rich", "ipywidgets"]))  # None: as if not installed
from rnncourse.training.progress import progress_bar
with progress_bar(4, unit="step", show={show}) as bar:
    for step in range(1, 5):
        bar.update(step, f"loss {{1 / step:.2f}}")
print("done")
"""


@pytest.mark.parametrize("show, lines", [(True, 2), (None, 1)])
def test_without_rich_it_is_one_line_of_text_and_says_nothing_on_stderr(show, lines):
    done = subprocess.run([sys.executable, "-c", PLAIN.format(show=show)], capture_output=True)
    assert done.stderr == b""
    shown = done.stdout.decode().split("\n")[:-1]
    assert len(shown) == lines and shown[-1] == "done"
    if show:
        last = shown[0].split("\r")[-1]
        assert last.startswith("step 4/4 [####################] loss 0.25") and "steps/s" in last
        assert "step 1/4 [#####...............] loss 1.00" in shown[0]
