// Runs tests/vectors/conditions.json through the phone's own module; prints the names of the cases that differ.
import { readFileSync } from "node:fs";

const [modulePath, casesPath] = process.argv.slice(2);
const source = readFileSync(modulePath, "utf8");
const { holds, evaluate } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const cases = JSON.parse(readFileSync(casesPath, "utf8"));
const differing = [];

for (const each of cases.conditions) {
  if (holds(each.condition, each.facts) !== each.holds) differing.push(each.name);
}
for (const each of cases.formulas) {
  let value = null;
  try {
    value = evaluate(each.formula, each.values);
  } catch {
    value = null;
  }
  const expected = each.error ? null : each.value;
  const equal = expected === null ? value === null : value !== null && Math.abs(value - expected) < 1e-6;
  if (!equal) differing.push(each.name);
}
console.log(JSON.stringify({ ran: cases.conditions.length + cases.formulas.length, differing }));
