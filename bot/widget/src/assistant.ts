// <ars-assistant server="https://…" call="…" region="…" theme="light|dark|host" position="left">
//
// Nothing is asked of the server, and nothing is kept in the browser, before the person opens the assistant; the
// conversation then lives in memory only. Events: ars-open, ars-close, ars-ask, ars-answer, ars-error.
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { downloads, prose, situation, sources } from "./answer";
import { Api, Failure, type Answer, type Asked } from "./api";
import { styles } from "./styles";
import { TEXTS } from "./texts";

const LONGEST = 1000; // characters, as the server counts them
const SLOW = 6000; // milliseconds

interface Message {
  id: number;
  from: "person" | "assistant" | "notice";
  text: string;
  answer?: Answer;
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
    return html`<div role="region" aria-label=${TEXTS.assistant} lang="fr">
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => (this.opened ? this.close() : this.open())}
      >
        ${this.opened ? TEXTS.close : TEXTS.open}
      </button>
      <section id="panel" aria-labelledby="title" ?hidden=${!this.opened} @keydown=${this.onKey}>
        <header>
          <h2 id="title">${TEXTS.title}</h2>
          <button class="close" type="button" @click=${() => this.close()}>
            ${TEXTS.shut}<span class="hidden"> ${TEXTS.shutWhat}</span>
          </button>
        </header>
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${TEXTS.log} tabindex="0">
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
          <label for="question">${TEXTS.question}</label>
          <textarea
            id="question"
            rows="2"
            aria-describedby=${this.fault?.field ? "help fault" : "help"}
            aria-invalid=${this.fault?.field ? "true" : nothing}
            @keydown=${this.onTyping}
          ></textarea>
          <div class="send">
            <p class="help" id="help">${TEXTS.help}</p>
            <button class="main" aria-disabled=${this.busy ? "true" : nothing}>${TEXTS.send}</button>
          </div>
          <details class="menu">
            <summary>${TEXTS.menu}</summary>
            <ul>
              <li><button type="button" @click=${this.person}>${TEXTS.person}</button></li>
              <li><button type="button" @click=${this.restart}>${TEXTS.restart}</button></li>
              <li><button type="button" @click=${this.copy}>${TEXTS.copy}</button></li>
              <li><button type="button" @click=${this.save}>${TEXTS.save}</button></li>
              <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${TEXTS.page} (${TEXTS.newWindow})</a></li>
            </ul>
          </details>
        </form>
      </section>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("messages")) {
      const items = this.renderRoot.querySelectorAll(".log > ol > li");
      items[items.length - 1]?.scrollIntoView({ block: "nearest" });
    }
  }

  private message(message: Message) {
    if (message.from === "person")
      return html`<li class="message person"><p class="author">${TEXTS.you}</p>${message.text}</li>`;
    if (!message.answer)
      return html`<li class="message assistant notice"><p class="author">${TEXTS.assistant}</p>${prose(message.text)}</li>`;
    const answer = message.answer;
    return html`<li class="message assistant">
      <p class="author">${TEXTS.assistant}</p>
      ${situation(answer)} ${prose(answer.text)} ${sources(answer.sources)}
      ${downloads(answer, (path) => this.server + path)}
      ${this.list(message)}
      ${answer.buttons.length
        ? html`<ul class="choices" aria-label=${TEXTS.choices}>
            ${answer.buttons.map(
              (button) =>
                html`<li><button type="button" @click=${() => this.send({ button: button.id }, button.label)}>${button.label}</button></li>`,
            )}
          </ul>`
        : nothing}
      ${this.opinion(message)}
    </li>`;
  }

  /** A long list is chosen from while it is the last thing said: afterwards its question is no longer asked. */
  private list(message: Message) {
    const choices = message.answer!.choices;
    if (!choices.length || message !== this.messages[this.messages.length - 1]) return nothing;
    const field = `list-${message.id}`;
    return html`<form class="list" @submit=${(event: Event) => this.onList(event, message)}>
      <label for=${field}>${TEXTS.choose}</label>
      <select id=${field}>
        ${choices.map((choice) => html`<option value=${choice.id}>${choice.label}</option>`)}
      </select>
      <button>${TEXTS.confirm}</button>
    </form>`;
  }

  private onList(event: Event, message: Message): void {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector("select")!;
    const chosen = message.answer!.choices.find((choice) => choice.id === field.value);
    if (chosen) void this.send({ button: chosen.id }, chosen.label).then(() => this.find("#question")?.focus());
  }

  private opinion(message: Message) {
    if (message.opinion === "given") return nothing;
    if (message.opinion === "why") {
      const field = `why-${message.id}`;
      return html`<form class="feedback" @submit=${(event: Event) => this.onWhy(event, message)}>
        <label for=${field}>${TEXTS.why}</label>
        <textarea id=${field} rows="2" maxlength="500"></textarea>
        <button>${TEXTS.sendWhy}</button>
      </form>`;
    }
    return html`<fieldset class="feedback">
      <legend>${TEXTS.useful}</legend>
      <button type="button" @click=${() => this.judge(message, true)}>${TEXTS.yes}</button>
      <button type="button" @click=${() => this.judge(message, false)}>${TEXTS.no}</button>
    </fieldset>`;
  }

  private error() {
    return html`<div class="error" id="fault">
      <p>${this.fault!.text}</p>
      ${this.fault!.again ? html`<button type="button" @click=${this.again}>${TEXTS.retry}</button>` : nothing}
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
    this.status = TEXTS.writing;
    const slow = setTimeout(() => (this.status = TEXTS.slow), SLOW);
    try {
      const notice = await this.client().open();
      this.say(notice);
      const found = await this.client().ask(pending.asked, pending.request);
      this.pending = null;
      this.status = "";
      if (found.masked) this.add({ from: "notice", text: TEXTS.masked });
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
    if (failure.kind === "expired" && "text" in pending.asked && this.status !== TEXTS.expired) {
      this.status = TEXTS.expired;
      this.busy = false;
      await this.deliver(pending);
      return;
    }
    this.show(failure);
  }

  private show(failure: Failure): void {
    const texts = { offline: TEXTS.offline, down: failure.message || TEXTS.down, expired: failure.message, refused: failure.message };
    const again = failure.kind === "offline" || failure.kind === "down" || failure.retryAfter > 0;
    this.fault = { text: texts[failure.kind] || TEXTS.down, again: again && this.pending !== null, field: false };
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
    const problem = !text ? TEXTS.empty : [...text].length > LONGEST ? TEXTS.long : "";
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
      if (!asksWhy) this.status = TEXTS.thanks;
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

  private person = (): void => void this.send({ text: TEXTS.person }, TEXTS.person);

  private restart = async (): Promise<void> => {
    if (this.busy) return;
    this.client().forget();
    this.pending = null;
    this.fault = null;
    this.status = TEXTS.restarted;
    this.find("#question")?.focus();
  };

  private copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(this.transcript());
    this.status = TEXTS.copied;
  };

  private save = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.transcript()], { type: "text/plain;charset=utf-8" }));
    link.download = "conversation.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  private transcript(): string {
    const names = { person: TEXTS.you, assistant: TEXTS.assistant, notice: TEXTS.assistant };
    return this.messages.map((message) => `${names[message.from]} :\n${message.text}\n`).join("\n");
  }

  /** Shows the notice of a conversation once. */
  private say(notice: string | null): void {
    if (notice && !this.messages.some((message) => message.text === notice)) this.add({ from: "notice", text: notice });
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

  private find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }

  private tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }
}
