"""Test whether a machine may grade: it has the driver's sources, and the sandbox that the run promises."""

from rnncourse.grading.run.dask_worker import fingerprint, introduce, unfit


def test_this_machine_has_its_own_sources():
    assert unfit(introduce(), fingerprint(), "plain") is None


def test_another_version_of_the_package_is_refused():
    said = unfit({"fingerprint": "0", "problem": None}, fingerprint(), "plain")
    assert "is not the driver's" in said and "install the same on both" in said


def test_a_promised_sandbox_must_be_there():
    about = {"fingerprint": "0", "problem": "bubblewrap (bwrap) is not installed"}
    assert unfit(about, "0", "bubblewrap") == "it has no sandbox: bubblewrap (bwrap) is not installed"
    assert unfit(about, "0", "plain") is None
