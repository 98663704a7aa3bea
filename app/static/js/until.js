// The list of what can be checked on site now: minutes count down, what has run out says so and goes below.
const words = document.getElementById('gone').dataset;

function look() {
  for (const line of document.querySelectorAll('[data-until]')) {
    const left = Math.floor((new Date(line.dataset.until) - Date.now()) / 60000);
    const chip = line.querySelector('.state .chip');
    if (left >= 120) continue;
    chip.firstElementChild.textContent = left < 0 ? words.over : words.words.replace('{n}', left);
    chip.className = `chip ${left < 0 ? 'mute' : left < 10 ? 'due' : 'info'}`;
    if (left < 0 && line.nextElementSibling) line.parentElement.append(line);
  }
}

look();
setInterval(look, 20000);
document.addEventListener('visibilitychange', look);
