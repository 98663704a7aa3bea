// Desk pages: floating panels close on Escape and on a click elsewhere; forms marked data-auto send themselves when a field changes.
const open = () => document.querySelectorAll('details.popup[open]');

document.addEventListener('click', (event) => {
  for (const popup of open()) if (!popup.contains(event.target)) popup.open = false;
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const popup of open()) {
    popup.open = false;
    popup.querySelector('summary').focus();
  }
});

document.addEventListener('change', (event) => {
  const form = event.target.form;
  if (form && 'auto' in form.dataset && !form.hasAttribute('hx-get')) form.requestSubmit();
});
