// Small things that pages do by themselves. All of them can be read and used without, but for what
// is shown while it happens.

// What htmx sends carries the token of the session's forms, as forms themselves do.
document.addEventListener("htmx:configRequest", event => {
  event.detail.headers["X-CSRF-Token"] = document.body.dataset.formToken;
});

// Times are shown relative, and stay so.
function tellTimes(root) {
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
  root.querySelectorAll("time[datetime]").forEach(element => {
    const at = new Date(element.dateTime);
    const seconds = (at - Date.now()) / 1000;
    const unit = units.find(candidate => Math.abs(seconds) >= candidate[1]);
    element.textContent = unit ? words.format(Math.round(seconds / unit[1]), unit[0]) : "just now";
    element.title = at.toLocaleString();
  });
}
setInterval(() => tellTimes(document), 30000);

// A stream of events that is open while somebody looks at the page: browsers allow few at once.
function follow(path, handlers) {
  let source;
  const open = () => {
    source = new EventSource(path());
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, event => handle(event, stop));
    }
  };
  const look = () => {
    if (document.hidden) {
      source?.close();
      source = undefined;
    } else if (!source) {
      open();
    }
  };
  const stop = () => {
    source?.close();
    document.removeEventListener("visibilitychange", look);
  };
  document.addEventListener("visibilitychange", look);
  look();
}

// Pieces of the page are asked for again when something has changed. A piece is replaced by the
// answer, and whatever still waited in it would be lost: what changes meanwhile waits out here.
function watchChanges(root) {
  root.querySelectorAll("[data-live]").forEach(element => {
    let pause, again = false;
    const ask = () => {
      pause = undefined;
      const pieces = [...element.querySelectorAll("[hx-trigger^=changed]")];
      again = pieces.some(piece => piece.classList.contains("htmx-request"));
      if (!again) pieces.forEach(piece => htmx.trigger(piece, "changed"));
    };
    const changed = () => pause ??= setTimeout(ask, Number(element.dataset.pause));
    element.addEventListener("htmx:afterRequest", () => again && changed());
    follow(() => element.dataset.live, { changed });
  });
}

// A log as it grows. The colours that terraform writes become classes, its lines of JSON the words
// that they carry; whatever else stands in it stays text.
const LOG_CHARACTERS_MAX = 2000000;
const LEVELS = { error: " ansi-31", warn: " ansi-33" };

function diagnostic(told) {
  const at = told.range ? "\n  on " + told.range.filename + " line " + told.range.start.line : "";
  const code = told.snippet ? (told.snippet.context ? ", in " + told.snippet.context : "") + ":\n  " + told.snippet.start_line + ": " + told.snippet.code : "";
  const values = (told.snippet?.values ?? []).map(one => "\n     " + one.traversal + " " + one.statement).join("");
  const title = (told.severity === "error" ? "Error: " : "Warning: ") + told.summary;
  return "\n" + title + "\n" + at + code + values + (told.detail ? "\n\n" + told.detail : "") + "\n";
}

function spoken(line) {
  try {
    const told = JSON.parse(line);
    const colour = LEVELS[told["@level"]] ?? "";
    return told.diagnostic ? [diagnostic(told.diagnostic), colour] : [told["@message"] ?? line, colour];
  } catch {
    return [line, ""];
  }
}

function followLog(element) {
  element.dataset.open = "";
  const began = performance.now();
  let offset = 0, classes = "", held = "", size = 0, sticks = true;
  const isAtEnd = () => element.scrollTop + element.clientHeight >= element.scrollHeight - 8;
  const stick = () => { if (sticks) element.scrollTop = element.scrollHeight; };
  for (const moved of ["wheel", "touchmove", "keyup", "pointerup"]) {
    element.addEventListener(moved, () => setTimeout(() => sticks = isAtEnd(), 100));
  }
  // A piece of the page that takes this log along loses where it was scrolled to.
  document.addEventListener("htmx:afterSettle", stick);
  const append = (text, colour) => {
    if (!text) return;
    const span = document.createElement("span");
    span.className = classes + (colour ?? "");
    span.textContent = text;
    element.append(span);
    size += text.length;
    while (size > LOG_CHARACTERS_MAX) {
      const first = element.firstChild;
      size -= first.textContent.length;
      first.remove();
      element.dataset.cut = "";
    }
  };
  const appendColoured = (text) => {
    let from = 0;
    for (const found of text.matchAll(/\u001b\[([0-9;]*)([A-Za-z])/g)) {
      append(text.slice(from, found.index));
      from = found.index + found[0].length;
      if (found[2] !== "m") continue;
      for (const code of (found[1] || "0").split(";")) {
        if (Number(code) === 0) classes = "";
        else classes += " ansi-" + Number(code);
      }
    }
    append(text.slice(from));
  };
  // A piece may end in the midst of a line or of a colour.
  const take = (fresh, isLast) => {
    const lines = (held + fresh).split("\n");
    held = lines.pop();
    for (const line of lines) {
      if (line.startsWith('{"@')) {
        const [words, colour] = spoken(line);
        append(words + "\n", colour);
      } else appendColoured(line + "\n");
    }
    if (isLast || !(held.startsWith("{") || /\u001b[^A-Za-z]*$/.test(held))) {
      appendColoured(held);
      held = "";
    }
    stick();
  };
  follow(() => element.dataset.log + "?follow=1&offset=" + offset, {
    log: event => {
      offset = event.lastEventId;
      take(JSON.parse(event.data), false);
    },
    end: (_, stop) => {
      stop();
      take("", true);
      // One that was over before it was opened is read from its beginning.
      if (performance.now() - began < 1500) {
        sticks = false;
        element.scrollTop = 0;
      }
      element.dataset.ended = "";
    },
  });
}

// The hops of a flow one by one.
function replay(root) {
  const buttons = root.querySelector("[data-replay-buttons]");
  buttons.hidden = false;
  let at = 0;
  const show = () => {
    const count = root.querySelectorAll("li[data-hop]").length;
    root.querySelectorAll("[data-hop]").forEach(element => {
      const number = Number(element.dataset.hop);
      element.classList.toggle("later", at > 0 && number > at);
      element.classList.toggle("now", number === at);
    });
    root.querySelector("[data-replay-says]").textContent = at ? "Hop " + at + " of " + count : "";
    const now = at && root.querySelector("#hop-" + at);
    if (now) {
      root.querySelectorAll(".hops details[open]").forEach(details => details.open = false);
      now.open = true;
      root.querySelector("g.now")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  };
  const step = (name, move) => root.querySelector("[data-replay-" + name + "]").addEventListener("click", () => {
    const count = root.querySelectorAll("li[data-hop]").length;
    at = Math.min(count, move(at));
    show();
  });
  step("first", () => 1);
  step("back", now => Math.max(1, now - 1));
  step("next", now => now + 1);
  step("all", () => 0);
  root.addEventListener("htmx:afterSettle", show);
}

// What somebody has opened stays open when its piece of the page comes anew.
let opened = [];
document.addEventListener("htmx:beforeSwap", event => {
  event.detail.target.querySelectorAll("details[open][id]").forEach(details => opened.push(details.id));
});
document.addEventListener("htmx:afterSettle", () => {
  opened.forEach(id => document.getElementById(id)?.setAttribute("open", ""));
  opened = [];
});

function begin(root) {
  tellTimes(root);
  root.querySelectorAll("[data-log]:not([data-open])").forEach(followLog);
  root.querySelectorAll("[data-plan]:not([data-open])").forEach(showPlan);
}
document.addEventListener("DOMContentLoaded", () => {
  begin(document);
  watchChanges(document);
  document.querySelectorAll("[data-replay]").forEach(replay);
});
// Before anybody sees them as the server has written them.
document.addEventListener("htmx:afterSwap", () => tellTimes(document));
document.addEventListener("htmx:afterSettle", () => begin(document));

// What cannot be taken back is asked for once more, and what was sent is not sent twice: the second
// answer would hide the first. Whoever comes back to the page, or waits in vain, may send again.
const SENT_AGAIN_AFTER = 10000;
document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post") return;
  const question = event.submitter?.dataset.confirm || form.dataset.confirm;
  if ("sent" in form.dataset || (question && !window.confirm(question))) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  setTimeout(() => delete form.dataset.sent, SENT_AGAIN_AFTER);
});
window.addEventListener("pageshow", () =>
  document.querySelectorAll("form[data-sent]").forEach(form => delete form.dataset.sent));

// What was just made may be copied by a button, where the browser lets us.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-copy]").forEach(button => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  });
});
