"""Stand for the labs while a notebook is graded: nobody moves a slider."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def nothing(*arguments, **options):
        print(f"{name}: open the notebook in JupyterLab to see this.")

    return nothing
