"""The same functions as `rnncourse.reference`, vectorised: everything that does not need h^(t-1) leaves the time loop."""
