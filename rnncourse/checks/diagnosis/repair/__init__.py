"""Try small edits of a learner's own code, to see on which of its lines a mistake stands that has been named."""
