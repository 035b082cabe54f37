// One answer of the assistant, shown. Text stays text: nothing is ever parsed as markup.
import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Contact, Extract, Source } from "./api";
import { longDate, type Texts } from "./texts";

const ADDRESS = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Lines as paragraphs and lists, addresses as links. */
export function prose(text: string, texts: Texts): TemplateResult {
  const blocks: { list: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    if (!line.trim()) continue;
    const list = /^[•–]\s/.test(line.trim());
    const last = blocks[blocks.length - 1];
    const shown = list ? line.trim().replace(/^[•–]\s*/, "") : line;
    if (list && last?.list) last.lines.push(shown);
    else blocks.push({ list, lines: [shown] });
  }
  return html`${blocks.map((block) =>
    block.list ? html`<ul>${block.lines.map((line) => html`<li>${links(line, texts)}</li>`)}</ul>` : html`<p>${links(block.lines[0]!, texts)}</p>`,
  )}`;
}

function links(line: string, texts: Texts) {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const address = match[0];
    parts.push(line.slice(end, match.index));
    parts.push(address.startsWith("http") ? outside(address, address, texts) : html`<a href=${`mailto:${address}`}>${address}</a>`);
    end = match.index + address.length;
  }
  parts.push(line.slice(end));
  return parts.map((part) => (typeof part === "string" ? bound(part) : part));
}

/** French punctuation never begins a line, nor do its quotation marks end one: their spaces do not break. */
function bound(text: string): string {
  return text.replace(/ (?=[:;?!»])/g, "\u00a0").replace(/« /g, "«\u00a0");
}

/** A page elsewhere: the conversation stays where it is. */
function outside(url: string, words: unknown, texts: Texts): TemplateResult {
  return html`<a href=${url} target="_blank" rel="noopener">${words} (${texts.newWindow})</a>`;
}

/** The text without the lines that are shown beside it: answers to choose among, the document's own words, files. */
export function withoutRepeats(answer: Answer): string {
  const files = new Set(answer.downloads.map((file) => file.label.split(" – ")[0]));
  const beside = new Set(answer.extracts.map((extract) => bare(extract.words ?? "")));
  for (const option of answer.form?.options ?? []) beside.add(bare(option.label));
  return answer.text
    .split("\n")
    .filter((line) => !beside.has(bare(line)) && !files.has(bare(line.split(" : ")[0]!)))
    .join("\n");
}

function bare(line: string): string {
  return line.replace(/^[\s•–«]+|[\s».]+$/g, "");
}

export function extracts(list: Extract[], texts: Texts) {
  return list.map(
    (extract) => html`<figure class="extract">
      <figcaption>${[texts.extract, extract.section].filter(Boolean).join(", ")}</figcaption>
      <blockquote>${extract.words}</blockquote>
    </figure>`,
  );
}

export function contacts(list: Contact[], texts: Texts) {
  return list.map(
    (contact) => html`<address>
      <span class="hidden">${texts.contact} </span>${contact.name ? html`<strong>${contact.name}</strong>` : nothing}
      ${contact.address ? html`<span>${reached(contact, texts)}</span>` : nothing}
    </address>`,
  );
}

function reached(contact: Contact, texts: Texts) {
  const address = contact.address!;
  if (contact.channel !== "phone") return links(address, texts);
  return html`<a href=${`tel:${address.replace(/[^+\d]/g, "")}`}>${address}</a>`;
}

export function situation(answer: Answer, texts: Texts) {
  const known = answer.call?.situation ? texts.situations[answer.call.situation] : undefined;
  // Most answers begin with it: said once is enough.
  const said = answer.call?.title ? answer.text.includes(answer.call.title) : true;
  return known && !said ? html`<p class="call"><span>${answer.call!.title}</span> <strong>${known}</strong></p>` : nothing;
}

export function sources(list: Source[], texts: Texts, language: string) {
  if (!list.length) return nothing;
  return html`<details class="sources">
    <summary>${texts.sources}</summary>
    <ul>
      ${list.map((source) => html`<li>${sourceLine(source, texts, language)}</li>`)}
    </ul>
  </details>`;
}

function sourceLine(source: Source, texts: Texts, language: string) {
  const words = [source.publisher ? `${source.title} (${source.publisher})` : source.title, source.section];
  if (source.published_on) words.push(`${texts.published} ${longDate(source.published_on, language)}`);
  if (source.checked_on) words.push(`${texts.checked} ${longDate(source.checked_on, language)}`);
  const line = words.filter(Boolean).join(" ; ");
  if (!source.url?.startsWith("https://")) return line;
  return html`${line} ; ${outside(source.url, html`${texts.document}<span class="hidden"> : ${source.title}</span>`, texts)}`;
}

export function downloads(answer: Answer, address: (path: string) => string, texts: Texts) {
  // Ours only: the server's own paths.
  const files = answer.downloads.filter((file) => file.url.startsWith("/"));
  if (!files.length) return nothing;
  return html`<ul class="downloads" aria-label=${texts.downloads}>
    ${files.map((file) => html`<li><a href=${address(file.url)} download>${file.label}</a></li>`)}
  </ul>`;
}
