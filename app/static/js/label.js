// What a camera or a keyboard brought, distrusted: the same rules and cases as qr/payload.py (tests/vectors/labels.json).
// Own hosts are lower-case "host" or "host:port"; a port that is the scheme's own is left out.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MOST = 300;
const PORTS = { http: "80", https: "443" };
// Whitespace as the server strips it; the byte order mark is none.
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const EDGES = new RegExp(`^${SPACE}|${SPACE}$`, "g");

export function checkCharacter(body) {
  let product = 32;
  for (const character of body) {
    const total = (ALPHABET.indexOf(character) + product) % 32 || 32;
    product = (total * 2) % 33;
  }
  return ALPHABET[(33 - product) % 32];
}

// The code that somebody typed or scanned, or null.
export function readCode(text) {
  const plain = text.slice(0, MOST).normalize("NFKC").toUpperCase();
  const code = plain.replace(/[-‐‑‒–—−_· \t\r\n]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (code.length !== 10 || [...code].some((character) => !ALPHABET.includes(character))) return null;
  return checkCharacter(code.slice(0, 9)) === code[9] ? code : null;
}

// {code}, {badge}, {foreign: host as plain text, why} or {nonsense: true, why}. Only the first two may be opened.
export function readLabel(text, ownHosts) {
  const scanned = text.replace(EDGES, "");
  const found = judged(scanned, ownHosts);
  if (found.code || found.badge) return found;
  return ["empty", "code"].includes(found.why) ? { nonsense: true, why: found.why } : { foreign: shown(scanned, ownHosts), why: found.why };
}

function judged(scanned, ownHosts) {
  if (!scanned) return { why: "empty" };
  if ([...scanned].length > MOST) return { why: "too_long" };
  // Look-alike letters, invisible marks and line breaks have no place in a label; no list of tricks is needed.
  if (!/^[\x20-\x7e]*$/.test(scanned)) return { why: "not_plain" };
  const link = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/.exec(scanned);
  if (!link) return coded(scanned);
  const scheme = link[1].toLowerCase();
  if (!(scheme in PORTS) || !link[2].startsWith("//")) return { why: "scheme" };
  // Browsers read a backslash as a slash, so the host ends at either.
  const [, authority, slash, path] = /^([^/\\?#]*)([/\\?#]?)(.*)$/.exec(link[2].slice(2));
  const why = strange(scheme, authority, ownHosts);
  if (why) return { why };
  const badge = /^b\/([0-9a-z]{20})$/i.exec(path);
  if (slash === "/" && badge) return { badge: badge[1].toUpperCase() };
  const point = /^p\/([0-9a-z-]+)$/i.exec(path);
  return slash === "/" && point ? coded(point[1]) : { why: "path" };
}

function coded(text) {
  const code = readCode(text);
  return code ? { code } : { why: "code" };
}

function strange(scheme, authority, ownHosts) {
  if (authority.includes("@")) return "userinfo";
  const parts = /^([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?$/.exec(authority);
  if (!parts) return "foreign_host";
  const host = parts[1].toLowerCase();
  const port = parts[2] === undefined || parts[2] === PORTS[scheme] ? "" : `:${parts[2]}`;
  if (ownHosts.includes(host + port)) return "";
  if (host.split(".").some((part) => part.startsWith("xn--"))) return "punycode";
  return ownHosts.some((own) => own.split(":")[0] === host) ? "port" : "foreign_host";
}

// Where a browser would have gone, in letters that cannot deceive; for showing only, nothing is decided by it.
// What goes to an own host and is no label is shown as it stands.
function shown(scanned, ownHosts) {
  try {
    const { protocol, host } = new URL(scanned);
    if (!ownHosts.includes(host)) return (/^https?:$/.test(protocol) && host) || protocol;
  } catch {
    // No address at all.
  }
  return scanned.replace(/[^\x20-\x7e]/g, "\u25a1").slice(0, 80);
}
