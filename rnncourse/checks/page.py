"""Answer an exercise in a page of the book: run what stands in the editor, and judge the function that it defines.

Python runs in the reader's browser, from one request to one answer, both JSON. The same function answers in any Python.
"""

import ast
import contextlib
import io
import json
import linecache
import re
import traceback

from rnncourse.checks.grading import grade
from rnncourse.checks.registry import EXERCISES
from rnncourse.language import language, say, speaking

LINES, CHARACTERS = 200, 20_000
"""How much of what was printed is shown."""


def answer(request):
    """Run a learner's code, and check it if that is asked for.

    Parameters
    ----------
    request : str
        JSON: ``exercise`` (its name), ``code``, ``check`` (whether to judge), and ``given``: pieces of code that run
        before it, as a notebook's earlier cells would. One that fails is passed over: the exercise may not need it.
        ``language``, if it is there, is the page's: what is said is said in it.

    Returns
    -------
    answer : str
        JSON: ``printed``, and, if the code ran to its end and a check was asked for, ``html``, ``text``, ``points`` and
        ``maximum``; ``problem`` where something stood in the way.
    """
    request = json.loads(request)
    with speaking(request.get("language", language())):
        return json.dumps(_answer(request))


def _answer(request):
    name, printed = request["exercise"], io.StringIO()
    namespace = {"__name__": "__main__"}
    found = {}
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        for number, given in enumerate(request.get("given", ())):
            _run_given(given, f"<given {number + 1}>", namespace)
        printed.seek(0)
        printed.truncate()
        try:
            value = _run(request["code"], f"<{name}>", namespace)
            if request.get("check"):
                found = _judge(name, namespace)
            elif value is not None:
                print(repr(value))
        except BaseException as error:  # whatever it is, the next answer has to come
            found = {"problem": _problem(error, f"<{name}>")}
    return {"printed": _shorten(printed.getvalue()), **found}


def _run_given(code, file, namespace):
    """Run code statement by statement: here there may be no matplotlib, and the exercise does without it."""
    try:
        statements = ast.parse(code).body
    except SyntaxError:
        return
    _remember(file, code)
    for statement in statements:
        with contextlib.suppress(Exception, SystemExit):
            exec(compile(ast.Module([statement], []), file, "exec"), namespace)


def _run(code, file, namespace):
    """Run code as a notebook's cell; returns the value of its last line, if that is an expression."""
    module = ast.parse(code, file)
    _remember(file, code)
    last = module.body.pop() if module.body and isinstance(module.body[-1], ast.Expr) else None
    exec(compile(module, file, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), file, "eval"), namespace) if last else None


def _remember(file, code):
    """Keep the source, so that a report can quote the learner's line, and a traceback show it."""
    linecache.cache[file] = len(code), None, code.splitlines(keepends=True), file


def _judge(name, namespace):
    """Check the function of the exercise's name."""
    if not callable(namespace.get(name)):
        return {
            "problem": say(
                "There is no function {name} in the editor. Keep its first line, `def {name}(...)`.", name=name
            )
        }
    result = grade(EXERCISES[name], namespace[name])
    return {
        "html": result._repr_html_(),
        "text": str(result),
        "points": result.points,
        "maximum": result.maximum,
    }


def _problem(error, file):
    """Say what stopped the code, with the learner's own lines and none of ours."""
    if isinstance(error, SyntaxError):
        return _only_the_line("".join(traceback.format_exception_only(error)), file).strip()
    if isinstance(error, MemoryError):
        return say("MemoryError: there is no more memory. How large are the arrays that you make?")
    if isinstance(error, RecursionError):
        return say("RecursionError: a function calls itself without an end.")
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    lines = [say("Line {number}: {line}", number=frame.lineno, line=frame.line) for frame in frames[-5:]]
    return "\n".join([*lines, "".join(traceback.format_exception_only(error)).strip()])


def _only_the_line(text, file):
    """Say the line of a SyntaxError without the name of its file, which nobody has given it."""
    return re.sub(rf'File "{re.escape(file)}", line (\d+)', lambda found: say("Line {number}", number=found[1]), text)


def _shorten(text):
    lines = text[:CHARACTERS].splitlines()[:LINES]
    shown = "\n".join(lines)
    cut = len(shown) < len(text.rstrip("\n"))
    return f"{shown}\n{say('... (the rest is not shown)')}" if cut else shown
