// Runs in <head>, before the first paint: the reader's choice of theme, else the system's.
try {
  const choice = localStorage.getItem("copilot-theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // Storage may be switched off; then the system's theme stands.
}
