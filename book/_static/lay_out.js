// Lay out the sections out of sight (book.css: content-visibility), one at a time, whenever nothing else is to be done.
{
  const idle = window.requestIdleCallback ?? ((task) => setTimeout(task, 200));
  const layOut = (sections) => {
    const section = sections.shift();
    if (!section) return;
    section.style.contentVisibility = "visible";
    section.getBoundingClientRect(); // now, and not all together later
    section.dispatchEvent(new Event("contentvisibilityautostatechange", { bubbles: true })); // for scrollable.js
    idle(() => layOut(sections));
  };
  addEventListener("load", () => idle(() => layOut([...document.querySelectorAll(".bd-article section > section")])));
}
