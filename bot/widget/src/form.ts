// A question that has its own control. It is shown while it is the last thing said: afterwards it is no longer asked.
import { html, nothing, type TemplateResult } from "lit";
import type { Asked, Form } from "./api";
import { longDate, type Texts } from "./texts";

export type Send = (asked: Asked, shown: string) => void;

/** How far the questions are; said in words too. */
export function progress(form: Form, texts: Texts): TemplateResult {
  const words = `${texts.progress} ${form.done}/${form.total}`;
  return html`<progress max=${form.total} value=${form.done} aria-label=${words}></progress>`;
}

/** `busy`: its answer is on its way; it keeps the focus until the next question comes. */
export function control(form: Form, id: number, busy: boolean, texts: Texts, send: Send) {
  if (form.control === "text") return nothing;
  const field = `answer-${id}`;
  const bodies = { radio: radios, select, number, date };
  const body = bodies[form.control](form, field, texts);
  return html`<form class="control" lang="fr" @submit=${(event: Event) => submit(event, form, busy ? null : send)}>
    ${body}<button aria-disabled=${busy ? "true" : nothing}>${texts.confirm}</button>
  </form>`;
}

function radios(form: Form, field: string): TemplateResult {
  return html`<fieldset>
    <legend class="hidden">${form.label}</legend>
    ${form.options.map(
      (option, place) => html`<div class="radio">
        <input type="radio" id=${`${field}-${place}`} name=${field} value=${option.id} required />
        <label for=${`${field}-${place}`}>${option.label}</label>
      </div>`,
    )}
  </fieldset>`;
}

function select(form: Form, field: string, texts: Texts): TemplateResult {
  return html`<label class="hidden" for=${field}>${form.label}</label>
    <select id=${field} name=${field} required>
      <option value="" selected disabled>${texts.choose}</option>
      ${form.options.map((option) => html`<option value=${option.id}>${option.label}</option>`)}
    </select>`;
}

function number(form: Form, field: string): TemplateResult {
  // « 1 250 », « 80 places » are read by the server: a field of type number would refuse them.
  return html`<label class="hidden" for=${field}>${form.label}</label>
    <input id=${field} name=${field} inputmode="numeric" autocomplete="off" required />`;
}

function date(form: Form, field: string): TemplateResult {
  // A month or a year alone is typed as a question, and read by the server.
  return html`<label class="hidden" for=${field}>${form.label}</label>
    <input type="date" id=${field} name=${field} required />`;
}

function submit(event: Event, form: Form, send: Send | null): void {
  event.preventDefault();
  if (!send) return;
  const value = [...new FormData(event.target as HTMLFormElement).values()][0];
  if (typeof value !== "string" || !value.trim()) return;
  const chosen = form.options.find((option) => option.id === value);
  if (chosen) send({ button: chosen.id }, chosen.label);
  else send({ text: value.trim() }, longDate(value.trim(), "fr"));
}
