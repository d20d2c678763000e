"""Give the kernels tanh and the product of a state by a matrix, on a card and in Triton's interpreter.

The interpreter runs a kernel on a CPU, through NumPy, if TRITON_INTERPRET=1 is set before Triton is imported. It knows
neither the card's tanh nor a product of bfloat16, so both are written out for it.
"""

import os

import triton
import triton.language as tl

INTERPRETED = os.environ.get("TRITON_INTERPRET") == "1"

if INTERPRETED:

    @triton.jit
    def tanh(a):
        """Compute tanh of a from e = exp(-2 |a|), which overflows for no a."""
        e = tl.exp(-2 * tl.abs(a))
        size = (1 - e) / (1 + e)
        return tl.where(a < 0, -size, size)

    @triton.jit
    def product(v, W):
        """Multiply as the card does: factors rounded to W's dtype, float32 from there on."""
        return tl.dot(v.to(W.dtype).to(tl.float32), W.to(tl.float32), input_precision="ieee")

else:
    from triton.language.extra.libdevice import tanh  # noqa: F401

    @triton.jit
    def product(v, W):
        """Multiply (ROWS, K) by (K, N): factors in W's dtype, sums in float32, and no TF32."""
        return tl.dot(v.to(W.dtype), W, input_precision="ieee")
