"""In a code cell comments, docstrings and what is printed or drawn are translated; the code does the same as before."""

import ast

from rnncourse.authoring.messages.code import translate_code

CELL = '''\
import torch  # noqa: E402

# A comment of its own: häß.
rates = {"gradient descent": 0.035, "Adam": 0.3}


def f(x):
    """Say what f does."""
    ### BEGIN SOLUTION
    y = x + 1  # a comment that nobody sees
    ### END SOLUTION
    print(f"mean {x:.2f} of {len('ab')} values", "plain")
    ax.set(xlabel="lag", title=f"{x} steps", marker="o")
    ax.annotate("yours", (1, 2))
    return rates["gradient descent"]  # back
'''
MESSAGES = [
    "A comment of its own: häß.",
    "gradient descent",
    "Say what f does.",
    "mean {x:.2f} of {len('ab')} values",
    "plain",
    "lag",
    "{x} steps",
    "yours",
    "gradient descent",
    "back",
]


def test_the_messages_are_what_a_learner_reads_in_order():
    found = []
    assert translate_code(CELL, lambda message: found.append(message) or message) == CELL
    assert found == MESSAGES


def test_translations_stand_in_their_places_and_nothing_else_changes():
    said = translate_code(CELL, lambda message: f"⟦{message}⟧")
    assert said.replace("⟦", "").replace("⟧", "") == CELL
    assert said.count("⟦") == len(MESSAGES)
    assert "# ⟦A comment of its own: häß.⟧" in said and '"""⟦Say what f does.⟧"""' in said
    ast.parse(said)


JOINED = """\
Picture(
    figure,
    f"{n} dots in a row. "
    "The {last} one is hollow.",
)
print("y_hat", "rate", rates["rate"], f"h({n}) = {rate:.2f}")
ax.set_yticks([0, 1], ["pair", "$h$"])
"""


def test_a_sentence_in_pieces_is_one_message_and_becomes_one_piece():
    known = {"{n} dots in a row. The {{last}} one is hollow.": "一行 {n} 个点，{{最后}}一个空心。"}
    said = translate_code(JOINED, lambda message: known.get(message, message))
    assert 'figure,\n    f"一行 {n} 个点，{{最后}}一个空心。",\n)' in said
    ast.parse(said)


def test_one_word_is_a_message_where_somebody_reads_it():
    found = []
    assert translate_code(JOINED, lambda message: found.append(message) or message) == JOINED
    assert found[1:] == ["rate", "pair"]


def test_a_cell_that_is_not_python_alone_stays():
    cell = "%matplotlib inline\n# A comment here\n"
    assert translate_code(cell, lambda message: f"⟦{message}⟧") == cell
