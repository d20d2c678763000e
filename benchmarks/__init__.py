"""Measure speed as ratios against peers, all in one run: ``python -m benchmarks`` (see `benchmarks.__main__`)."""

import os

# One BLAS thread, set before NumPy is imported: on shared cores more threads measure the neighbours, not the code.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
