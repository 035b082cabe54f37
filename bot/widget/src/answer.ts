// One answer of the assistant, shown. Text stays text: nothing is ever parsed as markup.
import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Source } from "./api";
import { frenchDate, TEXTS } from "./texts";

const ADDRESS = /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** Lines as paragraphs and lists, addresses as links. */
export function prose(text: string): TemplateResult {
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
    block.list ? html`<ul>${block.lines.map((line) => html`<li>${links(line)}</li>`)}</ul>` : html`<p>${links(block.lines[0]!)}</p>`,
  )}`;
}

function links(line: string) {
  const parts: (string | TemplateResult)[] = [];
  let end = 0;
  for (const match of line.matchAll(ADDRESS)) {
    const address = match[0];
    parts.push(line.slice(end, match.index));
    parts.push(html`<a href=${address.startsWith("http") ? address : `mailto:${address}`}>${address}</a>`);
    end = match.index + address.length;
  }
  parts.push(line.slice(end));
  return parts;
}

export function situation(answer: Answer) {
  const known = answer.call?.situation ? TEXTS.situations[answer.call.situation] : undefined;
  // Most answers begin with it: said once is enough.
  const said = answer.call?.title ? answer.text.includes(answer.call.title) : true;
  return known && !said ? html`<p class="call"><span>${answer.call!.title}</span> <strong>${known}</strong></p>` : nothing;
}

export function sources(list: Source[]) {
  if (!list.length) return nothing;
  return html`<details class="sources">
    <summary>${TEXTS.sources}</summary>
    <ul>
      ${list.map((source) => html`<li>${sourceLine(source)}</li>`)}
    </ul>
  </details>`;
}

function sourceLine(source: Source) {
  const words = [source.publisher ? `${source.title} (${source.publisher})` : source.title, source.section];
  if (source.published_on) words.push(`${TEXTS.published} ${frenchDate(source.published_on)}`);
  if (source.checked_on) words.push(`${TEXTS.checked} ${frenchDate(source.checked_on)}`);
  const line = words.filter(Boolean).join(" ; ");
  if (!source.url?.startsWith("https://")) return line;
  return html`${line} ; <a href=${source.url} target="_blank" rel="noopener">${TEXTS.document}<span class="hidden"> : ${source.title}</span> (${TEXTS.newWindow})</a>`;
}

export function downloads(answer: Answer, address: (path: string) => string) {
  // Ours only: the server's own paths.
  const files = answer.downloads.filter((file) => file.url.startsWith("/"));
  if (!files.length) return nothing;
  return html`<ul class="downloads" aria-label=${TEXTS.downloads}>
    ${files.map((file) => html`<li><a href=${address(file.url)} download>${file.label}</a></li>`)}
  </ul>`;
}
