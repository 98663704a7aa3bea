// Which kept page an address means: how a code is spelt and where a scan came from make no other page.
const ASIDE = ["via", "wait", "patrol", "t"];

export function spelt(code) {
  return decodeURIComponent(code).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

export function address(href) {
  const url = new URL(href, location.href);
  for (const name of ASIDE) url.searchParams.delete(name);
  url.searchParams.sort();
  const path = url.pathname.replace(/^\/p(\/.+)?$/i, (_, code) => (code ? `/p/${spelt(code.slice(1))}` : "/p"));
  return path + (url.search ? `?${url.searchParams}` : "");
}

// The code when the address names a point and none of its windows, or a code that was typed; else null.
export function bareCode(href) {
  const url = new URL(href, location.href);
  if (/^\/p$/i.test(url.pathname)) return spelt(url.searchParams.get("code") || "") || null;
  const found = /^\/p\/([^/]+)$/i.exec(url.pathname);
  return found && !url.searchParams.has("window") && !url.searchParams.has("profile") ? spelt(found[1]) : null;
}
