"""Stand for the checks while a notebook is graded: each says that the grader will check."""


def passed(function):
    """Say no: whether a check is passed is for the grader to find out."""
    return False


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def later(*arguments, **options):
        print(f"{name}: the grader checks this.")

    return later
