// <ars-assistant server="https://…" call="…" region="…" theme="light|dark|host" position="left" language="en">
//
// Nothing is asked of the server, and nothing is kept in the browser, before the person opens the assistant; the
// conversation then lives in memory only. Events: ars-open, ars-close, ars-ask, ars-answer, ars-error.
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Api, type Asked } from "./api";
import { Conversation, type Message } from "./conversation";
import { shown } from "./message";
import { FULL_SCREEN, styles } from "./styles";
import { isEnglish, SPOKEN, textsIn, type Texts } from "./texts";

const LONGEST = 1000; // characters, as the server counts them

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
  };

  declare server: string;
  declare call: string;
  declare region: string;
  declare language: string;
  declare theme: string;
  declare position: string;
  declare opened: boolean;

  private readonly conversation = new Conversation(this);
  private readonly fullScreen = matchMedia(FULL_SCREEN);
  private client: Api | null = null;
  private seen = 0;

  constructor() {
    super();
    this.server = "";
    this.call = "";
    this.region = "";
    this.language = "fr";
    this.opened = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Where this file comes from is where the assistant is, unless told otherwise.
    if (!this.server) this.server = new URL(import.meta.url).origin;
    this.server = this.server.replace(/\/+$/, "");
    this.fullScreen.addEventListener("change", this.place);
    // Put elsewhere in the page, a panel that took the whole screen no longer does.
    if (this.hasUpdated) this.place();
  }

  override disconnectedCallback(): void {
    this.fullScreen.removeEventListener("change", this.place);
    super.disconnectedCallback();
  }

  /** Opens the panel and puts the focus in the question. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.tell("ars-open");
  }

  /** Closes the panel; the conversation stays. */
  close(): void {
    if (!this.opened) return;
    this.opened = false;
    this.tell("ars-close");
  }

  /** Asks a question, as if it had been typed. */
  async ask(text: string): Promise<void> {
    this.open();
    await this.conversation.send({ text }, text);
  }

  get api(): Api {
    // What the page speaks of is read when a conversation opens: a page may change it.
    const context = () => ({ ...(this.call && { call: this.call }), ...(this.region && { region: this.region }) });
    return (this.client ??= new Api(this.server, context));
  }

  get texts(): Texts {
    return textsIn(this.language);
  }

  tell(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true }));
  }

  override render() {
    const { fault, status, busy, messages } = this.conversation;
    const { conversation, texts, language, server, answered, judge } = this;
    const context = { conversation, texts, language, server, answered, judge };
    // A region of its own: the page may put the element outside all of its own.
    return html`<div class="root" role="region" aria-label=${this.texts.assistant} lang=${isEnglish(this.language) ? "en" : "fr"}>
      <button
        class="launcher"
        type="button"
        aria-expanded=${this.opened ? "true" : "false"}
        aria-controls="panel"
        @click=${() => (this.opened ? this.close() : this.open())}
      >
        ${this.opened ? this.texts.close : this.texts.open}
      </button>
      <dialog class="panel" id="panel" aria-labelledby="title" @keydown=${this.onKey} @cancel=${this.onCancel}>
        <div class="inner">
          <div class="head">
            <h2 id="title">${this.texts.title}</h2>
            ${this.shutButton("close")}
          </div>
          <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label=${this.texts.log} tabindex="0">
            <ol>
              ${repeat(
                messages,
                (message) => message.id,
                (message) => shown(message, context),
              )}
            </ol>
          </div>
          <p role="status">${status}</p>
          <div role="alert">${fault ? this.error() : nothing}</div>
          <form class="ask" @submit=${this.onSubmit} novalidate>
            <label for="question">${this.texts.question}</label>
            <textarea
              id="question"
              rows="2"
              aria-describedby=${fault?.field ? "help fault" : "help"}
              aria-invalid=${fault?.field ? "true" : nothing}
              @keydown=${this.onTyping}
            ></textarea>
            <div class="send">
              <p class="help" id="help">${this.texts.help}</p>
              <button class="main" aria-disabled=${busy ? "true" : nothing}>${this.texts.send}</button>
            </div>
            ${this.menu()} ${this.shutButton("close low")}
          </form>
        </div>
        <dialog class="confirm" aria-labelledby="erase-text" @keydown=${this.onDialogKey}>
          <p id="erase-text">${this.texts.eraseSure}</p>
          <div class="send">
            <button type="button" @click=${this.closeDialog}>${this.texts.eraseNo}</button>
            <button type="button" class="main" @click=${this.erase}>${this.texts.eraseYes}</button>
          </div>
        </dialog>
      </dialog>
    </div>`;
  }

  private shutButton(kind: string) {
    return html`<button class=${kind} type="button" @click=${() => this.close()}>
      ${this.texts.shut}<span class="hidden"> ${this.texts.shutWhat}</span>
    </button>`;
  }

  private menu() {
    const commands: [string, () => void][] = [
      [this.texts.person, this.person],
      [this.texts.restart, this.restart],
      [this.texts.copy, this.copy],
      [this.texts.save, this.save],
      [this.texts.erase, this.askErase],
    ];
    return html`<details class="menu">
      <summary class="menu-title">${this.texts.menu}</summary>
      <ul>
        ${commands.map(([name, run]) => html`<li><button type="button" @click=${() => this.command(run)}>${name}</button></li>`)}
        <li><a href=${`${this.server}/assistant`} target="_blank" rel="noopener">${this.texts.page} (${this.texts.newWindow})</a></li>
      </ul>
    </details>`;
  }

  private error() {
    const { text, retry } = this.conversation.fault!;
    return html`<div class="error" id="fault">
      <p>${text}</p>
      ${retry ? html`<button type="button" @click=${() => this.retry(retry)}>${this.texts.retry}</button>` : nothing}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("opened") && (this.opened || changed.get("opened"))) {
      this.place();
      this.focusOn(this.opened ? "#question" : ".launcher");
      if (this.opened) void this.conversation.greet();
    }
    const last = this.conversation.messages[this.conversation.messages.length - 1]?.id ?? 0;
    if (last !== this.seen) {
      this.seen = last;
      // A long answer is read from its beginning: the last question goes to the top, what answers it follows.
      const starts = this.renderRoot.querySelectorAll<HTMLElement>(".person, .separator");
      starts[starts.length - 1]?.scrollIntoView({ block: "start" });
    }
  }

  /** Shows or hides the panel; alone on a small screen, where the page behind it would take the focus unseen. */
  private place = (): void => {
    const panel = this.find<HTMLDialogElement>("#panel");
    if (!panel) return;
    const held = this.shadowRoot!.activeElement as HTMLElement | null;
    if (panel.open) panel.close();
    if (!this.opened) return;
    if (this.fullScreen.matches) panel.showModal();
    else panel.show();
    held?.focus();
  };

  private onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const field = this.find<HTMLTextAreaElement>("#question")!;
    const text = field.value.trim();
    if (this.conversation.busy) return;
    // Counted by characters, as the server does, not by UTF-16 units.
    const problem = !text ? this.texts.empty : [...text].length > LONGEST ? this.texts.long : "";
    if (problem) {
      this.conversation.blame({ text: problem, retry: null, field: true });
      field.focus();
      return;
    }
    field.value = "";
    await this.conversation.send({ text }, text);
  };

  private onTyping = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.find<HTMLFormElement>("form.ask")!.requestSubmit();
    }
  };

  private onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  };

  // The way back of a phone closes as Escape does.
  private onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    this.close();
  };

  /** Sends what a control holds. It goes away with its answer: the focus goes to the next one, or to the question. */
  private answered = async (asked: Asked, shownAs: string): Promise<void> => {
    await this.conversation.send(asked, shownAs);
    await this.updateComplete;
    if (!this.conversation.fault) this.settle("form.control input, form.control select", "#question");
  };

  private judge = async (message: Message, useful: boolean, why?: string): Promise<void> => {
    const judged = this.conversation.judge(message, useful, why);
    await this.updateComplete;
    this.settle(`#opinion-${message.id}`);
    await judged;
    await this.updateComplete;
    this.settle(`#opinion-${message.id}`, "#question");
  };

  private retry(run: () => Promise<void>): void {
    // Before the button goes away, and the focus with it.
    this.focusOn("#question");
    void run();
  }

  private command(run: () => void): void {
    this.find<HTMLDetailsElement>(".menu")!.open = false;
    this.focusOn("summary.menu-title");
    run();
  }

  private person = (): void => {
    this.focusOn("#question");
    void this.conversation.send({ text: SPOKEN.person }, this.texts.person);
  };

  private restart = (): void => {
    this.conversation.restart();
    this.focusOn("#question");
  };

  private askErase = (): void => {
    if (!this.conversation.busy) this.find<HTMLDialogElement>(".confirm")!.showModal();
  };

  private closeDialog = (): void => this.find<HTMLDialogElement>(".confirm")!.close();

  // Escape closes the dialog, not the panel behind it.
  private onDialogKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") event.stopPropagation();
  };

  private erase = async (): Promise<void> => {
    this.closeDialog();
    await this.conversation.erase();
    this.focusOn("#question");
  };

  private copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.conversation.transcript());
      this.conversation.announce(this.texts.copied);
    } catch {
      // Refused by the person, or by a page that is not secure.
      this.conversation.announce(this.texts.notCopied);
    }
  };

  private save = (): void => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.conversation.transcript()], { type: "text/plain;charset=utf-8" }));
    link.download = "conversation.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    this.conversation.announce(this.texts.saved);
  };

  /** Puts the focus on the first of these that is there. */
  private focusOn(...selectors: string[]): void {
    for (const selector of selectors) {
      const node = this.find(selector);
      if (node) return node.focus();
    }
  }

  /** The same, unless the person is elsewhere: what had the focus went away. */
  private settle(...selectors: string[]): void {
    if (!this.shadowRoot!.activeElement) this.focusOn(...selectors);
  }

  private find<T extends HTMLElement>(selector: string): T | null {
    return this.renderRoot.querySelector<T>(selector);
  }
}
