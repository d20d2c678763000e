"""Record what the grader has found, for programs: beside the report for a person, in the graded cells' outputs.

Only the grader writes this. A student's output keeps no mimetype but text and pictures (`execute.MIMES`), a rebuilt
notebook has the metadata of the released one, and what stands in a cell that is not graded is not read.
"""

import itertools
import re

from rnncourse.language import said
from rnncourse.misconceptions import CATALOGUE
from rnncourse.misconceptions.slips.catalogue import slips_of

MIME = "application/vnd.rnncourse+json"
KINDS = ("check failed", "ended", "out of time", "crashed", "unwritten")
"""Why a cell has no answer; all but the last are for a person to look at, the first before all others."""

_STOPPED = re.compile(r", called with [^.]*?, (raised ProcessEnded|raised|did not return)")
_STOPPED_KIND = {"raised ProcessEnded": "ended", "raised": "crashed", "did not return": "out of time"}


def of_result(result):
    """Collect the findings of a check.

    Parameters
    ----------
    result : rnncourse.checks.reporting.result.Result

    Returns
    -------
    findings : dict
        JSON can write it: `mistakes`, each with `label`, `says` and `see`; `keeps_part`, whether points are kept for
        an answer that is nearly right; and, where no answer came back, `kind` (of `KINDS`) and `reason`.
    """
    known = {mistake.label: mistake for mistake in itertools.chain(*CATALOGUE.values())}
    if (name := result.exercise.partition("(")[0]) in CATALOGUE:
        known |= {slip.label: slip for part in slips_of(name)[::-1] for slip in part}
    labels = dict.fromkeys(label for message in result.messages for label in message.labels)
    mistakes = [{"label": label, "says": said(known[label].says), "see": known[label].see} for label in labels]
    about = {"exercise": result.exercise, "mistakes": mistakes, "keeps_part": result.keeps_part}
    return about | _why_stopped(result)


def _why_stopped(result):
    """Find out why a check got no answer; nothing if it got one."""
    problems = {verdict.problem for verdict in result.verdicts}
    reason = result.messages[0].text if result.messages else ""
    if problems == {"not written yet"}:
        return stopped("unwritten", said(reason))
    found = _STOPPED.search(reason)
    if found and any(problem and problem.startswith("did not come back") for problem in problems):
        return stopped(_STOPPED_KIND[found[1]], said(reason))
    return {}


def stopped(kind, reason):
    """Make the findings of a cell that has no answer; `kind` is one of `KINDS`."""
    return {"kind": kind, "reason": reason}


def by_cell(notebook):
    """Read the findings in an autograded notebook, by `grade_id`.

    Parameters
    ----------
    notebook : dict
        As JSON has it.
    """
    found = {}
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("grade") and not about.get("solution"):
            shown = [output["data"][MIME] for output in cell.get("outputs", ()) if MIME in output.get("data", ())]
            found[about["grade_id"]] = shown[0] if shown else {}
    return found


def of_notebook(notebook):
    """Read what was found about the notebook as a whole: `seconds`, `notes` on what was handed in, `read`."""
    return notebook["metadata"].get("rnncourse", {})


def note(notebook, **found):
    """Add to what `of_notebook` gives."""
    notebook["metadata"]["rnncourse"] = of_notebook(notebook) | found
