// The page of a passage, taken as a part of this one.

const kept = new Map();

/** The main part of the page at `address`; rejects when it cannot be had. */
export function passageAt(address) {
  if (!kept.has(address)) {
    const asked = asPart(address);
    kept.set(address, asked);
    asked.catch(() => kept.delete(address));
  }
  return kept.get(address).then((part) => document.importNode(part, true));
}

// A request for a document, and not fetch: the browser reads the page itself, runs nothing of it,
// and no text is made into markup here.
function asPart(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => {
      const part = request.status === 200 && request.response?.querySelector(".source-page");
      part ? resolve(inside(part)) : reject(new Error(`no passage: ${request.status}`));
    };
    request.onerror = () => reject(new Error("no answer"));
    request.send();
  });
}

// Names that are unique on their own page need not be on this one, and this one has its title.
function inside(part) {
  for (const each of part.querySelectorAll("[id]")) each.removeAttribute("id");
  for (const each of part.querySelectorAll("[aria-labelledby]")) each.removeAttribute("aria-labelledby");
  const title = part.querySelector("h1");
  const lower = document.createElement("h2");
  lower.className = title.className;
  lower.dir = "auto";
  lower.append(...title.childNodes);
  title.replaceWith(lower);
  return part;
}
