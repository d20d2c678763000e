import pytest

from rnncourse.training import fit

pytest.importorskip("rich")


def test_it_is_quiet_when_piped(notes_model, notes_data, capfd):
    fit(notes_model, *notes_data, epochs=2)
    assert capfd.readouterr() == ("", "")


def test_it_shows_epochs_and_losses_when_asked(notes_model, notes_data, capfd):
    fitted = fit(notes_model, *notes_data, epochs=3, progress=True)
    out, err = capfd.readouterr()
    assert "3/3" in out and f"val {fitted.history.val_loss[-1]:.4g}" in out
    assert err == ""
