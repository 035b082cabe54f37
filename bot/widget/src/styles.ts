import { css } from "lit";

const dark = css`
    --action: #9ccaf5;
    --on-action: #0b1a29;
    --text: #f2f2f2;
    --soft: #cfd4da;
    --background: #16202b;
    --alternative: #223140;
    --border: #9aa5b1;
    --alert: #ffb3b3;
    color-scheme: dark;
`;

// Colours are checked at 4.5:1 at least; the « host » theme takes the page's own, when it names them as the State's
// design system does, without shipping any of it.
export const styles = css`
  :host {
    --action: #1f4e79;
    --on-action: #fff;
    --text: #1c1c1c;
    --soft: #4a4a4a;
    --background: #fff;
    --alternative: #eef3f8;
    --border: #6b7480;
    --alert: #a01414;
    --font: system-ui, "Segoe UI", Roboto, Arial, sans-serif;
    /* Against the rules of the page, which win over ours unless these are important. */
    all: initial !important;
    display: block !important;
    font-family: var(--font) !important;
    /* The person's own size, but never the ten pixels of pages that set their root at 62.5 %. */
    font-size: max(1rem, 16px) !important;
    line-height: 1.5 !important;
    color: var(--text) !important;
  }
  :host([theme="dark"]) {
    ${dark}
  }
  :host([theme="host"]) {
    --action: var(--background-action-high-blue-france, #1f4e79);
    --on-action: var(--text-inverted-blue-france, #fff);
    --text: var(--text-default-grey, #1c1c1c);
    --soft: var(--text-mention-grey, #4a4a4a);
    --background: var(--background-default-grey, #fff);
    --alternative: var(--background-alt-blue-france, #eef3f8);
    --border: var(--border-plain-grey, #6b7480);
    --alert: var(--text-default-error, #a01414);
    --font: inherit;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme])) {
      ${dark}
    }
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button,
  select,
  textarea {
    font: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
  }
  button,
  summary {
    min-height: 2.75rem;
    cursor: pointer;
  }
  button {
    padding: 0.5rem 0.9rem;
    border: 1px solid var(--action);
    border-radius: 0.4rem;
    background: var(--background);
    color: var(--action);
    text-align: left;
  }
  button.main,
  .launcher {
    background: var(--action);
    color: var(--on-action);
  }
  button[aria-disabled="true"] {
    opacity: 0.75;
    cursor: progress;
  }
  :focus-visible {
    outline: 3px solid var(--action);
    outline-offset: 2px;
  }
  .launcher:focus-visible,
  .main:focus-visible {
    outline-color: var(--text);
  }
  a {
    color: var(--action);
  }
  .launcher {
    position: fixed;
    bottom: 1rem;
    right: 1rem;
    z-index: 2147483000;
    border-radius: 2rem;
    padding: 0.6rem 1.2rem;
    box-shadow: 0 2px 8px #0006;
  }
  :host([position="left"]) .launcher,
  :host([position="left"]) section {
    right: auto;
    left: 1rem;
  }
  section {
    position: fixed;
    right: 1rem;
    bottom: 4.75rem;
    z-index: 2147483000;
    display: flex;
    flex-direction: column;
    width: min(26rem, calc(100vw - 2rem));
    height: min(46rem, calc(100vh - 6rem));
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    box-shadow: 0 4px 24px #0005;
    overflow: hidden;
  }
  header {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 0.5rem;
    padding: 0.5rem 0.75rem;
    background: var(--alternative);
  }
  h2 {
    margin: 0;
    font-size: 1.05em;
    line-height: 1.3;
  }
  .log {
    flex: 1 1 auto;
    min-height: 6rem;
    overflow-y: auto;
    padding: 0.5rem 0.75rem;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .message {
    margin: 0 0 0.9rem;
    padding: 0.6rem 0.75rem;
    border: 1px solid transparent;
    border-radius: 0.5rem;
    overflow-wrap: anywhere;
  }
  .assistant {
    background: var(--alternative);
  }
  .person {
    border-color: var(--border);
    margin-left: 1.5rem;
    white-space: pre-wrap;
  }
  .author {
    margin: 0;
    font-weight: 600;
    font-size: 0.9em;
    color: var(--soft);
  }
  .message p {
    margin: 0 0 0.4rem;
  }
  .message ul {
    margin: 0 0 0.5rem;
    padding-left: 1.2rem;
  }
  .call {
    border-left: 4px solid var(--action);
    padding-left: 0.5rem;
  }
  .notice {
    font-size: 0.92em;
    color: var(--soft);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    list-style: none;
    padding: 0 !important;
  }
  .control {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    margin: 0.4rem 0;
  }
  fieldset {
    flex-basis: 100%;
    border: 0;
    margin: 0;
    padding: 0;
  }
  .radio {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 2.25rem;
  }
  .radio label {
    flex: 1;
    font-weight: normal;
    padding: 0.3rem 0;
  }
  [type="radio"] {
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
    flex: none;
    accent-color: var(--action);
  }
  progress {
    width: 100%;
    accent-color: var(--action);
  }
  blockquote {
    margin: 0.25rem 0 0;
  }
  figure,
  address {
    margin: 0.5rem 0;
    padding: 0.4rem 0.6rem;
    border: 1px solid var(--border);
    border-left: 4px solid var(--action);
    border-radius: 0.3rem;
    font-style: normal;
    overflow-wrap: anywhere;
  }
  address strong {
    display: block;
  }
  figcaption {
    font-size: 0.92em;
    color: var(--soft);
  }
  dialog {
    max-width: min(24rem, calc(100vw - 2rem));
    border: 1px solid var(--border);
    border-radius: 0.6rem;
    background: var(--background);
    color: var(--text);
  }
  dialog::backdrop {
    background: #0008;
  }
  select,
  input:not([type="radio"]) {
    font: inherit;
    min-height: 2.75rem;
    max-width: 100%;
    flex: 1 1 10rem;
    border: 1px solid var(--border);
    border-radius: 0.3rem;
    background: var(--background);
    color: var(--text);
  }
  .feedback {
    border: 0;
    margin: 0.4rem 0 0;
    padding: 0;
    font-size: 0.92em;
  }
  .feedback legend,
  .feedback label {
    color: var(--soft);
    padding: 0;
  }
  .feedback button {
    margin: 0.25rem 0.4rem 0 0;
  }
  [role="status"] {
    margin: 0;
    min-height: 1.5rem;
    padding: 0 0.75rem;
    font-size: 0.92em;
    color: var(--soft);
  }
  .error {
    margin: 0.25rem 0.75rem;
    padding: 0.5rem;
    border: 2px solid var(--alert);
    border-radius: 0.4rem;
    color: var(--alert);
  }
  .error p {
    margin: 0 0 0.4rem;
  }
  form.ask {
    padding: 0.5rem 0.75rem 0.75rem;
    border-top: 1px solid var(--border);
  }
  label {
    display: block;
    font-weight: 600;
  }
  .help {
    margin: 0;
    font-size: 0.85em;
    color: var(--soft);
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 3.2rem;
    padding: 0.4rem;
    border: 1px solid var(--border);
    border-radius: 0.3rem;
    background: var(--background);
    color: var(--text);
    resize: vertical;
  }
  .send {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 0.5rem;
    margin-top: 0.4rem;
  }
  .menu summary {
    display: list-item;
    padding: 0.5rem 0.25rem;
  }
  .menu ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    list-style: none;
    margin: 0 0 0.4rem;
    padding: 0;
  }
  @media (max-width: 30rem), (max-height: 28rem) {
    section,
    :host([position="left"]) section {
      inset: 0;
      width: 100%;
      height: 100%;
      border: 0;
      border-radius: 0;
      overflow-y: auto;
    }
    .log {
      overflow: visible;
      flex: 1 0 auto;
    }
    :host([opened]) .launcher {
      display: none;
    }
  }
  @media (forced-colors: active) {
    button,
    section,
    .message {
      border: 1px solid;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    section {
      animation: appear 0.15s ease-out;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }
  @media print {
    .launcher,
    form,
    .choices,
    .feedback,
    .close {
      display: none !important;
    }
    section {
      position: static;
      width: auto;
      height: auto;
      border: 0;
      box-shadow: none;
      overflow: visible;
    }
    .log {
      overflow: visible;
    }
  }
`;
