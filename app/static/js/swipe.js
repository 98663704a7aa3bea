// Tells a swipe to the right or left from scrolling; what is moved follows the finger and says what letting go would do.
const FAR = 0.3;
const STEEP = 1.5;

export function swipes(node, moved, { left, right }) {
  let from = null;

  const pull = (touch) => touch.clientX - from.x;
  const settle = () => {
    moved.style.translate = "";
    delete node.dataset.pull;
    from = null;
  };

  node.addEventListener("touchstart", (event) => {
    const scrolls = event.target.closest(".earlier, input, audio, summary");
    from = event.touches.length === 1 && !scrolls ? { x: event.touches[0].clientX, y: event.touches[0].clientY, sideways: false } : null;
  }, { passive: true });

  node.addEventListener("touchmove", (event) => {
    if (!from) return;
    const touch = event.touches[0];
    const across = Math.abs(pull(touch));
    const down = Math.abs(touch.clientY - from.y);
    if (!from.sideways && down > 12 && down * STEEP > across) return settle();
    if (across > 12 && across > down * STEEP) from.sideways = true;
    if (!from.sideways) return;
    event.preventDefault();
    moved.style.translate = `${pull(touch)}px`;
    node.dataset.pull = across < innerWidth * FAR ? "" : pull(touch) > 0 ? "right" : "left";
  }, { passive: false });

  node.addEventListener("touchend", () => {
    const way = from?.sideways ? node.dataset.pull : "";
    settle();
    if (way === "right") right();
    if (way === "left") left();
  });
  node.addEventListener("touchcancel", settle);
}
