// One message, with what can be done about it while its conversation lasts.
import { html, nothing } from "lit";
import { contacts, downloads, extracts, prose, situation, sources, withoutRepeats } from "./answer";
import type { Conversation, Message } from "./conversation";
import { control, progress, type Send } from "./form";
import type { Texts } from "./texts";

export interface Context {
  conversation: Conversation;
  texts: Texts;
  language: string;
  server: string;
  answered: Send;
  judge: (message: Message, useful: boolean, why?: string) => void;
}

export function shown(message: Message, context: Context) {
  const { texts } = context;
  if (message.from === "person")
    return html`<li class="message person"><p class="author">${texts.you}</p>${message.text}</li>`;
  if (!message.answer)
    return html`<li class=${`message assistant notice${message.separator ? " separator" : ""}`}>
      <p class="author">${texts.assistant}</p>
      <div lang=${message.own ? nothing : "fr"}>${prose(message.text, texts)}</div>
    </li>`;
  return html`<li class="message assistant">${answer(message, context)}</li>`;
}

function answer(message: Message, context: Context) {
  const { conversation, texts, language, server } = context;
  const given = message.answer!;
  const waiting = message === conversation.asking;
  return html`<p class="author">${texts.assistant}</p>
    <div lang="fr">
      ${situation(given, texts)} ${prose(withoutRepeats(given), texts)} ${extracts(given.extracts, texts)}
      ${contacts(given.contacts, texts)}
    </div>
    ${sources(given.sources, texts, language)} ${downloads(given, (path) => server + path, texts)}
    ${waiting ? html`${progress(given.form!, texts)} ${control(given.form!, message.id, conversation.busy, texts, context.answered)}` : nothing}
    ${given.buttons.length && conversation.isCurrent(message) ? choices(message, context) : nothing} ${opinion(message, context)}`;
}

function choices(message: Message, { conversation, texts }: Context) {
  return html`<ul class="choices" lang="fr" aria-label=${texts.choices}>
    ${message.answer!.buttons.map(
      (button) => html`<li><button type="button" @click=${() => void conversation.press(button)}>${button.label}</button></li>`,
    )}
  </ul>`;
}

function opinion(message: Message, { texts, judge }: Context) {
  const state = message.opinion;
  if (state === "given") return html`<p class="feedback" id=${`opinion-${message.id}`} tabindex="-1">${texts.thanks}</p>`;
  if (state === "asked")
    return html`<fieldset class="feedback">
      <legend>${texts.useful}</legend>
      <button type="button" @click=${() => judge(message, true)}>${texts.yes}</button>
      <button type="button" @click=${() => judge(message, false)}>${texts.no}</button>
    </fieldset>`;
  if (state !== "why") return nothing;
  const field = `opinion-${message.id}`;
  const sent = (event: Event) => {
    event.preventDefault();
    judge(message, false, (event.target as HTMLFormElement).querySelector("textarea")!.value.trim());
  };
  return html`<form class="feedback" @submit=${sent}>
    <label for=${field}>${texts.why}</label>
    <textarea id=${field} rows="2" maxlength="500"></textarea>
    <button>${texts.sendWhy}</button>
  </form>`;
}
