// Mark on each link to an exercise, and on each exercise, how far it is.
import { say } from "./say.mjs";
import { state } from "./storage.mjs";

// Say a state; points are words already.
function inWords(found) {
  return { done: say("done"), begun: say("begun") }[found] ?? found;
}

const SIGNS = { done: "✓", "": "" };

function mark(link) {
  const found = state(link.dataset.exercise);
  link.dataset.state = found === "done" ? "done" : found ? "begun" : "";
  link.querySelector(".exercise-mark")?.remove();
  if (!found) return;
  const sign = document.createElement("span");
  sign.className = "exercise-mark";
  sign.textContent = ` ${SIGNS[found] ?? "○"}`;
  sign.title = inWords(found);
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` ${inWords(found)}`;
  sign.ariaHidden = "true";
  link.append(sign);
  link.querySelector(".visually-hidden")?.remove();
  link.append(words);
}

export function showProgress() {
  for (const row of document.querySelectorAll(".exercise-progress p")) {
    const links = [...row.querySelectorAll("[data-exercise]")];
    links.forEach(mark);
    const count = row.querySelector(".exercise-count");
    if (count) {
      const done = links.filter((link) => link.dataset.state === "done").length;
      count.textContent = say("{done} of {all} done", { done, all: links.length });
    }
  }
  for (const section of document.querySelectorAll("section.exercise")) {
    const found = state(section.dataset.name);
    section.querySelector(".exercise-state").textContent = found && `· ${found === "done" ? "✓ " : ""}${inWords(found)}`;
  }
}
