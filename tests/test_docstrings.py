"""Hold the house style of names and docstrings: a docstring opens with a verb, and a loop variable names its thing."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
VERBS = set(
    """
    accept add admit advance align allocate allow alter animate announce answer append apply approve arrange ask
    assemble assert attach augment average back backpropagate balance begin bend bind bound bring build cache call
    cancel capture carry carve cast catch centre change check choose classify clean clear clip close collect
    colour combine commit compare compile complete compose compress compute concatenate configure connect consume
    contain continue contrast convert copy correct count cover crop cross cut decide declare decode deduct define
    delete demand deny describe deserialise detect determine diagnose differentiate discard discover dispatch
    display distribute divide do download draw drive drop dump duplicate edit embed empty enable encode end
    enforce ensure enter enumerate erase escape estimate evaluate examine exchange execute exercise exit expand
    expect explain export expose express extend extract factor fail fall feed fetch fill filter find finish fit
    fix flatten fold follow forbid forecast forget fork form format forward frame free freeze gather generate get
    give grade grant group grow guard guess hand handle hash have hide highlight hold identify ignore implement
    import index infer initialise insert inspect install interpolate interpret interrupt introduce invert isolate
    join judge jump keep kill label lay lead learn leave let lift limit link list listen load locate lock log look
    loop lower make manage map mark mask match maximise mean measure mend merge minimise mirror modify mount move
    multiply mutate name normalise note number observe offer omit open operate optimise order overwrite pack pad
    paint pair parse part pass patch pause perform permit pick pin place play plot point pool predict prefix
    prepare present preserve press prevent print probe process produce project promise protect prove provide
    publish pull push put query quote race raise rank read rebuild recall receive recognise recompute record
    recover reduce refer refuse regard register release reload remove rename render renumber repeat replace replay
    reply report represent request require reset reshape resolve respond restart restore restrict resume retry
    return reuse reverse revert rewrite ring roll rotate round route run sample sanitise save say scale scan
    schedule score scroll search seed seek select send separate serialise serve set settle shade shape share shift
    shorten show shrink shuffle shut sign silence simulate size skip slice smooth solve sort spawn speak specify
    spell split spread stack stamp stand standardise start state step stop store stretch strip style subclass
    submit substitute subtract sum summarise supply support suppress swallow swap switch tabulate take teach tell
    terminate test tidy tie time toggle total trace track train transform translate transpose treat trim truncate
    try tune turn type unfold unify unpack unroll unstack unwrap update upload use validate vary vectorise verify
    view visit wait walk warm warn wire withhold work wrap write yield zip
    """.split()  # noqa: SIM905
)
FOLDERS = ("rnncourse", "benchmarks", "book/_assets", "book/_ext", "book/_python", "tests/support")
DATA = ROOT / "benchmarks" / "bugs"
"""Its folders hold answers as students write them."""
STUDENTS = "rnncourse/grading/demo/students/"
"""What the sample class hands in is written as students write."""


@cache
def trees(folder):
    """Parse the files of a folder: a tree by its file's name."""
    files = sorted(path for path in (ROOT / folder).rglob("*.py") if path.parent.parent != DATA)
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def opening(docstring):
    """Return the first word, in lower case."""
    return docstring.split(maxsplit=1)[0].strip(".,:;`'\"()").lower() if docstring.strip() else ""


def documented(tree):
    """Yield (line, docstring) of the module and of every function that has one."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)) and (docstring := ast.get_docstring(node)):
            yield getattr(node, "lineno", 1), docstring


def loop_variables(tree):
    """Yield (line, name) of every variable of a loop or a comprehension."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.For, ast.comprehension)):
            for target in ast.walk(node.target):
                if isinstance(target, ast.Name):
                    yield target.lineno, target.id


@pytest.mark.parametrize("folder", FOLDERS)
def test_docstrings_open_with_a_verb(folder):
    ours = {name: tree for name, tree in trees(folder).items() if not name.startswith(STUDENTS)}
    assert ours
    assert not [
        f"{name}, line {line}: {text.splitlines()[0]}"
        for name, tree in ours.items()
        for line, text in documented(tree)
        if opening(text) not in VERBS
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_loop_variables_name_their_thing(folder):
    assert not [
        f"{name}, line {line}: {variable}"
        for name, tree in trees(folder).items()
        for line, variable in loop_variables(tree)
        if variable in ("one", "thing", "item", "it")
    ]


def test_the_verb_test_sees_a_noun():
    assert opening("The ends of things.") not in VERBS
    assert opening("Discard the late reply.") in VERBS
