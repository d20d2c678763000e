"""Run nbgrader's commands as a person on a hub does: from a folder, with the settings that all on the hub have."""

import contextlib
import logging
import os
from pathlib import Path
from unittest import mock

from traitlets.config import Config

from rnncourse.authoring.database import programs_path


class Hub:
    """A machine on which students and an instructor have accounts, and one folder for what is handed out and in.

    Parameters
    ----------
    folder : path
        Of its own.
    settings : path
        The nbgrader_config.py that goes into /etc/jupyter.
    """

    def __init__(self, folder, settings):
        self._folder, self._settings = Path(folder), Path(settings)
        self.exchange = self._folder / "exchange"
        self.exchange.mkdir(parents=True)
        self.exchange.chmod(0o777)
        etc = self._folder / "etc"
        etc.mkdir()
        text = self._settings.read_text(encoding="utf-8").replace("/srv/nbgrader/exchange", str(self.exchange))
        (etc / "nbgrader_config.py").write_text(text, encoding="utf-8")

    def home(self, person):
        """Make a home folder, if it is not there."""
        home = self._folder / "home" / person
        home.mkdir(parents=True, exist_ok=True)
        return home

    def run(self, person, application, *arguments, folder=None):
        """Run one of nbgrader's commands.

        Parameters
        ----------
        person : str
        application : type
            Of `nbgrader.apps`.
        *arguments : str
            Of its command line.
        folder : path, optional
            Where it is run; the person's home by default.
        """
        home = self.home(person)
        places = {"JUPYTER_CONFIG_DIR": str(home / ".jupyter"), "JUPYTER_DATA_DIR": str(home / ".data")}
        places |= {"JUPYTER_CONFIG_PATH": str(self._folder / "etc"), "HOME": str(home), "PATH": programs_path()}
        with contextlib.chdir(folder or home), mock.patch.dict(os.environ, places):
            application.clear_instance()
            app = application.instance(config=Config(), log_level=logging.ERROR)
            app.initialize(list(arguments))
            app.start()
            application.clear_instance()
