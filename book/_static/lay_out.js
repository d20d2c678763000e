// Lay out the sections out of sight (book.css: content-visibility), as many as there is time for when nothing else is to be done.
{
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));
  const layOut = (sections, deadline) => {
    const section = sections.shift();
    if (!section) return;
    section.style.contentVisibility = "visible";
    section.getBoundingClientRect(); // now, and not all together later
    section.dispatchEvent(new Event("contentvisibilityautostatechange", { bubbles: true })); // for scrollable.js
    if (deadline?.timeRemaining() > 10) layOut(sections, deadline);
    else idle((next) => layOut(sections, next));
  };
  addEventListener("load", () => idle((deadline) => layOut([...document.querySelectorAll(".bd-article section > section")], deadline)));
}
