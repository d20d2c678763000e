"""List the mistakes learners make in the GRU, the Function of torch and sampling, a module for each exercise."""
