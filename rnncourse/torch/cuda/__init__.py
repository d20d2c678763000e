"""Run the time loops on a CUDA device, with one Triton kernel for what is elementwise in a time step."""
