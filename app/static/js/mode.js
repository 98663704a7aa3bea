// One step a screen or the whole list: remembered for this person on this phone, on by itself with large text.

// A cookie, so that the server sends the page in the right form at once and nothing moves.
function remembered(person) {
  const found = document.cookie.match(new RegExp(`(?:^|; )one-${person.replace(/[^\w-]/g, "_")}=([01])`));
  return found ? found[1] === "1" : null;
}

function remember(person, on) {
  const safe = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `one-${person.replace(/[^\w-]/g, "_")}=${on ? 1 : 0}; path=/; max-age=31536000; samesite=lax${safe}`;
}

export class Mode {
  constructor(parts) {
    Object.assign(this, { parts, screens: null });
    this.button = document.getElementById("mode");
    this.button.addEventListener("click", () => {
      const on = !this.screens?.on;
      remember(parts.task.person, on);
      this.set(on, true);
    });
    this.set(remembered(parts.task.person) ?? document.documentElement.classList.contains("large"));
  }

  async set(on, moved = false) {
    document.body.classList.toggle("one", on);
    this.button.setAttribute("aria-pressed", String(on));
    if (!on && !this.screens) return;
    try {
      const { Screens } = await import("./steps.js");
      this.screens ||= new Screens(this.parts);
      this.screens.set(on, moved);
    } catch {
      // Not to be had without a network: the whole list stands in its place.
      document.body.classList.remove("one");
      this.button.hidden = true;
    }
  }

  // Before something is pointed out, its screen is opened.
  go(node) {
    if (this.screens?.on) this.screens.go(node);
  }
}
