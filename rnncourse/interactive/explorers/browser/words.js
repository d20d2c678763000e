// Says messages in the page's language. Each stands in English where it is said; explorer.py puts the others in here.

const said = {};

// The message, translated if it is known, with its parts, {name}, filled in.
export function tell(message, parts = {}) {
  return (said[message] ?? message).replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

// Sentences one after another, without those that are empty.
export function sentences(...all) {
  return all.filter(Boolean).reduce((first, second) => tell("{first} {second}", { first, second }));
}
