"""The one-launch kernels compile for an H100, without one, and fit its memory up to the rule's limits."""

import importlib
import importlib.util
import os
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from rnncourse.torch.cuda import rule  # noqa: E402

NO_TRITON = pytest.mark.skipif(
    importlib.util.find_spec("triton") is None, reason="no Triton on this machine: pip install rnncourse[triton]"
)
INTERPRETED = pytest.mark.skipif(os.environ.get("TRITON_INTERPRET") == "1", reason="TRITON_INTERPRET=1: no compiler")
pytestmark = [NO_TRITON, INTERPRETED]
SHARED = 227 * 1024
"""Bytes of shared memory that a program may have on an H100."""
MATRICES = {"rnn": 1, "lstm": 4, "gru": 3}
TYPES = {torch.float32: "fp32", torch.float16: "fp16", torch.bfloat16: "bf16"}
FLAGS = {"TANH": True, "KEEP": True, "READ": True, "ROWS": rule.ROWS}


def widest(way, cell, dtype):
    """The widest state for which the rule chooses this way."""
    return max(H for H in range(1, 2049) if rule.choose(MATRICES[cell], H, dtype) == way)


def compiled(way, cell, part, H, dtype, monkeypatch, tmp_path):
    """Compile a kernel down to machine code; return the bytes of shared memory that it asks for."""
    import triton
    from triton.backends.compiler import GPUTarget
    from triton.compiler import ASTSource

    monkeypatch.setenv("TRITON_CACHE_DIR", str(tmp_path))
    if not (Path(triton.__file__).parent / "backends" / "nvidia" / "bin" / "ptxas").exists():
        pytest.skip("this Triton has no assembler for NVIDIA's cards")
    module = importlib.import_module(f"rnncourse.torch.cuda.{'one_launch' if way == rule.ON_CHIP else 'tiled'}_{cell}")
    kernel = getattr(module, f"{cell}_{part}")
    width = rule.width(H) if way == rule.ON_CHIP else min(rule.TILE, rule.width(H))
    constants = FLAGS | {"WIDTH": width} | ({} if way == rule.ON_CHIP else {"H": H})
    signature = {
        name: "constexpr"
        if name in constants
        else "i32"
        if name in ("T", "B", "H")
        else "*fp32"
        if name in ("dh", "dc")
        else f"*{TYPES[dtype]}"
        for name in kernel.arg_names
    }
    fixed = {(place,): constants[name] for place, name in enumerate(kernel.arg_names) if name in constants}
    aligned = {
        (place,): [["tt.divisibility", 16]]  # what Triton sees of arguments at run time
        for place, (name, kind) in enumerate(signature.items())
        if kind[0] == "*" or (name == "H" and kind == "i32" and H % 16 == 0)
    }
    binary = triton.compile(
        ASTSource(kernel, signature, fixed, aligned),
        target=GPUTarget("cuda", 90, 32),
        options={"num_warps": 8 if width > 32 else 4},
    )
    assert binary.asm["cubin"]
    return binary.metadata.shared


@pytest.mark.parametrize("part", ["forward", "backward"])
@pytest.mark.parametrize("way", [rule.ON_CHIP, rule.IN_TILES])
def test_an_rnn_compiles(way, part, monkeypatch, tmp_path):
    assert 0 < compiled(way, "rnn", part, 20, torch.float32, monkeypatch, tmp_path) <= SHARED


@pytest.mark.slow
@pytest.mark.parametrize("dtype", rule.SHORT, ids=str)
@pytest.mark.parametrize("part", ["forward", "backward"])
@pytest.mark.parametrize("cell", MATRICES)
@pytest.mark.parametrize("way", [rule.ON_CHIP, rule.IN_TILES])
def test_every_kernel_fits_at_its_widest(way, cell, part, dtype, monkeypatch, tmp_path):
    H = widest(way, cell, dtype)
    assert compiled(way, cell, part, H, dtype, monkeypatch, tmp_path) <= SHARED
