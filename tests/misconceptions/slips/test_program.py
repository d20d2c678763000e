"""A program with spans replaced is the catalogue's mutant, and mistakes that lie apart can be made together."""

import ast
import re

import numpy as np
import pytest
from support.tiers import some_of

from rnncourse.checks import EXERCISES
from rnncourse.misconceptions import CATALOGUE, TEXTBOOK
from rnncourse.misconceptions.record import split_source
from rnncourse.misconceptions.slips.catalogue import slips_of
from rnncourse.misconceptions.slips.program import Span, program_of, together


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_spans_of_a_misconception_make_its_mutant(name):
    program = program_of(TEXTBOOK[name])
    head, code = split_source(TEXTBOOK[name])
    for record in CATALOGUE[name]:
        wrong = code
        for swap in record.swaps:
            wrong = wrong.replace(*swap)
        written = program.changed(program.main, program.spans(record))
        assert written == (head + wrong).replace("np.empty", "np.zeros"), record.label


def test_two_mistakes_in_one_line_are_made_together():
    program = program_of(TEXTBOOK["rnn_step"])
    spans = {record.label: program.spans(record) for record in CATALOGUE["rnn_step"]}
    both = together(spans["no-b_h"], spans["transposed-W_hh"])
    assert "a_t = x_t @ W_xh.T + h_prev @ W_hh  #" in program.changed("rnn_step", both)
    x_t, h_prev, *params = (np.random.default_rng(k).standard_normal((3, 3)) for k in range(5))
    step = EXERCISES["rnn_step"].adapt(program.build(both))
    assert np.allclose(step(x_t, h_prev, *params), np.tanh(x_t @ params[0].T + h_prev @ params[1]), rtol=1e-12)


def test_what_two_insert_in_one_place_has_one_order():
    program = program_of(TEXTBOOK["rnn_step"])
    at = program.texts["rnn_step"].index("h_prev @")
    first, second = Span("rnn_step", at, at, "-"), Span("rnn_step", at, at, "2 * ")
    written = {program.changed("rnn_step", order) for order in ([first, second], [second, first], {first, second})}
    assert written == {program.changed("rnn_step", [first, second])} and "-2 * h_prev @" in written.pop()


def test_what_is_in_one_place_cannot_be_made_together():
    first, inside, beside = (Span("f", 0, 9, "a"),), (Span("f", 3, 5, "b"),), (Span("f", 9, 9, "c"),)
    assert together(first, inside) is None
    assert together(first, beside) == {*first, *beside}
    assert together(first, (Span("g", 3, 5, "b"),)) is not None


@pytest.mark.parametrize("name", some_of(CATALOGUE, 0, 2))
def test_every_slip_is_another_program_under_a_label_of_its_own(name):
    program, slips = program_of(TEXTBOOK[name]), [slip for part in slips_of(name) for slip in part]
    assert len({slip.label for slip in slips}) == len(slips) == len({slip.spans for slip in slips})
    for slip in slips:
        assert together(slip.spans) is not None
        for function in {span.function for span in slip.spans}:
            text = program.changed(function, [span for span in slip.spans if span.function == function])
            assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(program.texts[function])), slip.label
        assert slip.says and slip.hint and "#" in slip.see


def test_a_sequence_has_the_mistakes_of_its_step():
    _, inherited, composed = slips_of("rnn_forward")
    assert len(inherited) == len(CATALOGUE["rnn_step"]) and "no-b_h" in {slip.label for slip in inherited}
    assert any(slip.spans[0].function == "rnn_step" for slip in composed)


@pytest.mark.parametrize("name", ["rnn_backward", "lstm_step", "truncated_bptt"])
def test_no_line_is_shown_that_no_learner_writes(name):
    program = program_of(TEXTBOOK[name])
    for slip in (slip for part in slips_of(name) for slip in part):
        assert not any("Params(" in line or "params" in line for line in program.wrong_lines(slip.spans))


CODE = re.compile(r"@|\*\*|np\.|\.T\b|\.sum|\.mean|len\(|axis=")


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_composed_sentence_shows_the_textbook_s_code(name):
    for slip in slips_of(name)[2]:
        assert not CODE.search(f"{slip.says} {slip.hint}"), slip.label
    if name == "shapes":  # where a size is the answer
        assert not any(" for " in slip.says or " belongs" in slip.says for slip in slips_of(name)[2])
