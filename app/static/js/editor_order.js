// The order of steps: drag one to another place, or hold Alt and press the arrow keys; buttons do the same.

export function arrange(list, base, send, settled) {
  let dragged;
  const content = (extra) => {
    const made = new FormData();
    made.set("csrf_token", document.querySelector("[name=csrf_token]").value);
    for (const [name, value] of Object.entries(extra)) made.set(name, value);
    return made;
  };
  const move = async (step, to) => {
    await settled();
    const address = `${base}/steps/${step}/move`;
    const answer = await send(address, content({ to })).catch(() => null);
    if (!answer?.ok) location.reload();
  };

  list.addEventListener("submit", (event) => {
    const { submitter } = event;
    if (!submitter) return;
    event.preventDefault();
    if (submitter.name === "to") {
      submitter.id ||= `move-${submitter.value}-${submitter.closest("li").dataset.step}`;
      move(submitter.closest("li").dataset.step, submitter.value);
      return;
    }
    settled().then(() => {
      if (submitter.formAction && submitter.hasAttribute("formaction")) event.target.action = submitter.formAction;
      event.target.submit();
    });
  });

  list.addEventListener("keydown", (event) => {
    const line = event.target.closest("li[data-step]");
    const to = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!line || !to) return;
    if (event.altKey) {
      event.preventDefault();
      move(line.dataset.step, to);
      return;
    }
    const beside = to === "up" ? line.previousElementSibling : line.nextElementSibling;
    if (!beside || !event.target.matches("a")) return;
    event.preventDefault();
    beside.querySelector("a").focus();
  });

  const lines = () => [...list.querySelectorAll("li[data-step]")];
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li[data-step]");
    if (!dragged) return;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.step);
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li[data-step]");
    if (!dragged || !over) return;
    event.preventDefault();
    for (const line of lines()) line.classList.toggle("over", line === over && line !== dragged);
  });
  list.addEventListener("drop", (event) => {
    const over = event.target.closest("li[data-step]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    move(dragged.dataset.step, String(lines().indexOf(over)));
  });
  list.addEventListener("dragend", () => {
    for (const line of lines()) line.classList.remove("dragged", "over");
    dragged = undefined;
  });
}
