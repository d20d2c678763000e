"""The finite-difference explorer computes what the gradient check computes, to the last bit."""

import numpy as np
import pytest
from support.node import evaluate

from rnncourse.gradcheck import numerical_gradient, relative_error
from rnncourse.interactive.explorers import FiniteDifferences

MODULE = "finite_differences.js"
EPS = [1e-12, 2.5e-9, 1e-6, 6.3e-6, 4e-3, 0.1]


def loss(theta):
    return theta / np.sqrt(1 + theta * theta)


def slope(theta):
    return 1 / ((1 + theta * theta) * np.sqrt(1 + theta * theta))


@pytest.mark.parametrize("theta", [1.0, 0.3])
def test_central_difference_is_the_gradient_checks_own(theta):
    computed = evaluate(MODULE, "args.eps.map((e) => module.quotient.central(args.theta, e))", theta=theta, eps=EPS)
    expected = [numerical_gradient(lambda v: loss(v[0]), np.array([theta]), eps)[0] for eps in EPS]
    np.testing.assert_array_equal(computed, expected)


def test_one_sided_difference_and_both_errors():
    computed = evaluate(MODULE, "args.eps.map((e) => module.quotient['one-sided'](1, e))", eps=EPS)
    np.testing.assert_array_equal(computed, [(loss(1 + eps) - loss(1.0)) / eps for eps in EPS])
    errors = evaluate(MODULE, "args.eps.map((e) => module.relativeError('one-sided', 1, e))", eps=EPS)
    # Divided by the true slope, where the gradient check divides by the larger of the two.
    np.testing.assert_allclose(errors, np.abs(np.array(computed) - slope(1.0)) / slope(1.0), rtol=1e-12, atol=1e-16)
    assert errors[2] == pytest.approx(relative_error([computed[2]], [slope(1.0)]), rel=1e-6)


def test_the_known_slopes_are_the_slopes():
    first, second, third = evaluate(MODULE, "module.slopes(args.theta)", theta=0.8)
    h = 1e-30j  # a complex step: no difference, so no rounding
    assert first == pytest.approx(loss(0.8 + h).imag / h.imag, rel=1e-12)
    assert second == pytest.approx(slope(0.8 + h).imag / h.imag, rel=1e-12)
    curvature = [evaluate(MODULE, "module.slopes(args.theta)[1]", theta=0.8 + e) for e in (1e-5, -1e-5)]
    assert third == pytest.approx((curvature[0] - curvature[1]) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("kind, exponent, says", [
    ("central", -1, "off by 3.7\u00a0×\u00a010⁻³ of the slope: about 2 digits are right. Truncation rules: a smaller"),
    ("central", -9, "Rounding rules: a larger"),
    ("central", -5.2, "this is close to the best"),
    ("one-sided", -6, "With ε = 10⁻⁶ the one-sided difference"),
    ("one-sided", -6, "about 6 digits are right. Truncation rules"),
])  # fmt: skip
def test_says_which_error_rules(kind, exponent, says):
    assert says in evaluate(MODULE, "module.finding(args.kind, args.exponent)", kind=kind, exponent=exponent)


def test_where_theory_sees_the_tip_the_errors_are_smallest():
    at = evaluate(MODULE, "module.exponents.map((x) => [x, module.relativeError('central', 1, module.epsilon(x))])")
    best = min(at, key=lambda one: one[1])[0]
    tip = (3 * 2**-53 * loss(1.0) / evaluate(MODULE, "module.slopes(1)[2]")) ** (1 / 3)  # {eq}`best-eps`
    assert abs(best - np.log10(tip)) < 1


@pytest.mark.parametrize("wrong, says", [({"eps": 1.0}, "eps is 1.0; expected"), ({"kind": "left"}, "kind is 'left'")])
def test_refuses_what_the_figure_cannot_show(wrong, says):
    with pytest.raises(ValueError, match=says):
        FiniteDifferences(**wrong)


@pytest.mark.browser
def test_the_other_difference_is_chosen_by_keyboard(browser):
    page = browser.new_page()
    page.set_content(FiniteDifferences()._repr_html_())
    page.get_by_role("combobox", name="difference", exact=True).focus()
    page.keyboard.press("ArrowDown")
    assert "the one-sided difference" in page.locator("[aria-live=polite]").inner_text()
    point = page.get_by_role("slider", name="step epsilon")
    point.focus()
    page.keyboard.press("ArrowRight")  # the point and the slider are one control
    assert page.locator("output").inner_text() == "1.6\u00a0×\u00a010⁻⁶"
    page.close()
