// Runs tests/vectors/labels.json through the phone's own module; prints the texts that it reads otherwise.
import { readFileSync } from "node:fs";

const [modulePath, casesPath] = process.argv.slice(2);
const source = readFileSync(modulePath, "utf8");
const { readLabel } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const cases = JSON.parse(readFileSync(casesPath, "utf8"));
const differing = [];

for (const each of [...cases.scans, ...cases.badges]) {
  const read = readLabel(each.text, cases.own);
  const alike = each.refused ? read.why === each.refused && !read.code && !read.badge : read.code === each.code && read.badge === each.badge;
  if (!alike) differing.push([each.text, read]);
}
console.log(JSON.stringify({ ran: cases.scans.length + cases.badges.length, differing }));
