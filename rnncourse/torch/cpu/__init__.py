"""Run the time loops in plain torch: on a CPU, and wherever the kernels of `rnncourse.torch.cuda` do not run."""
