// Let the keyboard reach what scrolls sideways in what is laid out only now; the theme does it for all else.
const SCROLLS = "pre, .cell_output > .output, .pst-scrollable-table-container";

function reach(area) {
  for (const node of area.querySelectorAll(SCROLLS)) {
    if (node.closest("details:not([open])")) continue; // measured when it is opened: it has no size yet
    const scrolls = node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight;
    node.tabIndex = scrolls ? 0 : -1;
  }
}

addEventListener("contentvisibilityautostatechange", (event) => event.skipped || reach(event.target));
addEventListener("toggle", (event) => event.target.open && reach(event.target), true);
