"""The same functions as `rnncourse.reference`, vectorised: what does not need h^(t-1) leaves the time loop."""
