// Draws one board as Grafana would: variables, period, panels in a grid of 24 columns, links, refresh.
// The page holds no statement: it asks for a panel by its number, and the server expands and runs it.
"use strict";

const uid = decodeURIComponent(location.pathname.split("/")[2]);
const query = new URLSearchParams(location.search);
const RANGES = [["now-24h", "Last 24 hours"], ["now-7d", "Last 7 days"], ["now-30d", "Last 30 days"], ["now-90d", "Last 90 days"],
  ["now-1y", "Last year"], ["now-3y", "Last 3 years"], ["now-10y", "Last 10 years"]];
const REFRESH = [["5s", 5], ["10s", 10], ["30s", 30], ["1m", 60], ["off", 0]];
const london = new Intl.DateTimeFormat("en-GB", {timeZone: "Europe/London", day: "2-digit", month: "2-digit",
  year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23"});
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
let board;
let timer;

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const get = async (path) => {
  const answer = await fetch(path);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
};

// A time as Grafana's unit `time:FORMAT` writes it; a day without a time is that day.
function timed(value, format) {
  const moment = new Date(value.length === 10 ? `${value}T12:00:00Z` : value.replace(" ", "T") + "Z");
  const part = Object.fromEntries(london.formatToParts(moment).map((one) => [one.type, one.value]));
  const told = {DD: part.day, MMM: MONTHS[part.month - 1], MM: part.month, YYYY: part.year, HH: part.hour, mm: part.minute, ss: part.second};
  return format.replace(/DD|MMM|MM|YYYY|HH|mm|ss/g, (token) => told[token]);
}

// A value as Grafana shows it in this unit (see grafana/model.py): only `locale` separates thousands.
function shown(value, column) {
  if (value === null || value === undefined || value === "") return "";
  const [unit, ...rest] = column.unit.split(":");
  if (unit === "time") return timed(String(value), rest.join(":"));
  if (typeof value !== "number" && unit && !isNaN(value)) value = Number(value);
  if (typeof value !== "number") return String(value);
  const digits = column.decimals ?? (Number.isInteger(value) ? 0 : 2);
  const text = value.toLocaleString("en-GB", {minimumFractionDigits: column.decimals ?? 0, maximumFractionDigits: digits, useGrouping: unit === "locale"});
  return {percent: `${text}%`, suffix: `${text} ${rest.join(":").trim()}`}[unit] ?? text;
}

const column = (panel, name) => panel.columns.find((one) => one.name === name) ||
  {name, title: name, unit: "", decimals: null, colour: "", link: "", hidden: false};

function search(extra = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of query) if (name.startsWith("var-") || name === "from" || name === "to" || name === "refresh") parameters.append(name, value);
  for (const [name, value] of Object.entries(extra)) { parameters.delete(name); if (value) parameters.append(name, value); }
  return parameters;
}

function link(template, row) {
  const path = template.replace(/\$\{__data\.fields\.(\w+)\}/g, (_, name) => encodeURIComponent(row[name] ?? ""));
  const target = new URL(path, location.href);
  for (const name of ["from", "to"]) if (query.get(name)) target.searchParams.set(name, query.get(name));
  return target.pathname + target.search;
}

function drawTable(panel, body, found) {
  const names = found.columns.map((one) => one.name);
  const columns = names.map((name) => column(panel, name)).filter((one) => !one.hidden);
  const numeric = (one) => /Int|Float|Decimal/.test(found.columns[names.indexOf(one.name)].type);
  const head = make("tr", {}, ...columns.map((one) => make("th", {textContent: one.title || one.name, className: numeric(one) ? "number" : "", scope: "col"})));
  const rows = found.rows.map((values) => {
    const row = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    return make("tr", {}, ...columns.map((one) => {
      const text = shown(row[one.name], one);
      const cell = make("td", {className: numeric(one) ? "number" : ""});
      cell.append(one.link ? make("a", {href: link(one.link, row), textContent: text}) : text);
      return cell;
    }));
  });
  const scroll = body.scrollTop;
  body.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  body.scrollTop = scroll;
}

function drawChart(panel, body, found) {
  const names = found.columns.map((one) => one.name);
  const axis = panel.axis || names[0];
  const told = found.rows;
  const label = (value) => shown(value, column(panel, axis));
  const labels = told.map((row) => panel.kind === "timeseries" ? row[names.indexOf(axis)] : label(row[names.indexOf(axis)]));
  const traces = names.filter((name) => name !== axis).map((name) => column(panel, name)).filter((one) => !one.hidden).map((one, at) => {
    const values = told.map((row) => row[names.indexOf(one.name)] === null ? null : Number(row[names.indexOf(one.name)]));
    const name = one.title || one.name;
    const colour = one.colour || ["#12436D", "#28A197", "#801650", "#F46A25"][at % 4];
    if (panel.kind === "timeseries") return {type: "scatter", mode: "lines+markers", x: labels, y: values, name,
      line: {color: colour, width: 2, dash: ["solid", "dash", "dot"][at % 3]}};
    const text = values.map((value) => value === null ? "" : shown(value, one));
    const crowded = !panel.horizontal && values.length > 14;
    const sides = panel.horizontal ? {x: values, y: labels, orientation: "h"} : {x: labels, y: values};
    return {type: "bar", ...sides, name, text, cliponaxis: false,
      textposition: crowded ? "none" : panel.stacked ? "inside" : "auto", marker: {color: colour},
      hovertemplate: "%{text}<extra>" + name + "</extra>"};
  });
  const layout = {margin: {l: panel.horizontal ? 10 : 48, r: 40, t: 6, b: 30}, barmode: panel.stacked ? "stack" : "group", showlegend: traces.length > 1,
    legend: {orientation: "h", y: 1.02, yanchor: "bottom"}, font: {family: "Inter, Arial, sans-serif", size: 12, color: "#0b0c0c"}, autosize: true,
    separators: ".,", paper_bgcolor: "#fff", plot_bgcolor: "#fff", bargap: 0.2,
    xaxis: {automargin: true, gridcolor: "#eceef0", rangemode: "tozero", tickformat: panel.kind === "timeseries" ? "%b %Y" : undefined,
      type: panel.horizontal ? "linear" : panel.kind === "timeseries" ? "date" : "category"},
    yaxis: {automargin: true, gridcolor: "#eceef0", rangemode: "tozero", autorange: panel.horizontal ? "reversed" : true,
      type: panel.horizontal ? "category" : "linear"}};
  if (!body.querySelector(".plot")) body.replaceChildren(make("div", {className: "plot", style: "width:100%;height:100%"}));
  Plotly.react(body.querySelector(".plot"), traces, layout, {displayModeBar: false, responsive: true});
}

// One figure, or several with their names.
function drawStat(panel, body, row, names) {
  body.replaceChildren(...names.map((name, at) => {
    const one = column(panel, name);
    const figure = make("div", {className: "figure"}, shown(row[at], one) || panel.no_value);
    figure.classList.toggle("none", row[at] === null);
    return names.length === 1 ? figure : make("div", {}, figure, make("div", {className: "name", textContent: one.title}));
  }));
}

function draw(panel, body, found) {
  const names = found.columns.map((one) => one.name);
  const nothing = found.rows.length === 0 || (panel.axis && found.rows.every((row) => row.slice(1).every((value) => value === null))) || (panel.kind === "stat" && names.length === 1 && found.rows[0][0] === null);
  if (nothing) { body.replaceChildren(make("div", {className: "empty", textContent: panel.no_value})); return; }
  if (panel.kind === "stat") drawStat(panel, body, found.rows[0], names);
  else if (panel.kind === "table") drawTable(panel, body, found);
  else drawChart(panel, body, found);
}

async function refreshPanel(panel) {
  const body = document.querySelector(`#panel-${panel.id} .body`);
  try {
    draw(panel, body, await get(`/api/boards/${uid}/panels/${panel.id}?${search()}`));
    body.dataset.state = "drawn";
  } catch (error) {
    body.replaceChildren(make("div", {className: "error", role: "alert", textContent: error.message}));
    body.dataset.state = "error";
  }
}

async function refresh() {
  await Promise.all(board.panels.filter((panel) => panel.kind !== "text").map(refreshPanel));
  document.querySelector("#live").textContent = `as of ${timed(new Date().toISOString().slice(0, 19), "HH:mm:ss")}`;
  document.body.dataset.ready = "true";
}

function go(extra) { location.search = search(extra); }

async function filters() {
  const section = document.querySelector("#filters");
  for (const variable of board.variables) {
    const name = `var-${variable.name}`;
    if (!variable.choices) {
      const input = make("input", {type: "text", value: query.get(name) || variable.default, name});
      input.addEventListener("change", () => go({[name]: input.value}));
      section.append(make("label", {className: "text"}, `${variable.label} `, input));
      continue;
    }
    const chosen = new Set(query.getAll(name).filter(Boolean));
    const choices = await get(`/api/boards/${uid}/variables/${variable.name}`);
    for (const value of chosen) if (!choices.some((one) => one.value === value)) choices.push({value, text: `${value} (not known)`});
    const text = choices.filter((one) => chosen.has(one.value)).map((one) => one.text).join(", ") || "All";
    const boxes = choices.map((one) => make("label", {}, make("input", {type: "checkbox", value: one.value, checked: chosen.has(one.value)}), ` ${one.text}`));
    const details = make("details", {id: `variable-${variable.name}`}, make("summary", {}, `${variable.label}: `, make("b", {textContent: text})), make("div", {className: "choices"}, ...boxes));
    details.addEventListener("toggle", () => {
      if (details.open) return;
      const now = [...details.querySelectorAll("input:checked")].map((box) => box.value);
      if (now.length === chosen.size && now.every((value) => chosen.has(value))) return;
      query.delete(name);
      for (const value of now) query.append(name, value);
      go({});
    });
    section.append(details);
  }
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("#filters details[open]")) if (!open.contains(event.target)) open.open = false;
  });
}

function chooser(id, options, value, change) {
  const element = document.querySelector(id);
  for (const [key, text] of options) element.append(make("option", {value: key, textContent: text ?? key, selected: key === value}));
  element.addEventListener("change", () => change(element.value));
}

// Where a panel stands: column, row, width and height in cells; on a small screen they follow one another.
function place(element, x, y, w, h) {
  element.style.gridColumn = `${x + 1} / span ${w}`;
  element.style.gridRow = `${y + 1} / span ${h}`;
  element.style.setProperty("--rows", h);
}

// What the server draws, below the panels: how a case is linked; a person, and the join that is looked at.
function pictures() {
  const chosen = (name) => encodeURIComponent(query.get(`var-${name}`) || "");
  let below = Math.max(...board.panels.map((panel) => panel.y + panel.h));
  const draw = (id, title, about, path, rows) => {
    const image = make("img", {src: path, alt: about});
    image.addEventListener("error", () => { image.closest(".picture").remove(); });
    const element = make("section", {id, className: "panel picture"}, make("h2", {}, title), make("div", {className: "body"}, make("a", {href: path}, image)));
    place(element, 0, below, 24, rows);
    below += rows;
    document.querySelector("#panels").append(element);
    return image;
  };
  if (uid === "case-explorer" && chosen("case_id"))
    draw("links-picture", "How the records are linked", "The records of the case and the identifiers that link them", `/api/cases/${chosen("case_id")}/links.svg`, 12);
  if (uid !== "person-explorer" || !chosen("person_id")) return;
  if (chosen("record_id") && chosen("with_record")) {
    const image = draw("join-picture", "The join that is looked at", "What each comparison of the two records adds to their match weight", `/api/people/pairs/${chosen("with_record")}/${chosen("record_id")}/waterfall.svg`, 15);
    image.addEventListener("load", () => image.closest(".picture").scrollIntoView({block: "nearest"}));
  }
  draw("links-picture", "How the records are joined", "The records of the person and the joins between them", `/api/people/${chosen("person_id")}/links.svg`, 12);
}

function skeleton(menu) {
  document.title = `${board.title} · casestream`;
  document.querySelector("#title").textContent = board.title;
  document.querySelector("#question").textContent = board.question;
  chooser("#menu", menu.map((one) => [one.uid, one.title]), uid, (value) => { location.href = `/d/${value}?${search()}`; });
  const from = query.get("from") || board.time_from;
  const to = query.get("to") || board.time_to;
  const listed = to === board.time_to && RANGES.some(([key]) => key === from);
  const own = ["own", to === board.time_to ? `From ${from}` : `From ${from} to ${to}`];
  chooser("#range", listed ? RANGES : [own, ...RANGES], listed ? from : "own", (value) => go({from: value, to: ""}));
  const every = query.get("refresh") || board.refresh;
  chooser("#refresh", REFRESH.map(([key]) => [key]), every, (value) => go({refresh: value}));
  for (const panel of board.panels) {
    const about = make("button", {type: "button", textContent: "i", title: panel.described});
    about.setAttribute("aria-label", `What ${panel.title} means`);
    const element = make("section", {id: `panel-${panel.id}`, className: `panel ${panel.kind}`}, make("h2", {}, panel.title, about), make("div", {className: "body"}));
    place(element, panel.x, panel.y, panel.w, panel.h);
    about.addEventListener("click", () => {
      const note = element.querySelector(".note");
      if (note) note.remove(); else element.append(make("div", {className: "note", textContent: panel.described}));
    });
    document.querySelector("#panels").append(element);
  }
  pictures();
  const seconds = (REFRESH.find(([key]) => key === every) || [null, 30])[1];
  if (seconds) timer = setInterval(refresh, seconds * 1000);
}

(async () => {
  try {
    const told = await get(`/api/boards/${uid}`);
    board = told.board;
    skeleton(told.menu);
    await filters();
    await refresh();
  } catch (error) {
    document.querySelector("#panels").append(make("p", {className: "error", role: "alert", textContent: error.message}));
    document.body.dataset.ready = "true";
  }
})();
