import subprocess
import sys
import time

import pytest

from rnncourse.training import fit
from rnncourse.training.progress import progress_bar


def test_it_is_quiet_when_piped(notes_model, notes_data, capfd):
    fit(notes_model, *notes_data, epochs=2)
    assert capfd.readouterr() == ("", "")


def test_it_shows_epochs_and_losses_when_asked(notes_model, notes_data, capfd):
    pytest.importorskip("rich")
    fitted = fit(notes_model, *notes_data, epochs=3, progress=True)
    out, err = capfd.readouterr()
    assert "3/3" in out and f"val {fitted.history.val_loss[-1]:.4g}" in out
    assert err == ""


BARE = """
import sys
sys.modules.update(dict.fromkeys(["rich", "ipywidgets"]))  # None: as if not installed
from rnncourse.training.progress import progress_bar
with progress_bar(4, unit="step", show={show}) as bar:
    for step in range(1, 5):
        bar.update(step, f"loss {{1 / step:.2f}}")
print("done")
"""


@pytest.mark.parametrize("show", [True, None])
def test_without_rich_it_is_quiet(show):
    done = subprocess.run([sys.executable, "-c", BARE.format(show=show)], capture_output=True)
    assert (done.stdout, done.stderr) == (b"done\n", b"")


def test_it_says_the_unit_the_rate_and_that_a_run_goes_on_where_it_was(capfd):
    pytest.importorskip("rich")
    with progress_bar(5, done=2, show=True, unit="step") as bar:
        for step in range(3, 6):
            time.sleep(0.01)
            bar.update(step, f"loss {1 / step:.2f}")
    out, err = capfd.readouterr()
    assert out.lstrip().startswith("step 5/5") and "loss 0.20" in out and "steps/s" in out and err == ""


def test_what_fails_inside_the_block_is_not_swallowed(capfd):
    for show in (True, False):
        with pytest.raises(KeyError, match="inside"), progress_bar(2, show=show):
            raise KeyError("inside")
