// Search in what is on the page. Without this script every row is shown and the forms stay hidden.
"use strict";

// ---- a table that is on the page: <form class="filter" data-table="id">, rows carry data-<name of a select>
for (const form of document.querySelectorAll("form.filter[data-table]")) {
  const body = document.getElementById(form.dataset.table).tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, text: row.textContent.toLowerCase() }));
  const status = form.querySelector("output");
  const apply = () => {
    const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const picks = Array.from(form.querySelectorAll("select")).filter((s) => s.value);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = words.every((w) => text.includes(w)) && picks.every((s) => row.dataset[s.name] === s.value);
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) shown += 1;
    }
    status.textContent = `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
  };
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(apply); };
  form.addEventListener("input", soon);
  form.addEventListener("reset", () => setTimeout(soon));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  if (location.hash.startsWith("#q=")) form.elements.q.value = decodeURIComponent(location.hash.slice(3));
  apply();
}

// ---- all results, fetched as JSON and shown a part at a time
const finder = document.getElementById("finder");
if (finder) {
  const STEP = 200;
  const body = document.querySelector("#found tbody");
  const status = finder.querySelector("output");
  const more = document.getElementById("more");
  let data = null, texts = [], hits = [], shown = 0;
  const link = (href, text) => {
    const a = document.createElement("a");
    a.href = href;
    a.textContent = text;
    return a;
  };
  const show = () => {
    const part = document.createDocumentFragment();
    for (const i of hits.slice(shown, shown + STEP)) {
      const [model, benchmark, metric, score, paper, page, id] = data.rows[i];
      const row = document.createElement("tr");
      const cells = [data.models[model], data.benchmarks[benchmark] ?? "", data.metrics[metric] ?? "",
        link(`${data.pages[paper]}#${id}`, score), `${data.papers[paper]}, p. ${page}`];
      for (const cell of cells) row.insertCell().append(cell);
      part.append(row);
    }
    shown = Math.min(shown + STEP, hits.length);
    body.append(part);
    more.hidden = shown >= hits.length;
    status.textContent = `${hits.length.toLocaleString("en")} results, ${shown.toLocaleString("en")} shown`;
  };
  const search = () => {
    const words = finder.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    hits = [];
    for (let i = 0; i < texts.length; i += 1) if (words.every((w) => texts[i].includes(w))) hits.push(i);
    body.replaceChildren();
    shown = 0;
    show();
  };
  let waiting = 0;
  finder.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 60); });
  finder.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", show);
  finder.hidden = false;
  document.getElementById("without-script").hidden = true;
  status.textContent = "Loading the results";
  fetch("results.json").then((answer) => answer.json()).then((found) => {
    data = found;
    texts = data.rows.map(([m, b, k, s, p]) =>
      [data.models[m], data.benchmarks[b], data.metrics[k], s, data.papers[p]].join(" ").toLowerCase());
    if (location.hash.startsWith("#q=")) finder.elements.q.value = decodeURIComponent(location.hash.slice(3));
    search();
  }).catch(() => {
    status.textContent = "The results cannot be loaded from a file; serve the page with: catchup site";
  });
}
