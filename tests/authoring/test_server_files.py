"""Files for containers and a JupyterHub are of a new course: what they name is there, and their commands run."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from traitlets.config import PyFileConfigLoader

from rnncourse.authoring.new_course import FILES, SERVER_FILES, make_course

ROOT = Path(__file__).parents[2]
NAME = "rnns-2027"
INSTRUCTIONS = {"FROM", "RUN", "COPY", "ENV", "USER", "WORKDIR", "EXPOSE", "CMD"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A new course with the files of a server."""
    folder = tmp_path_factory.mktemp("new") / NAME
    make_course(folder, ["ps1_forward"], server=True)
    return folder


def instructions(course):
    """Read the instructions of the Containerfile: (name, arguments)."""
    lines = (course / "server" / "Containerfile").read_text().splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


def stages(course):
    """Read the Containerfile's stages: by name, the image that each begins with and its instructions."""
    found, current = {}, None
    for name, rest in instructions(course):
        if name == "FROM":
            image, _, current = re.fullmatch(r"(\S+) (AS) (\w+)", rest).groups()
            found[current] = (image, [])
        else:
            found[current][1].append((name, rest))
    return found


def environment():
    """What a shell has in which the package is installed, as an image has it."""
    shell = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return shell | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }


def command(course, stage):
    """Read the command of a stage."""
    (said,) = [rest for name, rest in stages(course)[stage][1] if name == "CMD"]
    return json.loads(said)


def test_they_are_written_where_they_are_asked_for(course, tmp_path):
    files = {str(path.relative_to(course)) for path in course.rglob("*") if path.is_file()}
    assert files == {*FILES, *SERVER_FILES}
    make_course(tmp_path / "plain", ["ps1_forward"])
    assert not (tmp_path / "plain" / "server").exists()


def test_the_containerfile_has_known_instructions_and_stages_that_build_on_what_is_there(course):
    assert {name for name, _ in instructions(course)} == INSTRUCTIONS
    found = stages(course)
    assert list(found) == ["base", "learn", "grade"] and [found[name][0] for name in ("learn", "grade")] == ["base"] * 2
    with open(ROOT / "pyproject.toml", "rb") as file:
        least = tomllib.load(file)["project"]["requires-python"].removeprefix(">=")
    image, version = re.fullmatch(r"docker\.io/library/(\w+):([\d.]+)-slim", found["base"][0]).groups()
    assert image == "python" and tuple(map(int, version.split("."))) >= tuple(map(int, least.split(".")))


def test_each_file_that_is_copied_exists(course):
    copied = [rest.split()[:-1] for name, rest in instructions(course) if name == "COPY"]
    assert copied and all((course / file).is_file() for files in copied for file in files)


def test_its_shell_commands_are_a_shell_s_and_its_packages_are_asked_for(course):
    commands = [rest for name, rest in instructions(course) if name == "RUN"]
    for line in commands:
        assert subprocess.run(["bash", "-n", "-c", line], capture_output=True).returncode == 0, line
    assert any(re.search(r"apt-get install .*\bbubblewrap\b.*\bmake\b", line) for line in commands)
    assert any("--requirement /tmp/requirements.txt" in line for line in commands)


def test_the_command_to_grade_runs_in_the_course_directory(course, tmp_path):
    copy = shutil.copytree(course, tmp_path / NAME)
    for line in (["make", "release"], command(course, "grade")):
        done = subprocess.run(line, cwd=copy, env=environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (copy / "exercises" / "ps1_forward" / "ps1_forward.ipynb").is_file()


def test_the_command_to_learn_has_options_that_there_are(course, tmp_path):
    done = subprocess.run(
        [*command(course, "learn"), "--show-config-json"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["ServerApp"]["ip"] == "0.0.0.0" and said["ExtensionApp"]["open_browser"] is False


def test_whoever_is_in_the_class_may_enter_the_hub(course, tmp_path):
    (course / "students.csv").write_text("id,first_name,last_name,email\nada,Ada,L,\nbob,Bob,M,\n")
    text = (course / "server" / "jupyterhub_config.py").read_text()
    assert text.count(f'"/srv/nbgrader/{NAME}"') == 1
    (tmp_path / "hub.py").write_text(text.replace(f"/srv/nbgrader/{NAME}", str(course)))
    config = PyFileConfigLoader("hub.py", path=str(tmp_path)).load_config()
    assert config.Authenticator.allowed_users == {"ada", "bob", "teacher"}
    assert config.Authenticator.admin_users == {"teacher"} and config.Spawner.default_url == "/lab"
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(course / "server")).load_config()
    assert settings.CourseDirectory.course_id == NAME and settings.Exchange.root == "/srv/nbgrader/exchange"
