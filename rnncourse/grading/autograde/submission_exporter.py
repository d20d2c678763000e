"""Export a submitted notebook in nbgrader's autograde: it is rebuilt from the release before anything runs."""

import os
from pathlib import Path

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbgrader.api import Gradebook

from rnncourse.authoring.course_language import course_language
from rnncourse.authoring.released import translated_notebooks
from rnncourse.grading.autograde.sandboxed_execute import refuse_without_sandbox
from rnncourse.grading.gradebook.cells import locked_cells
from rnncourse.grading.notebook.reading import handed_in
from rnncourse.grading.notebook.rebuild import rebuild_submission


class SubmissionExporter(NotebookExporter):
    """In the place of nbgrader's exporter: a submitted file is rebuilt; any other is read as it is."""

    def __init__(self, **options):
        super().__init__(**options)
        refuse_without_sandbox(self)

    def from_filename(self, filename, resources=None, **options):
        """Read, rebuild and preprocess one notebook."""
        submitted = self.parent.coursedir.format_path(self.parent.coursedir.submitted_directory, ".", ".")
        if not Path(filename).is_relative_to(os.path.normpath(submitted)):
            return super().from_filename(filename, resources=resources, **options)
        about = resources["nbgrader"]
        prepared = ResourcesDict()
        prepared.update(resources)
        prepared["metadata"] = {"name": about["notebook"], "path": str(Path(filename).parent)}
        coursedir = self.parent.coursedir
        release = Path(coursedir.format_path(coursedir.release_directory, ".", about["assignment"]))
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            locked = locked_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))
        released = nbformat.read(release / f"{about['notebook']}.ipynb", as_version=4)
        translated = translated_notebooks(coursedir.root, about["assignment"], course_language(coursedir.root))
        notebook = rebuild_submission(released, handed_in(filename), locked, translated=translated)
        return self.from_notebook_node(notebook, resources=prepared, **options)
