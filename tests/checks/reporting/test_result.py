import copy
import pickle

import numpy as np
from IPython.core.interactiveshell import InteractiveShell

from rnncourse import check
from rnncourse.checks.reporting.report import mistake_url
from rnncourse.checks.reporting.result import Result, Verdict
from rnncourse.language import speaking


def no_bias(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)


def test_a_result_is_a_bare_number_to_nbgrader_and_a_report_to_people():
    result = check.rnn_step(no_bias)
    assert repr(result) == "0.0" and float(repr(result)) == result.points
    plain = InteractiveShell.instance().display_formatter.format(result)[0]
    assert plain["text/plain"] == "0.0"
    assert "no-b_h" in plain["text/html"]
    assert "no-b_h: the bias b_h is never added" in str(result)


def test_the_report_shows_the_line_to_look_for_and_never_the_right_one():
    report = str(check.rnn_step(no_bias))
    assert "It first shows on your line" in report and "np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)" in report
    assert "+ b_h" not in report


def test_a_line_of_others_is_shown_where_none_of_the_learner_s_can_be_read():
    names = {"np": np}
    exec("def unreadable(x_t, h_prev, W_xh, W_hh, b_h): return np.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)", names)
    report = str(check.rnn_step(names["unreadable"]))
    assert "Look for a line like this one:" in report and "a_t = x_t @ W_xh.T + h_prev @ W_hh.T" in report
    assert "+ b_h" not in report


def test_html_is_escaped():
    def rnn_step(*arguments):
        raise ValueError("<script>alert(1)</script>")

    html = check.rnn_step(rnn_step)._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_the_report_starts_with_what_is_right():
    def half(dh, x, h0, h, W_xh, W_hh):
        return np.zeros_like(x), np.zeros_like(h0), np.zeros_like(W_xh), np.zeros_like(W_hh), None

    def db_right(dh, x, h0, h, W_xh, W_hh):
        back, db_h = 0, 0
        for t in reversed(range(len(h))):
            delta = (dh[t] + back) * (1 - h[t] ** 2)
            back, db_h = delta @ W_hh, db_h + delta.sum(axis=0)
        return np.zeros_like(x), np.zeros_like(h0), np.zeros_like(W_xh), np.zeros_like(W_hh), db_h

    lines = str(check.rnn_backward(db_right)).splitlines()
    assert lines[0].endswith("8 of 45 points")
    assert lines[1] == "   8/8  db_h: right"
    assert "not yet" in str(check.rnn_backward(half)).splitlines()[1]


def test_results_survive_copying():
    result = check.rnn_step(no_bias)
    for twin in (copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert twin == result and twin.verdicts == result.verdicts and twin.messages == result.messages


def test_the_most_of_what_is_right_and_what_is_kept_counts_and_what_is_taken_off_stays_off():
    verdicts = [Verdict("dx", 0.0, 6.0, "wrong"), Verdict("dh0", 3.0, 3.0)]
    results = [Result("f(x)", verdicts, cost=cost, kept=kept) for cost in (0.0, 0.2) for kept in (0.0, 0.3, 0.5)]
    assert results == [3, 3, 4.5, 2.4, 2.4, 3.6]
    assert [result.keeps_part for result in results] == [False, False, True] * 2
    assert [pickle.loads(pickle.dumps(result)) for result in results] == results


def test_a_name_leads_to_the_list_of_mistakes():
    url = mistake_url("rnn_step", "no-b_h")
    assert url.endswith("book/appendix_mistakes.html#rnn_step-no-b_h")
    result = check.rnn_step(no_bias)
    assert f"<a href='{url}'><strong>no-b_h</strong></a>: the bias" in result._repr_html_()
    assert f"  More: {url}" in str(result).splitlines()


def test_a_name_leads_to_the_book_in_the_language_that_is_spoken():
    with speaking("zh_CN"):
        assert "/zh/book/appendix_mistakes.html#rnn_step-no-b_h" in mistake_url("rnn_step", "no-b_h")
    assert "/zh/" not in mistake_url("rnn_step", "no-b_h")
