// Elements that scripts put into a page: text only, never markup.

export function line(tag, text, cls = '') {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = cls;
  return made;
}

export function button(text, deed) {
  const made = line('button', text, 'btn');
  made.type = 'button';
  made.addEventListener('click', deed);
  return made;
}
