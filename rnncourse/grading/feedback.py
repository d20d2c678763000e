"""nbgrader's step that writes a student's feedback: a page that needs nothing but itself, and in which nothing runs."""

from pathlib import Path

from nbconvert.exporters import Exporter
from traitlets import default

from rnncourse.grading import findings, pages
from rnncourse.grading.feedback_cells import shown_cells


class FeedbackExporter(Exporter):
    """In the place of nbgrader's HTML exporter."""

    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self):
        return ".html"

    def from_notebook_node(self, notebook, resources=None, **options):
        """The page of one graded notebook.

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
        about = resources["nbgrader"]
        page = pages.render(
            "feedback.html.j2",
            title=title(notebook) or about["notebook"],
            student=about["student"],
            points=about.get("score", 0.0),
            of=about.get("max_score", 0.0),
            late=about.get("late_penalty", 0.0),
            exercises=list(exercises(notebook)),
            comments=[one["grade_id"] for one in _graders(notebook) if one.get("comment")],
            cells=list(shown_cells(notebook, Path(resources["metadata"]["path"] or "."))),
        )
        return page, resources


def title(notebook):
    """The notebook's title: its first heading, if the release begins with one."""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("# "):
            return source.splitlines()[0].removeprefix("# ").strip()
    return None


def exercise_name(grade_id):
    """What a graded cell is about: "check-rnn_step" is "rnn_step"."""
    return grade_id.removeprefix("check-")


def exercises(notebook):
    """The graded cells in order: `grade_id`, `name`, `points`, `of`, and the named `mistakes`."""
    found = findings.by_cell(notebook)
    for about in _graders(notebook):
        if about.get("grade") or about.get("task"):
            grade_id = about["grade_id"]
            yield {
                "grade_id": grade_id,
                "name": exercise_name(grade_id),
                "points": about.get("score") or 0.0,
                "of": about.get("points", 0.0),
                "mistakes": [pages.linked(one) for one in found.get(grade_id, {}).get("mistakes", ())],
            }


def _graders(notebook):
    return [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]
