import pytest

from rnncourse import doctor
from rnncourse.grading.sandbox import bubblewrap
from rnncourse.grading.sandbox.podman_probe import probe


def findings():
    return {finding.name: finding for finding in doctor.examine()}


def test_what_is_here_has_a_version_and_needs_no_remedy():
    numpy = findings()["numpy"]
    assert numpy.here and numpy.found[0].isdigit() and not numpy.remedy


def test_what_is_missing_says_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")
    bubblewrap.problem.cache_clear()
    probe.cache_clear()
    found = findings()
    for name in ("sandbox (bubblewrap)", "sandbox (podman)", "browser", "node"):
        assert not found[name].here
        assert "install" in found[name].remedy
    bubblewrap.problem.cache_clear()
    probe.cache_clear()


@pytest.mark.parametrize("script, said", [("exit 3", "fails: 3"), ("echo broken >&2; exit 1", "fails: broken")])
def test_a_program_that_does_not_run_does_not_count(tmp_path, monkeypatch, script, said):
    program = tmp_path / "node"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    node = findings()["node"]
    assert not node.here and said in node.found
