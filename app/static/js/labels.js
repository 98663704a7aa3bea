// Whoever ticks a point or picks an area means those, not all of them.
const points = document.getElementById("points");

points?.addEventListener("change", ({ target }) => {
  const scope = { point: "chosen", area: "area" }[target.name];
  if (scope) points.querySelector(`[name=scope][value=${scope}]`).checked = true;
});
