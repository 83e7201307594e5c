// The source drawer: a citation opens the page of its passage beside the sentence.
import { passageAt } from "./passages.js";
import { addCopying, copyFrom } from "./copying.js";

const WIDE = matchMedia("(min-width: 72em)");
const ANSWER = ".answer a.cite";

/** Lets every citation of the answer open in the drawer, by click, Enter or Space. */
export function openOnCitations(root) {
  const dialog = root.querySelector("dialog.drawer");
  if (!dialog?.showModal) return;
  const drawer = new Drawer(dialog, [...root.querySelectorAll(ANSWER)]);
  for (const cite of drawer.cites) {
    cite.setAttribute("aria-haspopup", "dialog");
    cite.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      drawer.open(cite);
    });
    cite.addEventListener("keydown", (event) => drawer.onCitation(event, cite));
  }
  // The drawer stands where citations stood beside the text: the words themselves lead on.
  root.querySelector(".answer")?.addEventListener("click", (event) => {
    const said = event.target.closest(".said");
    if (dialog.open && said && getSelection().isCollapsed) drawer.openSentence(said.closest(".sentence"));
  });
}

class Drawer {
  constructor(dialog, cites) {
    this.dialog = dialog;
    this.cites = cites;
    this.current = null;
    this.body = dialog.querySelector(".body");
    dialog.addEventListener("click", (event) => this.onClick(event));
    dialog.addEventListener("keydown", (event) => this.onKey(event));
    dialog.addEventListener("close", () => this.onClosed());
    WIDE.addEventListener("change", () => this.dialog.close());
  }

  async open(cite) {
    this.mark(cite);
    const at = this.cites.indexOf(cite) + 1;
    this.dialog.querySelector("#drawer-at").textContent = `Citation ${at} of ${this.cites.length}`;
    if (!this.dialog.open) WIDE.matches ? this.dialog.show() : this.dialog.showModal();
    this.body.focus({ preventScroll: true });
    try {
      const part = await passageAt(cite.href.split("#")[0]);
      if (this.current === cite) this.show(cite, part);
    } catch {
      location.assign(cite.href); // the page itself says what is wrong
    }
  }

  show(cite, part) {
    this.body.replaceChildren(verdictOf(cite), part);
    addCopying(this.body);
    this.reveal(this.body.querySelector("mark"), this.body.querySelector(".top"));
  }

  // The words a third of the way down, under the head that stays where there is room for it.
  reveal(words, head) {
    this.body.scrollTop = 0;
    const from = this.body.getBoundingClientRect().top;
    const above = words.getBoundingClientRect().top - from;
    const stays = getComputedStyle(head).position === "sticky" ? head.offsetHeight : 0;
    const room = stays + (this.body.clientHeight - stays) / 3;
    if (above + words.offsetHeight > this.body.clientHeight) this.body.scrollTop = above - room;
  }

  mark(cite) {
    this.current?.closest(".sentence")?.classList.remove("is-open");
    this.current?.removeAttribute("aria-expanded");
    this.current = cite;
    if (!cite) return;
    const folded = cite.closest("details:not([open])");
    if (folded) folded.open = true;
    const sentence = cite.closest(".sentence");
    sentence.classList.add("is-open");
    cite.setAttribute("aria-expanded", "true");
    const box = sentence.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) sentence.scrollIntoView({ block: "center" });
  }

  openSentence(sentence) {
    const cite = sentence.querySelector("a.cite");
    if (cite) this.open(cite);
  }

  go(step) {
    const next = this.cites[this.cites.indexOf(this.current) + step];
    if (next) this.open(next);
  }

  onCitation(event, cite) {
    if (event.key === " ") {
      event.preventDefault();
      this.open(cite);
    }
  }

  onClick(event) {
    const go = event.target.closest("[data-go]")?.dataset.go;
    if (go === "close" || event.target === this.dialog) this.dialog.close();
    else if (go) this.go(go === "next" ? 1 : -1);
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      n: () => this.go(1),
      p: () => this.go(-1),
      c: () => copyFrom(this.body),
      escape: () => this.dialog.close(),
    };
    const act = acts[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  onClosed() {
    const back = this.current;
    this.mark(null);
    this.body.replaceChildren();
    back?.focus();
  }
}

// What the check says of the sentence, in words, above what it stands on.
function verdictOf(cite) {
  const line = document.createElement("p");
  line.className = "verdict-line";
  const mark = cite.closest(".sentence").querySelector(".verdict-mark");
  if (!mark) return line;
  line.classList.toggle("doubted", !mark.classList.contains("supported"));
  line.textContent = `${mark.querySelector("[aria-hidden]").textContent} ${mark.title}`;
  return line;
}
