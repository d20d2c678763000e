"""Export a student's feedback in nbgrader's step: a page that needs nothing but itself, and in which nothing runs."""

from pathlib import Path

from nbconvert.exporters import Exporter
from traitlets import Unicode, default

from rnncourse.authoring.course_language import course_language
from rnncourse.grading import pages
from rnncourse.grading.feedback.cells import shown_cells
from rnncourse.grading.notebook.graded_cells import cell_metadata, exercises, title
from rnncourse.language import speaking


class FeedbackExporter(Exporter):
    """In the place of nbgrader's HTML exporter."""

    output_mimetype = "text/html"
    course = Unicode("", help="The course directory: where course.toml lies.").tag(config=True)

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    def from_notebook_node(self, notebook, resources=None, **options):
        """Render the page of one graded notebook.

        Parameters
        ----------
        notebook : NotebookNode
            From autograded/.
        resources : dict
            What nbgrader knows about it.

        Returns
        -------
        page : str
        resources : dict
        """
        notebook, resources = super().from_notebook_node(notebook, resources, **options)
        with speaking(course_language(self.course or Path.cwd())):
            return _page(notebook, resources), resources


def _page(notebook, resources):
    """Render the page in the language in use."""
    about = resources["nbgrader"]
    return pages.render(
        "feedback.html.j2",
        title=title(notebook) or about["notebook"],
        student=about["student"],
        points=about.get("score", 0.0),
        of=about.get("max_score", 0.0),
        late=about.get("late_penalty", 0.0),
        lateness=about.get("lateness", ""),
        exercises=list(exercises(notebook)),
        comments=[known["grade_id"] for known in cell_metadata(notebook) if known.get("comment")],
        cells=list(shown_cells(notebook, Path(resources["metadata"]["path"] or "."))),
    )
