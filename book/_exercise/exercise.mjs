// Make an editor of each exercise of the page when its reader opens it, and mark what is done.
import { openExercise } from "./open.mjs";
import { showProgress } from "./progress.mjs";
import { say } from "./say.mjs";
import { read } from "./storage.mjs";

function offer(section) {
  const code = section.querySelector(".exercise-code");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "exercise-open";
  button.textContent = say("Write it here");
  const open = (focus) => {
    button.remove();
    code.removeEventListener("click", byClick);
    openExercise(section, focus);
  };
  const byClick = (event) => event.target.closest("button") || open(true);
  button.addEventListener("click", () => open(true));
  code.addEventListener("click", byClick);
  code.after(button);
  if (read(section.dataset.name).code !== undefined) open(false);
}

document.querySelectorAll("section.exercise:not([data-torch])").forEach(offer);
showProgress();
for (const kind of ["exercise-changed", "storage"]) addEventListener(kind, showProgress);
