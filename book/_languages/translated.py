"""Build the book in another language, when the English one is built: `python book/_languages/translated.py`.

The pages are built in `_build/zh` and published into `_build/html/zh`; what both editions use, `_build/html` alone has.
"""

import argparse
import os
import sys
from pathlib import Path

from editions import ENGLISH, FOLDERS
from publish import publish

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = [language for language in FOLDERS if language != ENGLISH]


def overrides(language):
    """Say what is configured otherwise than in the English edition."""
    return {
        "external_toc_path": str(ROOT / "_toc.yml"),
        "gettext_compact": False,  # a catalogue a page
        "language": language,
        "latex_individualpages": False,  # Jupyter Book asks for it
        "locale_dirs": [str(ROOT / "locale")],
        "nitpicky": True,
    }


def build(language, out):
    """Build an edition, every warning an error.

    Parameters
    ----------
    language : str
    out : Path
        The folder that holds the English edition, as `html`.

    Returns
    -------
    status : int
        Not 0 where something is wrong.
    """
    os.environ["RNNCOURSE_LANGUAGE"] = language
    from jupyter_book.sphinx import build_sphinx  # after the language is chosen

    made = out / FOLDERS[language].strip("/") / "html"
    status = build_sphinx(
        ROOT,
        made,
        noconfig=True,
        path_config=ROOT / "_config.yml",
        confoverrides=overrides(language),
        warningiserror=True,
        keep_going=True,
    )
    if isinstance(status, Exception) or status:
        return 1
    publish(made, out / "html", FOLDERS[language])
    return 0


def main():
    """Build the edition that the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("languages", nargs="*", choices=[*LANGUAGES, []], help="which; all, if none is named")
    parser.add_argument("--path-output", type=Path, default=ROOT, help="where _build lies")
    given = parser.parse_args()
    out = given.path_output.resolve() / "_build"
    if not (out / "html" / "index.html").is_file():
        raise SystemExit(f"there is no English edition in {out / 'html'}, whose files the others use: build it first")
    sys.exit(max(build(language, out) for language in given.languages or LANGUAGES))


if __name__ == "__main__":
    main()
