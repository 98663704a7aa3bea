// Records that cannot be sent, as one file: a page that anybody can read, with the photos in it and the records as they would have been sent.
import { recall } from "./draft.js";

export async function handOver(items, words) {
  const parts = [head(words)];
  for (const item of items) parts.push(...(await section(item, words)));
  parts.push(`<script type="application/json" id="records">${JSON.stringify(items.map(({ body }) => body)).replaceAll("<", "\\u003c")}</script>`);
  const name = `dabiao-${new Date().toISOString().slice(0, 16).replace(/[-:T]/g, "")}.html`;
  const file = new File(parts, name, { type: "text/html" });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file], title: words.file });
    } catch (refused) {
      if (refused.name === "AbortError") return undefined;
    }
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  link.click();
  return setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function head(words) {
  const style = "body{font:1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem}img{max-width:100%}pre{white-space:pre-wrap}";
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words.file}</title><style>${style}</style><h1>${words.file}</h1><p>${words.file_note}</p>`;
}

async function section(item, words) {
  const { body, media } = item;
  const lines = [item.title, item.code, body.person, body.submitted_at, body.note, words[item.why] || item.why].filter(Boolean);
  const answers = (body.answers || []).map((each) => [each.step, each.result, each.value, each.choice, each.text, each.note].filter((one) => one !== null && one !== "" && one !== undefined).join(" "));
  const parts = [`<h2>${plain(item.point)}</h2><p>${lines.map(plain).join("<br>")}</p><pre>${plain(answers.join("\n") || words.no_answer)}</pre>`];
  for (const one of media) {
    const bytes = await recall(one.id);
    if (bytes) parts.push(`<p>${plain(one.taken)}<br><${one.kind === "file" ? "audio controls" : "img"} data-id="${plain(one.id)}" data-taken="${plain(one.taken)}" src="`, await dataUrl(bytes, one.type), `">`);
  }
  return parts;
}

function plain(text) {
  return String(text ?? "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function dataUrl(bytes, type) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}
