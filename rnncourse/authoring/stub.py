"""Put a stub into a student's notebook in the place of a solution."""

from nbgrader.preprocessors import ClearSolutions


class NamedStub(ClearSolutions):
    """Clear solutions as nbgrader does, and leave a NotImplementedError that says which exercise is to be written."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Clear one cell; its `grade_id` is the name of the exercise."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        self.code_stub = {"python": f'# YOUR CODE HERE\nraise NotImplementedError("{name} is yours to write")'}
        return super().preprocess_cell(cell, resources, cell_index)
