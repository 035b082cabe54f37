// <ars-assistant server="https://…" call="…" region="…" theme="light|dark|host" position="left" language="en">
//
// Nothing is asked of the server, and nothing is kept in the browser, before the person opens the assistant; the
// conversation then lives in memory only. Events: ars-open, ars-close, ars-ask, ars-answer, ars-error.
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { contacts, downloads, extracts, prose, situation, sources, withoutRepeats } from "./answer";
import { Api, Failure, type Answer, type Asked } from "./api";
import { control, progress } from "./form";
import { styles } from "./styles";
import { isEnglish, SPOKEN, textsIn, type Texts } from "./texts";

const LONGEST = 1000; // characters, as the server counts them
const SLOW = 6000; // milliseconds

interface Message {
  id: number;
  from: "person" | "assistant" | "notice";
  text: string;
  answer?: Answer;
  own?: boolean; // said by the widget, in its own language
  opinion?: "asked" | "why" | "given";
}

interface Pending {
  asked: Asked;
  request: string;
}

/** A name that no other request of this conversation has; randomUUID exists on secure pages only. */
function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class ArsAssistant extends LitElement {
  static override styles = styles;
  static override properties = {
    server: { type: String },
    call: { type: String },
    region: { type: String },
    language: { type: String },
    theme: { type: String, reflect: true },
    position: { type: String, reflect: true },
    opened: { type: Boolean, reflect: true },
    messages: { state: true },
    status: { state: true },
    fault: { state: true },
    pending: { state: true },
  };

  declare server: string;
  declare call: string;
  declare region: string;
  declare language: string;
  declare theme: string;
  declare position: string;
  declare opened: boolean;
  declare messages: Message[];
  declare status: string;
  declare fault: { text: string; again: boolean; field: boolean } | null;
  declare pending: Pending | null;

  private api: Api | null = null;
  private busy = false;
  private number = 0;

  constructor() {
    super();
    this.server = "";
    this.call = "";
    this.region = "";
    this.language = "fr";
    this.opened = false;
    this.messages = [];
    this.status = "";
    this.fault = null;
    this.pending = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Where this file comes from is where the assistant is, unless told otherwise.
    if (!this.server) this.server = new URL(import.meta.url).origin;
    this.server = this.server.replace(/\/+$/, "");
  }

  /** Opens the panel and puts the focus in the question. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.tell("ars-open");
    void this.updateComplete.then(() => this.find("textarea")?.focus());
    void this.greet();
  }

  /** Closes the panel; the conversation stays. */
  close(): void {
    if (!this.opened) return;
    this.opened = false;
    this.tell("ars-close");
    void this.updateComplete.then(() => this.find(".launcher")?.focus());
  }

  /** Asks a question, as if it had been typed. */
  async ask(text: string): Promise<void> {
    this.open();
    await this.send({ text }, text);
  }

  override render() {
    // A region of its own: the page may put the element outside all of its own.
    return html`<div role="region" aria-label=${this.texts.assistant} lang=${isEnglish(this.language) ? "en" : "fr"}>
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => (this.opened ? this.close() : this.open())}
      >
        ${this.opened ? this.texts.close : this.texts.open}
      </button>
      <section id="panel" aria-labelledby="title" ?hidden=${!this.opened} @keydown=${this.onKey}>
        <header>
          <h2 id="title">${this.texts.title}</h2>
          <button class="close" type="button" @click=${() => this.close()}>
            ${this.texts.shut}<span class="hidden"> ${this.texts.shutWhat}</span>
          </button>
        </header>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${this.texts.log} tabindex="0">
          <ol>
            ${repeat(
              this.messages,
              (message) => message.id,
              (message) => this.message(message),
            )}
          </ol>
        </div>
        <p role="status">${this.status}</p>
        <div role="alert">${this.fault ? this.error() : nothing}</div>
        <form class="ask" @submit=${this.onSubmit} novalidate>
          <label for="question">${this.texts.question}</label>
          <textarea
            id="question"
            rows="2"
            aria-describedby=${this.fault?.field ? "help fault" : "help"}
            aria-invalid=${this.fault?.field ? "true" : nothing}
            @keydown=${this.onTyping}
          ></textarea>
          <div class="send">
            <p class="help" id="help">${this.texts.help}</p>
            <button class="main" aria-disabled=${this.busy ? "true" : nothing}>${this.texts.send}</button>
          </div>
          <details class="menu">
            <summary>${this.texts.menu}</summary>
            <ul>
              <li><button type="button" @click=${this.person}>${this.texts.person}</button></li>
              <li><button type="button" @click=${this.restart}>${this.texts.restart}</button></li>
              <li><button type="button" @click=${this.copy}>${this.texts.copy}</button></li>
              <li><button type="button" @click=${this.save}>${this.texts.save}</button></li>
              <li><button type="button" @click=${this.askErase}>${this.texts.erase}</button></li>
              <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${this.texts.page} (${this.texts.newWindow})</a></li>
            </ul>
          </details>
        </form>
        <dialog aria-labelledby="erase-text" @keydown=${this.onDialogKey}>
          <p id="erase-text">${this.texts.eraseSure}</p>
          <div class="send">
            <button type="button" @click=${this.closeDialog}>${this.texts.eraseNo}</button>
            <button type="button" class="main" @click=${this.erase}>${this.texts.eraseYes}</button>
          </div>
        </dialog>
      </section>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("messages")) {
      // A long answer is read from its beginning: the last question goes to the top, what answers it follows.
      const asked = this.renderRoot.querySelectorAll<HTMLElement>(".log > ol > .person");
      const last = asked[asked.length - 1];
      const log = last?.closest<HTMLElement>(".log");
      if (log) log.scrollTop = last!.offsetTop - log.offsetTop;
    }
  }

  private message(message: Message) {
    if (message.from === "person")
      return html`<li class="message person"><p class="author">${this.texts.you}</p>${message.text}</li>`;
    if (!message.answer)
      return html`<li class="message assistant notice"><p class="author">${this.texts.assistant}</p><div lang=${message.own ? nothing : "fr"}>${prose(message.text)}</div></li>`;
    const answer = message.answer;
    const asked = message === this.messages[this.messages.length - 1];
    return html`<li class="message assistant">
      <p class="author">${this.texts.assistant}</p>
      <div lang="fr">
        ${situation(answer, this.texts)} ${prose(withoutRepeats(answer))} ${extracts(answer.extracts, this.texts)}
        ${contacts(answer.contacts, this.texts)}
      </div>
      ${sources(answer.sources, this.texts, this.language)} ${downloads(answer, (path) => this.server + path, this.texts)}
      ${answer.form && asked ? html`${progress(answer.form, this.texts)} ${control(answer.form, message.id, this.texts, this.answered)}` : nothing}
      ${answer.buttons.length
        ? html`<ul class="choices" lang="fr" aria-label=${this.texts.choices}>
            ${answer.buttons.map(
              (button) =>
                html`<li><button type="button" @click=${() => this.send({ button: button.id }, button.label)}>${button.label}</button></li>`,
            )}
          </ul>`
        : nothing}
      ${this.opinion(message)}
    </li>`;
  }

  private opinion(message: Message) {
    // What the assistant asks is no answer to judge.
    if (message.opinion === "given" || message.answer?.form) return nothing;
    if (message.opinion === "why") {
      const field = `why-${message.id}`;
      return html`<form class="feedback" @submit=${(event: Event) => this.onWhy(event, message)}>
        <label for=${field}>${this.texts.why}</label>
        <textarea id=${field} rows="2" maxlength="500"></textarea>
        <button>${this.texts.sendWhy}</button>
      </form>`;
    }
    return html`<fieldset class="feedback">
      <legend>${this.texts.useful}</legend>
      <button type="button" @click=${() => this.judge(message, true)}>${this.texts.yes}</button>
      <button type="button" @click=${() => this.judge(message, false)}>${this.texts.no}</button>
    </fieldset>`;
  }

  private error() {
    return html`<div class="error" id="fault">
      <p>${this.fault!.text}</p>
      ${this.fault!.again ? html`<button type="button" @click=${this.again}>${this.texts.retry}</button>` : nothing}
    </div>`;
  }

  private async greet(): Promise<void> {
    if (this.messages.length) return;
    try {
      const notice = await this.client().open();
      this.say(notice);
    } catch (failure) {
      this.show(failure as Failure);
    }
  }

  private async send(asked: Asked, shown: string): Promise<void> {
    if (this.busy) return;
    this.fault = null;
    this.add({ from: "person", text: shown });
    this.tell("ars-ask");
    await this.deliver({ asked, request: newName() });
  }

  /** Sends what is pending; the same request, sent again, is answered once only by the server. */
  private async deliver(pending: Pending): Promise<void> {
    this.busy = true;
    this.pending = pending;
    this.status = this.texts.writing;
    const slow = setTimeout(() => (this.status = this.texts.slow), SLOW);
    try {
      const notice = await this.client().open();
      this.say(notice);
      const found = await this.client().ask(pending.asked, pending.request);
      this.pending = null;
      this.status = "";
      if (found.masked) this.add({ from: "notice", text: this.texts.masked, own: true });
      for (const answer of found.messages) this.add({ from: "assistant", text: answer.text, answer, opinion: "asked" });
      this.tell("ars-answer");
    } catch (failure) {
      this.status = "";
      await this.recover(failure as Failure, pending);
    } finally {
      clearTimeout(slow);
      this.busy = false;
      this.requestUpdate();
    }
  }

  private async recover(failure: Failure, pending: Pending): Promise<void> {
    // A text can be asked again in another conversation; a button belongs to the one that has expired.
    if (failure.kind === "expired" && "text" in pending.asked && this.status !== this.texts.expired) {
      this.status = this.texts.expired;
      this.busy = false;
      await this.deliver(pending);
      return;
    }
    this.show(failure);
  }

  private show(failure: Failure): void {
    const texts = { offline: this.texts.offline, down: failure.message || this.texts.down, expired: failure.message, refused: failure.message };
    const again = failure.kind === "offline" || failure.kind === "down" || failure.retryAfter > 0;
    this.fault = { text: texts[failure.kind] || this.texts.down, again: again && this.pending !== null, field: false };
    this.tell("ars-error");
  }

  private again = async (): Promise<void> => {
    if (!this.pending || this.busy) return;
    this.fault = null;
    await this.deliver(this.pending);
  };

  private onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const field = this.find<HTMLTextAreaElement>("#question")!;
    const text = field.value.trim();
    if (this.busy) return;
    // Counted by characters, as the server does, not by UTF-16 units.
    const problem = !text ? this.texts.empty : [...text].length > LONGEST ? this.texts.long : "";
    if (problem) {
      this.fault = { text: problem, again: false, field: true };
      field.focus();
      return;
    }
    field.value = "";
    await this.send({ text }, text);
  };

  private onTyping = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.find<HTMLFormElement>("form.ask")!.requestSubmit();
    }
  };

  private onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  };

  private async judge(message: Message, useful: boolean, why?: string): Promise<void> {
    const asksWhy = !useful && why === undefined;
    this.change(message.id, { opinion: asksWhy ? "why" : "given" });
    const answer = message.answer!;
    try {
      await this.client().feedback({ useful, why: why || undefined, topic: answer.topic, call: answer.call?.id ?? null });
      if (!asksWhy) this.status = this.texts.thanks;
    } catch {
      // An opinion that does not arrive is no reason to disturb.
    }
    await this.updateComplete;
    this.find(asksWhy ? `#why-${message.id}` : "#question")?.focus();
  }

  private onWhy(event: Event, message: Message): void {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector("textarea")!;
    void this.judge(message, false, field.value.trim());
  }

  private person = (): void => void this.send({ text: SPOKEN.person }, this.texts.person);

  private restart = async (): Promise<void> => {
    if (this.busy) return;
    this.client().forget();
    this.pending = null;
    this.fault = null;
    this.status = this.texts.restarted;
    this.find("#question")?.focus();
  };

  private askErase = (): void => {
    if (!this.busy) this.find<HTMLDialogElement>("dialog")!.showModal();
  };

  private closeDialog = (): void => this.find<HTMLDialogElement>("dialog")!.close();

  // Escape closes the dialog, not the panel behind it.
  private onDialogKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") event.stopPropagation();
  };

  private erase = async (): Promise<void> => {
    this.closeDialog();
    this.busy = true;
    this.fault = null;
    try {
      await this.client().erase();
      this.messages = [];
      this.pending = null;
      this.status = this.texts.erased;
    } catch (failure) {
      // An expired conversation is erased by the server itself, on time.
      this.show(failure as Failure);
    } finally {
      this.busy = false;
      this.find("#question")?.focus();
    }
  };

  private copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.transcript());
      this.status = this.texts.copied;
    } catch {
      // Refused by the person, or by a page that is not secure.
      this.status = this.texts.notCopied;
    }
  };

  private save = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.transcript()], { type: "text/plain;charset=utf-8" }));
    link.download = "conversation.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  private transcript(): string {
    const names = { person: this.texts.you, assistant: this.texts.assistant, notice: this.texts.assistant };
    return this.messages.map((message) => `${names[message.from]} :\n${message.text}\n`).join("\n");
  }

  /** Shows the notice of a conversation once, before the question that was typed while it was on its way. */
  private say(notice: string | null): void {
    if (!notice || this.messages.some((message) => message.text === notice)) return;
    const waiting = this.messages[this.messages.length - 1]?.from === "person" ? this.messages.slice(-1) : [];
    const before = waiting.length ? this.messages.slice(0, -1) : this.messages;
    this.messages = [...before, { from: "notice", text: notice, id: ++this.number }, ...waiting];
  }

  private client(): Api {
    const context: Record<string, string> = {};
    if (this.call) context.call = this.call;
    if (this.region) context.region = this.region;
    return (this.api ??= new Api(this.server, context));
  }

  private add(message: Omit<Message, "id">): void {
    this.messages = [...this.messages, { ...message, id: ++this.number }];
  }

  private change(id: number, changes: Partial<Message>): void {
    this.messages = this.messages.map((message) => (message.id === id ? { ...message, ...changes } : message));
  }

  private get texts(): Texts {
    return textsIn(this.language);
  }

  /** Sends what a control holds; the focus goes back to the question, as the control goes away. */
  private answered = (asked: Asked, shown: string): void =>
    void this.send(asked, shown).then(() => this.find("#question")?.focus());

  private find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  private tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}
