// The public API of the assistant, as the widget uses it.
export interface Source {
  title: string | null;
  publisher: string | null;
  section: string | null;
  published_on: string | null;
  checked_on: string | null;
  url: string | null;
}

export interface Option {
  id: string;
  label: string;
}

/** A question of several: its control, how many are done, and what may be chosen. */
export interface Form {
  control: "radio" | "select" | "number" | "date" | "text";
  label: string;
  done: number;
  total: number;
  options: Option[];
}

export interface Contact {
  name: string | null;
  channel: string | null;
  address: string | null;
}

export interface Extract {
  words: string | null;
  section: string | null;
  document: string | null;
}

export interface Answer {
  text: string;
  sources: Source[];
  call: { id: string | null; title: string | null; situation: string | null } | null;
  topic: string | null;
  state: string | null;
  buttons: Option[];
  form: Form | null;
  contacts: Contact[];
  extracts: Extract[];
  downloads: { label: string; format: string; url: string }[];
}

export interface Opinion {
  useful: boolean;
  why?: string;
  topic: string | null;
  call: string | null;
  opinion?: string;
}

export type Asked = { text: string } | { button: string };

/** Why nothing came: what to tell, and whether asking again may help. */
export class Failure extends Error {
  constructor(
    readonly kind: "offline" | "down" | "expired" | "refused",
    message: string,
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

const TIMEOUT = 30_000; // milliseconds; the server gives up before

export class Api {
  private token: string | null = null;
  /** Conversations that were left: kept by the server until they are erased, or too old. */
  private left: string[] = [];
  private opening: Promise<{ token: string; notice: string }> | null = null;

  constructor(
    private readonly server: string,
    private readonly context: () => Record<string, string>,
  ) {}

  /** What names the conversation in hand, null before it is open. */
  get session(): string | null {
    return this.token;
  }

  /** Opens a conversation if none is; returns its notice, or null when one was open. */
  async open(): Promise<string | null> {
    if (this.token) return null;
    // One at a time: a question typed while the panel opens goes to the same conversation.
    this.opening ??= this.call("POST", "/api/sessions", null, this.context()).finally(() => (this.opening = null));
    const session = await this.opening;
    this.token = session.token;
    return session.notice;
  }

  /** `request` names the request: sent again under the same name, it is answered once. */
  async ask(asked: Asked, request: string): Promise<{ messages: Answer[]; masked: boolean }> {
    const found = await this.call("POST", "/api/messages", this.token, { ...asked, request });
    return { messages: found.messages, masked: Boolean(found.masked) };
  }

  /** Keeps an opinion given in `session`; returns its name. With the name of another, completes that one. */
  async feedback(opinion: Opinion, session: string): Promise<string> {
    return (await this.call("POST", "/api/feedback", session, opinion)).opinion;
  }

  /** The next message opens another conversation. */
  leave(): void {
    if (this.token) this.left.push(this.token);
    this.token = null;
  }

  /** Has all that is kept of the conversations opened here erased; false when one can no longer be reached. */
  async erase(): Promise<boolean> {
    this.leave();
    let all = true;
    while (this.left.length) {
      try {
        await this.call("DELETE", "/api/sessions", this.left[0]!);
      } catch (failure) {
        if ((failure as Failure).kind !== "expired") throw failure;
        all = false;
      }
      this.left.shift();
    }
    return all;
  }

  private async call(method: string, path: string, token: string | null, body?: unknown): Promise<any> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (token) headers.Authorization = `Bearer ${token}`;
    let response: Response;
    try {
      response = await fetch(this.server + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        // No cookie goes either way: the token is all that there is.
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      throw new Failure("offline", "");
    }
    if (response.ok) return response.status === 204 ? null : response.json();
    const problem = await response.json().catch(() => ({}));
    const detail = typeof problem.detail === "string" ? problem.detail : "";
    if (response.status === 401) {
      if (token === this.token) this.leave();
      throw new Failure("expired", detail);
    }
    if (response.status >= 500) throw new Failure("down", detail);
    throw new Failure("refused", detail, Number(response.headers.get("Retry-After")) || 0);
  }
}
