"""Report a check: a number for the grader, a text and an HTML report for the learner."""
