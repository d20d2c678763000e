"""What NumPy says of the processor: under each of its names, and on other machines."""

from pathlib import Path

import pytest

from rnncourse.cpu_features import has_avx512


@pytest.mark.parametrize(
    ("simd", "has"),
    [
        ({"baseline": ["X86_V2"], "found": ["X86_V3", "X86_V4"], "not found": []}, True),
        ({"baseline": ["SSE", "SSE2"], "found": ["AVX2", "AVX512F", "AVX512_SKX"]}, True),
        ({"baseline": ["X86_V4"], "found": []}, True),  # built for this very machine
        ({"baseline": ["X86_V2"], "found": ["X86_V3"], "not found": ["X86_V4"]}, False),
        ({"baseline": ["NEON"], "found": ["ASIMDHP"]}, False),
    ],
    ids=["2.4", "2.0", "built in", "older x86", "ARM"],
)
def test_reads_every_name(simd, has):
    assert has_avx512({"SIMD Extensions": simd}) == has


def test_says_no_where_numpy_says_nothing():
    assert has_avx512({}) is False


def test_agrees_with_the_system():
    cpuinfo = Path("/proc/cpuinfo")
    if not cpuinfo.exists() or "flags" not in cpuinfo.read_text():
        pytest.skip("the system lists no flags of an x86 processor")
    assert has_avx512() == ({"avx512f", "avx512bw", "avx512dq", "avx512vl"} <= set(cpuinfo.read_text().split()))
