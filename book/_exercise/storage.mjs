// Keep what a learner writes, and what it earned, in this browser: one entry an exercise, by its name.
import { say } from "./say.mjs";

const PREFIX = "rnncourse:";

export function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name)) ?? {};
  } catch {
    return {}; // no storage allowed, or something that is not ours
  }
}

export function change(name, changes) {
  const entry = { ...read(name), ...changes };
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(entry));
  } catch {
    return false; // full, or not allowed: the editor says so
  }
  dispatchEvent(new CustomEvent("exercise-changed", { detail: name }));
  return true;
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    return;
  }
  dispatchEvent(new CustomEvent("exercise-changed", { detail: name }));
}

// Say how far an exercise is: "done", "30 of 45 points", "begun", or nothing.
export function state(name) {
  const { code, points, maximum, checked } = read(name);
  if (maximum && checked === code) return points === maximum ? "done" : say("{points} of {maximum} points", { points, maximum });
  return code === undefined ? "" : "begun";
}
