"""Put a stub into a student's notebook in the place of a solution."""

from nbgrader.preprocessors import ClearSolutions

from rnncourse.language import say


class NamedStub(ClearSolutions):
    """Clear solutions as nbgrader does, and leave a NotImplementedError that says which exercise is to be written."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Clear one cell; its `grade_id` is the name of the exercise."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        yours = say("{name} is yours to write", name=name)
        self.code_stub = {"python": f'# {say("YOUR CODE HERE")}\nraise NotImplementedError("{yours}")'}
        return super().preprocess_cell(cell, resources, cell_index)
