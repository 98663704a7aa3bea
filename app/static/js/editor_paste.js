// A table from Word or Excel, pasted into its box or anywhere outside a field, becomes steps.

// The table alone, without the styles of Word that weigh fifty times as much; the server reads it as plain words.
// Worked on as text: nothing of a foreign page is ever made into elements of this one.
function bare(html) {
  const start = html.search(/<table[\s>]/i);
  const end = html.toLowerCase().lastIndexOf("</table>");
  if (start < 0 || end < start) return "";
  const spans = (attributes) => (attributes.match(/\s(?:row|col)span\s*=\s*["']?\d+["']?/gi) || []).join("");
  return html
    .slice(start, end + 8)
    .replace(/<!--[\s\S]*?-->|<(style|script)[\s\S]*?<\/\1>/gi, "")
    .replace(/<(\w[\w:-]*)([^>]*)>/g, (_, name, attributes) => `<${name}${spans(attributes)}>`);
}

export function watchPaste(form, settled) {
  const box = form.elements.text;
  addEventListener("paste", async (event) => {
    const inBox = event.target === box;
    if (!event.clipboardData || (!inBox && event.target.closest?.("input, textarea, select"))) return;
    const table = bare(event.clipboardData.getData("text/html"));
    const text = event.clipboardData.getData("text/plain");
    if (!table && !/\t.*\n/.test(text)) return;
    event.preventDefault();
    const files = new DataTransfer();
    if (table) files.items.add(new File([table], "table.html", { type: "text/html" }));
    form.elements.table.files = files.files;
    box.value = text.slice(0, 20000);
    await settled();
    form.submit();
  });
}
