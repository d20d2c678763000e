// Cut a search in Chinese into words that the index knows, the longest first: Chinese has no gaps between its words.
function splitQuery(query) {
  const { terms, titleterms } = Search._index;
  const known = (word) => Object.hasOwn(terms, word) || Object.hasOwn(titleterms, word);
  const cut = (text) => {
    const found = [];
    for (let start = 0; start < text.length; ) {
      let end = text.length;
      while (end > start + 1 && !known(text.slice(start, end))) end -= 1;
      if (known(text.slice(start, end))) found.push(text.slice(start, end));
      start = end;
    }
    return found.length ? found : [text];
  };
  const words = query.split(/[^\p{Letter}\p{Number}_]+/u).filter(Boolean);
  const parts = words.flatMap((word) => word.match(/\p{Script=Han}+|\P{Script=Han}+/gu));
  return parts.flatMap((part) => (/\p{Script=Han}/u.test(part) ? cut(part) : [part]));
}
