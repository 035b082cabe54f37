// What is said, sent and judged; no markup here.
import { Api, Failure, type Answer, type Asked, type Option } from "./api";
import type { Texts } from "./texts";

const SLOW = 6000; // milliseconds

/** « asked », then « given », or « why » between both when the answer was of no use. */
export type OpinionState = "asked" | "why" | "given";

export interface Message {
  id: number;
  from: "person" | "assistant" | "notice";
  text: string;
  answer?: Answer;
  /** Said by the widget, in its own language. */
  own?: boolean;
  /** Another conversation begins here. */
  separator?: boolean;
  opinion?: OpinionState;
  /** Names the opinion once kept, so that its reason completes it. */
  kept?: string;
  /** The conversation in which it was said. */
  session: string | null;
}

/** What went wrong, and what « Réessayer » does, if anything. */
export interface Fault {
  text: string;
  retry: (() => Promise<void>) | null;
  field?: boolean;
}

interface Pending {
  asked: Asked;
  /** A name that no other request of this conversation has. */
  request: string;
}

interface Host {
  readonly api: Api;
  readonly texts: Texts;
  requestUpdate(): void;
  tell(name: string): void;
}

/** randomUUID exists on secure pages only. */
function newName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Conversation {
  messages: Message[] = [];
  status = "";
  fault: Fault | null = null;
  busy = false;
  private number = 0;
  private readonly judging = new Map<number, Promise<void>>();

  constructor(private readonly host: Host) {}

  /** Shows the notice, if nothing was said yet. */
  async greet(): Promise<void> {
    if (this.messages.length) return;
    this.blame(null);
    try {
      this.notice(await this.host.api.open());
    } catch (failure) {
      this.show(failure as Failure, this.host.texts.offlineOpening, () => this.greet());
    }
  }

  async send(asked: Asked, shown: string): Promise<void> {
    if (this.busy) return;
    this.add({ from: "person", text: shown });
    this.host.tell("ars-ask");
    await this.deliver({ asked, request: newName() });
  }

  press(button: Option): Promise<void> {
    return this.send({ button: button.id }, button.label);
  }

  /** Sends a request; the same one, sent again, is answered once only by the server. */
  private async deliver(pending: Pending, reopened = false): Promise<void> {
    const { api, texts } = this.host;
    this.busy = true;
    this.blame(null);
    this.state(texts.writing);
    const slow = setTimeout(() => this.state(texts.slow), SLOW);
    try {
      this.notice(await api.open());
      const found = await api.ask(pending.asked, pending.request);
      this.state("");
      if (reopened) this.add({ from: "notice", text: texts.expired, own: true });
      if (found.masked) this.add({ from: "notice", text: texts.masked, own: true });
      this.answers(found.messages);
      this.host.tell("ars-answer");
    } catch (failure) {
      this.state("");
      // Once only. A text can be asked in another conversation; a button belongs to the one that has expired.
      if ((failure as Failure).kind === "expired" && "text" in pending.asked && !reopened) {
        return await this.deliver(pending, true);
      }
      this.show(failure as Failure, texts.offline, () => this.deliver(pending));
    } finally {
      clearTimeout(slow);
      this.busy = false;
      this.host.requestUpdate();
    }
  }

  private answers(found: Answer[]): void {
    // Asked once for all that was answered. Neither a question nor what is said of the person's own file is an answer
    // to judge: of a call, what comes from its documents is.
    const judged = found.filter(({ topic, form, call, sources }) => topic && !form && (!call || sources.length)).pop();
    for (const answer of found) {
      this.add({ from: "assistant", text: answer.text, answer, opinion: answer === judged ? "asked" : undefined });
    }
  }

  /** Keeps whether an answer was of use; then, when it was not, why. */
  judge(message: Message, useful: boolean, why = ""): Promise<void> {
    const first = message.opinion === "asked";
    if (first) this.change(message.id, { opinion: useful ? "given" : "why" });
    // The reason completes the opinion: it waits until this one is kept.
    const judged = (this.judging.get(message.id) ?? Promise.resolve()).then(() => this.keep(message.id, first, useful, why));
    this.judging.set(message.id, judged);
    return judged;
  }

  private async keep(id: number, first: boolean, useful: boolean, why: string): Promise<void> {
    const message = this.messages.find((one) => one.id === id);
    if (!message) return;
    const { topic, call } = message.answer!;
    const opinion = { useful, why: why || undefined, topic, call: call?.id ?? null, opinion: message.kept };
    try {
      const kept = await this.host.api.feedback(opinion, message.session!);
      this.change(id, first ? { kept } : { opinion: "given" });
    } catch {
      if (first) this.change(id, { opinion: "asked" });
      this.announce(this.host.texts.notKept);
    }
  }

  /** The next message opens another conversation; this one stays on screen. */
  restart(): void {
    if (this.busy) return;
    this.host.api.leave();
    this.blame(null);
    this.add({ from: "notice", text: this.host.texts.restarted, own: true, separator: true });
  }

  /** Has the server erase all the conversations of this page. */
  erase = async (): Promise<void> => {
    if (this.busy) return;
    const { api, texts } = this.host;
    this.busy = true;
    this.blame(null);
    try {
      const erased = await api.erase();
      this.messages = [];
      this.announce(erased ? texts.erased : texts.notErased);
    } catch (failure) {
      this.show(failure as Failure, texts.offlineErasing, this.erase);
    } finally {
      this.busy = false;
      this.host.requestUpdate();
    }
  };

  /** Whether what a message offers can still be chosen. */
  isCurrent(message: Message): boolean {
    return message.session === this.host.api.session;
  }

  /** The message whose question waits for its answer, while it waits and while the answer is on its way. */
  get asking(): Message | undefined {
    const last = this.messages.filter((message) => message.answer).pop();
    return last?.answer?.form && this.isCurrent(last) ? last : undefined;
  }

  transcript(): string {
    const { you, assistant } = this.host.texts;
    return this.messages.map((message) => `${message.from === "person" ? you : assistant} :\n${message.text}\n`).join("\n");
  }

  /** Says something that is not an answer, even twice in a row: what does not change is not read out. */
  announce(text: string): void {
    this.state("");
    setTimeout(() => this.state(text), 100);
  }

  blame(fault: Fault | null): void {
    this.fault = fault;
    this.host.requestUpdate();
  }

  private state(text: string): void {
    this.status = text;
    this.host.requestUpdate();
  }

  private show(failure: Failure, offline: string, retry: () => Promise<void>): void {
    const { down } = this.host.texts;
    const text = failure.kind === "offline" ? offline : failure.message || down;
    const again = failure.kind === "offline" || failure.kind === "down" || failure.retryAfter > 0;
    this.blame({ text, retry: again ? retry : null });
    this.host.tell("ars-error");
  }

  /** Shows the notice of a conversation once, before the question that was typed while it was on its way. */
  private notice(text: string | null): void {
    if (!text || this.messages.some((message) => message.text === text)) return;
    this.add({ from: "notice", text });
    const [before, said] = this.messages.slice(-2);
    if (before && said && before.from === "person") this.messages = [...this.messages.slice(0, -2), said, before];
  }

  private add(message: Omit<Message, "id" | "session">): void {
    this.messages = [...this.messages, { ...message, id: ++this.number, session: this.host.api.session }];
    this.host.requestUpdate();
  }

  private change(id: number, changes: Partial<Message>): void {
    this.messages = this.messages.map((message) => (message.id === id ? { ...message, ...changes } : message));
    this.host.requestUpdate();
  }
}
