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
document.addEventListener("DOMContentLoaded", () => tellTimes(document));
document.addEventListener("htmx:afterSettle", event => tellTimes(event.target));
setInterval(() => tellTimes(document), 30000);

// The colours that terraform writes become classes; whatever else stands in a log stays text.
function showLog(element, text) {
  const escape = /\u001b\[([0-9;]*)m/g;
  let classes = "";
  let from = 0;
  const append = (piece) => {
    if (!piece) return;
    const span = document.createElement("span");
    span.className = classes;
    span.textContent = piece;
    element.append(span);
  };
  for (const found of text.matchAll(escape)) {
    append(text.slice(from, found.index));
    from = found.index + found[0].length;
    for (const code of (found[1] || "0").split(";")) {
      if (code === "0" || code === "") classes = "";
      else classes += " ansi-" + Number(code);
    }
  }
  append(text.slice(from));
}
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-log]").forEach(async element => {
    const answer = await fetch(element.dataset.log);
    if (answer.ok) showLog(element, (await answer.text()).replace(/[\u0002\u0003]/g, ""));
    else element.textContent = "The log cannot be read now (" + answer.status + ").";
  });
});
