"""Stand for the checks while a notebook is graded: each says that the grader will check."""

import os

SAID = {"en": "{name}: the grader checks this.", "zh_CN": "{name}：评分程序会检查这里。"}
"""By language: the sandbox has no catalogue of messages."""


def passed(function):
    """Say no: whether a check is passed is for the grader to find out."""
    return False


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def later(*arguments, **options):
        print(SAID.get(os.environ.get("RNNCOURSE_LANGUAGE"), SAID["en"]).format(name=name))

    return later
