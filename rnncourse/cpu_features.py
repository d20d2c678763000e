"""Find out what the processor can do, as NumPy sees it: the fast forms choose by it between equivalent ways."""

import numpy as np

AVX512 = {"X86_V4", "AVX512_SKX"}  # NumPy's names for the vectors of 512 bits: since 2.4, and before


def has_avx512(config=None):
    """Tell whether NumPy uses vectors of 512 bits here.

    Parameters
    ----------
    config : dict, optional
        As of ``np.show_config(mode="dicts")``, the default.
    """
    config = np.show_config(mode="dicts") if config is None else config
    simd = config.get("SIMD Extensions", {})
    return not AVX512.isdisjoint([*simd.get("baseline", ()), *simd.get("found", ())])
