// A list of things that are being made: asked for again every two seconds while one is open, and put in place.
const EVERY_MS = 2000;

async function again() {
  const here = document.querySelector('[data-waiting]');
  if (!here) return;
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    const page = answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const fresh = page?.getElementById(here.id);
    if (fresh && !here.contains(document.activeElement)) here.replaceWith(document.adoptNode(fresh));
  } catch {
    // No network just now: the next time.
  }
  setTimeout(again, EVERY_MS);
}

setTimeout(again, EVERY_MS);
