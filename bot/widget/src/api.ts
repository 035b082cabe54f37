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
  control: "radio" | "select" | "number" | "text";
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
  private opening: Promise<{ token: string; notice: string }> | null = null;

  constructor(
    private readonly server: string,
    private readonly context: Record<string, string>,
  ) {}

  /** Opens a conversation if none is; returns its notice, or null when one was open. */
  async open(): Promise<string | null> {
    if (this.token) return null;
    // One at a time: a question typed while the panel opens goes to the same conversation.
    this.opening ??= this.post("/api/sessions", this.context).finally(() => (this.opening = null));
    const session = await this.opening;
    this.token = session.token;
    return session.notice;
  }

  /** `request` names the request: sent again under the same name, it is answered once. */
  async ask(asked: Asked, request: string): Promise<{ messages: Answer[]; masked: boolean }> {
    const found = await this.post("/api/messages", { ...asked, request });
    return { messages: found.messages, masked: Boolean(found.masked) };
  }

  async feedback(opinion: { useful: boolean; why?: string; topic: string | null; call: string | null }): Promise<void> {
    await this.post("/api/feedback", opinion);
  }

  /** The next message opens another conversation. */
  forget(): void {
    this.token = null;
  }

  /** Has all that is kept of the conversation erased; the next message opens another. */
  async erase(): Promise<void> {
    if (this.token) await this.call("DELETE", "/api/sessions");
    this.forget();
  }

  private post(path: string, body: unknown): Promise<any> {
    return this.call("POST", path, body);
  }

  private async call(method: string, path: string, body?: unknown): Promise<any> {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
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
      this.token = null;
      throw new Failure("expired", detail);
    }
    if (response.status >= 500) throw new Failure("down", detail);
    throw new Failure("refused", detail, Number(response.headers.get("Retry-After")) || 0);
  }
}
