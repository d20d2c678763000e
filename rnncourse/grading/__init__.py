"""Grade a class: collect, run students' code in a sandbox, score, enter, give feedback, report."""
