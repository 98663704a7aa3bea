// A table from Word or Excel, pasted into its box or anywhere outside a field, becomes steps.

// The table alone, without the styles of Word that weigh fifty times as much; the server reads it as plain words.
function bare(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  const tables = [...read.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
  for (const table of tables) {
    for (const element of [table, ...table.querySelectorAll("*")]) {
      for (const { name } of [...element.attributes]) if (name !== "rowspan" && name !== "colspan") element.removeAttribute(name);
    }
  }
  return tables.map((table) => table.outerHTML).join("");
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
