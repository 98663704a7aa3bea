// When a step applies and what a formula gives: the twin of app/standards/rules_conditions.py and rules_formula.py.
// Both are held together by tests/vectors/conditions.json; change neither alone.

export const FACT_DEFAULTS = Object.freeze({
  "booking.has_name_cards": false,
  "booking.has_av": false,
  "booking.classified": false,
  "booking.incident": false,
  "task.pesticide_planned": false,
  "weather.wet": false,
  "weather.rain_24h_mm": 0,
  "point.bookings_today": 0,
});

const ORDERINGS = {
  gte: (a, b) => a >= b,
  lte: (a, b) => a <= b,
  lt: (a, b) => a < b,
  gt: (a, b) => a > b,
};

export function holds(condition, facts, defaults = FACT_DEFAULTS) {
  if (condition === null || condition === undefined) return true;
  if (typeof condition === "boolean") return condition;
  if ("all" in condition) return condition.all.every((each) => holds(each, facts, defaults));
  if ("any" in condition) return condition.any.some((each) => holds(each, facts, defaults));
  if ("not" in condition) return !holds(condition.not, facts, defaults);
  return leafHolds(condition, facts, defaults);
}

function leafHolds(leaf, facts, defaults) {
  const value = has(facts, leaf.fact) ? facts[leaf.fact] : own(defaults, leaf.fact);
  if (value === undefined || value === null) return false;
  if ("eq" in leaf) return same(value, leaf.eq);
  if ("ne" in leaf) return !same(value, leaf.ne);
  if ("in" in leaf) return leaf.in.some((each) => same(value, each));
  const operator = Object.keys(ORDERINGS).find((each) => each in leaf);
  if (!operator) return false;
  const other = leaf[operator];
  const ordered = typeof value === typeof other && ["number", "string"].includes(typeof value);
  return ordered && ORDERINGS[operator](value, other);
}

function same(value, other) {
  return typeof value === typeof other && value === other;
}

const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
const own = (object, name) => (has(object, name) ? object[name] : undefined);

export class FormulaError extends Error {}

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)|([-+*/(),]))/y;
const FUNCTIONS = { max: Math.max, min: Math.min };
const MAX_LENGTH = 300;
const MAX_BRACKETS = 20;

export function evaluate(formula, values) {
  const reader = new Reader(tokens(formula), values);
  const result = reader.sum();
  if (!reader.done() || !Number.isFinite(result)) throw new FormulaError(formula);
  return Number(result.toFixed(6));
}

function tokens(formula) {
  if (formula.length > MAX_LENGTH || formula.split("(").length - 1 > MAX_BRACKETS) throw new FormulaError(formula.slice(0, 40));
  const text = formula.trimEnd();
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new FormulaError(formula);
    const kind = match[1] !== undefined ? "number" : match[2] !== undefined ? "name" : "sign";
    found.push({ kind, text: match[1] ?? match[2] ?? match[3] });
  }
  return found;
}

class Reader {
  constructor(list, values) {
    this.list = list;
    this.values = values;
    this.at = 0;
  }

  done() {
    return this.at === this.list.length;
  }

  sum() {
    let total = this.product();
    let sign;
    while ((sign = this.take("+", "-"))) total = sign === "+" ? total + this.product() : total - this.product();
    return total;
  }

  product() {
    let total = this.signed();
    let sign;
    while ((sign = this.take("*", "/"))) {
      const other = this.signed();
      if (sign === "/" && other === 0) throw new FormulaError("division by zero");
      total = sign === "*" ? total * other : total / other;
    }
    return total;
  }

  signed() {
    return this.take("-") ? -this.signed() : this.atom();
  }

  atom() {
    if (this.done()) throw new FormulaError("ends too early");
    const { kind, text } = this.list[this.at];
    this.at += 1;
    if (kind === "number") return Number(text);
    if (kind === "name") return has(FUNCTIONS, text) ? this.call(text) : this.value(text);
    if (text !== "(") throw new FormulaError(text);
    const inner = this.sum();
    this.need(")");
    return inner;
  }

  call(name) {
    this.need("(");
    const args = [this.sum()];
    while (this.take(",")) args.push(this.sum());
    this.need(")");
    return FUNCTIONS[name](...args);
  }

  value(name) {
    const value = own(this.values, name);
    if (typeof value !== "number" || !Number.isFinite(value)) throw new FormulaError(name);
    return value;
  }

  take(...signs) {
    const token = this.list[this.at];
    if (!token || token.kind !== "sign" || !signs.includes(token.text)) return null;
    this.at += 1;
    return token.text;
  }

  need(sign) {
    if (!this.take(sign)) throw new FormulaError(sign);
  }
}
