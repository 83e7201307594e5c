// "Copy citation": the words, their source and their place, as text.

const DONE = "Copied";
const SHOWN = 2000;

/** Puts a button beside each citation below `root` that can be copied. */
export function addCopying(root) {
  if (!navigator.clipboard) return;
  for (const box of root.querySelectorAll(".cite-as")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy citation";
    button.addEventListener("click", () => copyFrom(box));
    box.append(button);
  }
}

/** Copies the citation below `root` and says so on its button. */
export async function copyFrom(root) {
  const text = root.querySelector(".citation")?.textContent;
  const button = root.querySelector("button.copy");
  if (!text || !button) return;
  const name = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(root.querySelector(".citation")); // to be copied by hand
    return;
  }
  if (name === DONE) return;
  button.textContent = DONE;
  setTimeout(() => (button.textContent = name), SHOWN);
}
