// The little that plain forms cannot do: switch the theme, and warn before unsaved words are left behind.
const root = document.documentElement;

document.querySelector("[data-act=theme]")?.addEventListener("click", () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const now = root.dataset.theme ?? system;
  root.dataset.theme = now === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("copilot-theme", root.dataset.theme);
  } catch {
    // Not kept for the next page, but switched on this one.
  }
});

const form = document.querySelector("form[data-guard]");
const state = document.querySelector("[data-state]");
// A page that shows words which never reached the store is unsaved from the start.
let dirty = form?.dataset.guard === "unsaved";

form?.addEventListener("input", () => {
  if (dirty) return;
  dirty = true;
  if (!state) return;
  state.classList.remove("state--saved");
  state.classList.add("state--saving");
  state.querySelector("[data-word]").textContent = "Not saved yet";
});
// The server takes a mebibyte at once and could not show back what it did not take.
const MOST = 1 << 20;
form?.addEventListener("submit", (event) => {
  if (new URLSearchParams(new FormData(form)).toString().length < MOST - 100) {
    dirty = false;
    return;
  }
  event.preventDefault();
  const texts = [...form.querySelectorAll("textarea")];
  const longest = texts.reduce((one, other) => (other.value.length > one.value.length ? other : one));
  for (let at = longest.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  longest.setCustomValidity("Too long to send at once. Shorten it; nothing of it is lost.");
  longest.reportValidity();
  longest.addEventListener("input", () => longest.setCustomValidity(""), { once: true });
});
document.querySelector("[data-leave]")?.addEventListener("click", () => { dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
