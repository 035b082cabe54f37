// The conversation in the page. Every sentence comes from the page's templates or from the server.
"use strict";

const form = document.getElementById("ask");
const question = document.getElementById("question");
const list = document.querySelector("#log ol");
const status = document.getElementById("status");
const error = document.getElementById("error");
const counter = document.getElementById("counter");
const MAX_LENGTH = Number(question.dataset.max);
const TIMEOUT = 30000; // milliseconds; the server gives up before
let token = null; // in memory only: nothing is kept in the browser
let busy = false;

for (const element of document.querySelectorAll(".scripted")) element.hidden = false;

// Counted as the server does: by characters, not by UTF-16 units.
const lengthOf = (text) => [...text.trim()].length;

function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function showError(message, concernsText) {
  error.replaceChildren();
  if (message) {
    const line = document.createElement("p");
    if (concernsText) {
      const link = document.createElement("a");
      link.href = "#question";
      link.textContent = message;
      line.append(link);
    } else {
      line.textContent = message;
    }
    error.append(line);
  }
  question.setAttribute("aria-describedby", message ? "help error" : "help");
  if (message && concernsText) {
    question.setAttribute("aria-invalid", "true");
    question.focus();
  } else {
    question.removeAttribute("aria-invalid");
  }
}

function setBusy(value) {
  busy = value;
  status.textContent = value ? status.dataset.writing : "";
  // aria-disabled and not disabled: a disabled button would lose the keyboard focus.
  for (const button of document.querySelectorAll("button")) {
    if (value) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function frenchDate(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!parts) return iso;
  const day = new Date(Date.UTC(parts[1], parts[2] - 1, parts[3]));
  const rest = day.toLocaleDateString("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
  return `${Number(parts[3]) === 1 ? "1er" : Number(parts[3])} ${rest}`;
}

// Addresses become links; everything else stays text, so that nothing typed or answered is ever markup.
function fillText(element, text) {
  const pattern = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const link = document.createElement("a");
    link.href = match[0].startsWith("http") ? match[0] : `mailto:${match[0]}`;
    link.textContent = match[0];
    element.append(text.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  element.append(text.slice(end));
}

function fillPart(item, name, value) {
  const part = item.querySelector(`.${name}`);
  if (value) part.append(value);
  else part.remove();
}

function sourceItem(source) {
  const item = copy("source-template");
  fillPart(item, "title", source.publisher ? `${source.title} (${source.publisher})` : source.title);
  fillPart(item, "section", source.section);
  fillPart(item, "published", source.published_on && frenchDate(source.published_on));
  fillPart(item, "checked", source.checked_on && frenchDate(source.checked_on));
  const link = item.querySelector(".place a");
  if (source.url && source.url.startsWith("https://")) {
    link.href = source.url;
    link.setAttribute("aria-label", `${link.textContent} : ${source.title}`);
  } else {
    item.querySelector(".place").remove();
  }
  return item;
}

function choiceItem(choice) {
  const item = copy("choice-template");
  const button = item.querySelector("button");
  button.value = choice.id;
  button.textContent = choice.label;
  return item;
}

function downloadItem(file) {
  const item = copy("download-template");
  const link = item.querySelector("a");
  // Ours only: an address of another site would be no document of this conversation.
  if (file.url.startsWith("/")) link.href = file.url;
  link.textContent = file.label;
  return item;
}

function addPerson(text) {
  const item = copy("person-template");
  item.querySelector(".text").textContent = text;
  list.append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

// Added once, complete: a screen reader reads it whole.
function addAnswer(answer) {
  const item = copy("answer-template");
  fillText(item.querySelector(".text"), answer.text);
  const sources = item.querySelector(".sources");
  if (answer.sources.length) sources.querySelector("ul").append(...answer.sources.map(sourceItem));
  else sources.remove();
  const downloads = item.querySelector(".downloads");
  if (answer.downloads.length) downloads.append(...answer.downloads.map(downloadItem));
  else downloads.remove();
  const choices = item.querySelector(".choices");
  // A list too long for buttons is left to be typed here.
  const buttons = [...(answer.form?.control === "radio" ? answer.form.options : []), ...answer.buttons];
  if (buttons.length) choices.append(...buttons.map(choiceItem));
  else choices.remove();
  list.append(item);
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal: abort.signal });
    const content = await response.json();
    if (response.ok) return content;
    if (response.status === 401) token = null;
    throw Object.assign(new Error(content.title), { problem: content });
  } finally {
    clearTimeout(timer);
  }
}

async function send(asked, shown) {
  if (busy) return;
  showError("");
  const item = addPerson(shown);
  if (asked.text === question.value) question.value = "";
  updateCounter();
  setBusy(true);
  let masked = false;
  try {
    // The conversation is opened with its first message, not when the page is read.
    if (!token) token = (await post("/api/sessions", {})).token;
    const content = await post("/api/messages", asked);
    content.messages.forEach(addAnswer);
    masked = content.masked;
    item.scrollIntoView({ block: "start" });
  } catch (failure) {
    // Nothing typed is lost.
    item.remove();
    if (asked.text && !question.value) question.value = asked.text;
    updateCounter();
    const problem = failure.problem;
    showError(problem ? problem.detail : error.dataset.network, Boolean(problem && problem.status === 422));
  } finally {
    setBusy(false);
    if (masked) status.textContent = status.dataset.masked;
  }
}

function updateCounter() {
  const length = lengthOf(question.value);
  counter.textContent = String(length);
  if (length <= MAX_LENGTH && question.getAttribute("aria-invalid")) showError("");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter;
  if (pressed && pressed.name === "button") return send({ button: pressed.value }, pressed.textContent);
  if (pressed && pressed.name === "example") return send({ text: pressed.value }, pressed.value);
  const length = lengthOf(question.value);
  if (!length) return showError(error.dataset.empty, true);
  if (length > MAX_LENGTH) return showError(error.dataset.long, true);
  return send({ text: question.value }, question.value.trim());
});

question.addEventListener("input", updateCounter);
question.addEventListener("keydown", (event) => {
  // isComposing: Enter also ends the input of an accent or of an ideogram.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
updateCounter();
