"""Make the student's notebook of a problem set in any language, without a gradebook."""

from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, IncludeHeaderFooter, SaveCells
from traitlets.config import Config

from rnncourse.authoring.chosen_sets import points_of
from rnncourse.authoring.errors import CourseError
from rnncourse.authoring.messages.catalogues import translations
from rnncourse.authoring.messages.notebook import translate_notebook
from rnncourse.authoring.source import read_source
from rnncourse.authoring.stub import NamedStub
from rnncourse.language import ENGLISH, LANGUAGES, speaking

LEFT_OUT = (IncludeHeaderFooter, SaveCells)
"""Of nbgrader's steps: what reads and writes files of a course."""


def instructors_notebook(course, name, language=ENGLISH):
    """Read the source of a problem set as the instructor's notebook, with a course's points, in a language.

    Parameters
    ----------
    course : path
    name : str
    language : str

    Returns
    -------
    notebook : nbformat.NotebookNode
    """
    notebook = read_source(Path(course) / "solutions" / name / f"{name}.py", points_of(course, name))
    if language == ENGLISH:
        return notebook
    return translate_notebook(notebook, translations(course, name, language), language)


def students_notebook(course, name, language=ENGLISH):
    """Make the notebook that students get, by nbgrader's own steps.

    Parameters
    ----------
    course : path
    name : str
    language : str

    Returns
    -------
    notebook : nbformat.NotebookNode
    """
    notebook, resources = instructors_notebook(course, name, language), {}
    with speaking(language):
        for step in GenerateAssignment.preprocessors.default_args[0]:
            if step not in LEFT_OUT:
                step = NamedStub if step is ClearSolutions else step
                notebook, resources = step(config=Config()).preprocess(notebook, resources)
    return notebook


def translated_notebooks(course, name, language=ENGLISH):
    """Make the notebooks that students may have in the place of the released one: those in other languages.

    Parameters
    ----------
    course : path
    name : str
    language : str
        Of the released one.

    Returns
    -------
    notebooks : list of nbformat.NotebookNode
        Empty where the course keeps no source of the problem set, or one that is just being edited.
    """
    if not (Path(course) / "solutions" / name / f"{name}.py").is_file():
        return []
    try:
        return [students_notebook(course, name, other) for other in LANGUAGES if other != language]
    except (ValueError, CourseError):
        return []
