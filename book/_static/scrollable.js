// Let the keyboard reach what scrolls sideways in a section that is laid out only now; the theme does it for the others.
addEventListener("contentvisibilityautostatechange", (event) => {
  if (event.skipped) return;
  for (const node of event.target.querySelectorAll("pre, .cell_output > .output, .pst-scrollable-table-container")) {
    const scrolls = node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight;
    node.tabIndex = scrolls ? 0 : -1;
  }
});
