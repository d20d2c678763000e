"""Say what a report has found as plain data, for a script."""


def report_found(report):
    """Say what the report on a problem set has found.

    Parameters
    ----------
    report : Report

    Returns
    -------
    found : dict
        JSON can write it.
    """
    return {
        "problem_set": report.problem_set,
        "maximum": report.maximum,
        "mean": report.average,
        "median": report.middle,
        "totals": {student.id: student.total for student in report.students},
        "not_graded": report.ungraded,
        "not_handed_in": report.absent,
        "mistakes": [
            {"label": mistake["label"], "exercise": exercise, "students": who}
            for exercise, mistake, who in report.mistakes
        ],
        "needs_a_person": [
            {"student": student.id, "where": where, "kind": kind, "reason": reason}
            for student, where, kind, reason in report.problems
        ],
        "stopped": [
            {"student": student.id, "where": where, "kind": kind, "reason": reason}
            for student, where, kind, reason in report.stopped
        ],
    }


def term_found(term):
    """Say what the report on a term has found.

    Parameters
    ----------
    term : Term

    Returns
    -------
    found : dict
        JSON can write it.
    """
    return {
        "problem_sets": term.names,
        "shares": {each.id: each.shares for each in term.standings},
        "may_need_help": [{"student": each.id, "mean": each.mean, "reasons": each.reasons} for each in term.behind],
        "mistakes_that_come_back": [
            {"label": each.mistake["label"], "counts": each.counts, "again": each.again} for each in term.returning
        ],
        "checks_without_a_name": [
            {"problem_set": each.problem_set, "exercise": each.exercise, "wrong": each.wrong, "students": each.who}
            for each in term.unnamed
        ],
    }
