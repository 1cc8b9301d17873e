// A plan as people read it: resources by what happens to them, and what changes in each. It comes
// with all sensitive values masked already.
const ACTIONS = {
  "create": ["+", "is created", "add"],
  "update": ["~", "is changed in place", "change"],
  "delete": ["−", "is destroyed", "destroy"],
  "delete,create": ["±", "is destroyed, then made anew", "destroy"],
  "create,delete": ["±", "is made anew, then the old one is destroyed", "destroy"],
  "read": ["≤", "is read", "quiet"],
  "forget": [".", "is forgotten, and stays as it is", "quiet"],
};
const PLAN_BYTES_MAX = 30000000;
const SHOWN_AT_ONCE = 300;

function make(name, className, ...children) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

// The leaves of a value, by their path.
function leaves(value, path, into) {
  if (value !== null && typeof value === "object" && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) {
      leaves(inner, Array.isArray(value) ? path + "[" + key + "]" : path ? path + "." + key : key, into);
    }
  } else if (path) {
    into.set(path, value);
  }
  return into;
}

// The whole value at a path of which only parts are leaves.
function at(value, path) {
  return path.match(/[^.[\]]+/g)?.reduce((inner, key) => inner?.[key], value);
}

function isBelow(path, above) {
  return path.startsWith(above + ".") || path.startsWith(above + "[");
}

function said(value) {
  if (value === undefined) return make("span", "quiet", "none");
  if (value === null) return make("span", "quiet", "null");
  if (typeof value === "string" && value.startsWith("REDACTED_SENSITIVE")) return make("span", "quiet", "(sensitive)");
  if (typeof value === "string") return make("span", "", value.includes("\n") ? value : JSON.stringify(value));
  return make("span", "", JSON.stringify(value));
}

// What is not known before the apply has no value in `after`.
function attributes(change) {
  const before = leaves(change.before, "", new Map());
  const after = leaves(change.after, "", new Map());
  const unknown = leaves(change.after_unknown, "", new Map());
  const unknowns = new Set([...unknown].filter(([, is]) => is === true).map(([path]) => path));
  const isWithinUnknown = path => [...path.matchAll(/[.[]/g)].some(found => unknowns.has(path.slice(0, found.index)));
  const isAboveUnknown = path => [...unknowns].some(one => isBelow(one, path));
  const rows = [];
  for (const path of [...new Set([...before.keys(), ...after.keys(), ...unknowns])].sort()) {
    if (isWithinUnknown(path) || isAboveUnknown(path)) continue;
    const fresh = after.get(path), old = before.has(path) ? before.get(path) : at(change.before, path);
    const isUnknown = unknowns.has(path);
    if (isUnknown || JSON.stringify(old ?? null) !== JSON.stringify(fresh ?? null)) {
      rows.push([path, old, isUnknown ? make("span", "quiet", "known after apply") : said(fresh)]);
    }
  }
  return rows;
}

function table(caption, named, rows, isNew, replaced) {
  const body = make("tbody");
  for (const [path, old, fresh] of rows) {
    const name = make("th", "", make("code", "", path));
    name.scope = "row";
    if (replaced.some(one => path === one || isBelow(path, one))) name.append(" ", make("span", "tag", "forces replacement"));
    const row = make("tr", "", name);
    if (!isNew) row.append(make("td", "old", said(old)));
    row.append(make("td", "", fresh));
    body.append(row);
  }
  const heads = isNew ? [named, "Value"] : [named, "Now", "Then"];
  const head = make("tr", "", ...heads.map(text => {
    const cell = make("th", "", text);
    cell.scope = "col";
    return cell;
  }));
  const made = make("table", "diff", make("caption", "unseen", caption), make("thead", "", head), body);
  return make("div", "table", made);
}

function resource(one, isOpen) {
  const [sign, words, colour] = ACTIONS[one.change.actions.join(",")] ?? ["?", one.change.actions.join(", "), "quiet"];
  const details = make("details", "resource");
  details.append(make("summary", "", make("span", "sign " + colour, sign), " ", make("code", "", one.address), " ", make("span", "quiet", words)));
  const fill = () => {
    if (details.childElementCount > 1) return;
    const rows = attributes(one.change);
    const replaced = (one.change.replace_paths ?? []).map(leafName);
    details.append(rows.length
      ? table("Attributes of " + one.address, "Attribute", rows, one.change.before === null, replaced)
      : make("p", "quiet", "None of its attributes changes."));
  };
  details.addEventListener("toggle", () => details.open && fill());
  if (isOpen) {
    details.open = true;
    fill();
  }
  return details;
}

function leafName(path) {
  return path.reduce((name, part) => typeof part === "number" ? name + "[" + part + "]" : name ? name + "." + part : part, "");
}

// Of one that is known in parts, each part that changes.
function outputRows(name, change) {
  // A plan cannot tell what is not there from null but by what happens to it.
  const before = change.actions.join() === "create" ? undefined : change.before;
  const after = change.actions.join() === "delete" ? undefined : change.after;
  if (change.after_unknown === true) return [[name, before, make("span", "quiet", "known after apply")]];
  if (leaves(change.after_unknown, "", new Map()).size === 0) return [[name, before, said(after)]];
  return attributes({
    before: { [name]: change.before },
    after: { [name]: change.after },
    after_unknown: { [name]: change.after_unknown },
  });
}

function section(title, children) {
  return make("section", "part", make("h3", "", title), ...children);
}

async function showPlan(element) {
  element.dataset.open = "";
  const answer = await fetch(element.dataset.plan);
  if (!answer.ok) {
    element.replaceChildren(make("p", "quiet", "The plan cannot be read now (" + answer.status + "). Its log is below."));
    return;
  }
  if (Number(answer.headers.get("Content-Length")) > PLAN_BYTES_MAX) {
    element.replaceChildren(make("p", "quiet", "The plan is too large to be shown here. Its log is below."));
    return;
  }
  const plan = await answer.json();
  const changed = (plan.resource_changes ?? []).filter(one => one.change.actions.join() !== "no-op");
  const drifted = (plan.resource_drift ?? []).filter(one => one.change.actions.join() !== "no-op");
  const outputs = Object.entries(plan.output_changes ?? {}).filter(([, change]) => change.actions.join() !== "no-op");
  element.replaceChildren();
  if (changed.length) {
    element.append(section("Resources", changed.slice(0, SHOWN_AT_ONCE).map(one => resource(one, changed.length <= 5))));
    if (changed.length > SHOWN_AT_ONCE) element.append(make("p", "quiet", "And " + (changed.length - SHOWN_AT_ONCE) + " more, which the log names."));
  }
  if (outputs.length) {
    const rows = outputs.flatMap(([name, change]) => outputRows(name, change));
    element.append(section("Outputs", [table("Outputs", "Output", rows, false, [])]));
  }
  if (drifted.length) {
    element.append(section("Changed outside of Terraform", drifted.slice(0, SHOWN_AT_ONCE).map(one => resource(one, false))));
  }
  if (!element.childElementCount) element.append(make("p", "quiet", "Nothing changes."));
}
