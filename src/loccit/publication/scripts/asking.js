// Conveniences of the form: Ctrl and Enter ask, and a question is sent once.

/** Eases every form that asks. */
export function easeAsking(root) {
  for (const field of root.querySelectorAll("form.ask textarea")) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
    });
  }
  for (const form of root.querySelectorAll('form[action="/ask"]')) {
    form.addEventListener("submit", () => {
      // after the browser has taken the button's own value
      setTimeout(() => {
        form.setAttribute("aria-busy", "true");
        for (const button of form.querySelectorAll("button")) button.disabled = true;
      });
    });
  }
  // A page that is come back to can be used again.
  addEventListener("pageshow", () => {
    for (const button of root.querySelectorAll('form[action="/ask"] button')) button.disabled = false;
  });
}
